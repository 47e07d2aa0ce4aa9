using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The rules of the shop. Which version is in force is read from the database wherever somebody is let act; a version that was ever in force does not
/// change, so its rules are kept in memory.
/// </summary>
public sealed class ShopPolicies(Database database, ShopSettings settings, TimeProvider clock)
{
    /// <summary>SQL for the version in force, to be read along with something else.</summary>
    public const string VersionSql = "coalesce((select p.version from assist_policy p where p.status = 'active'), 1)";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, ShopPolicy> _known = new() { [1] = ShopPolicy.Standard };
    private volatile Snapshot? _snapshot;

    /// <summary>The rules in force now; one command. For whoever lets somebody act.</summary>
    public async ValueTask<ShopPolicy> Now(ShopDb db, CancellationToken cancel) =>
        await Of(db, (await db.Rows<int>($"select {VersionSql} as \"Value\"").ToListAsync(cancel))[0], cancel);

    /// <summary>A version that is or was in force, without a command when it is known. Throws when there is none.</summary>
    public async ValueTask<ShopPolicy> Of(ShopDb db, int version, CancellationToken cancel)
    {
        if (_known.TryGetValue(version, out var known))
        {
            return known;
        }

        var row = await db.Set<AssistPolicyRow>().AsNoTracking().SingleAsync(row => row.Version == version, cancel);
        var policy = Read(row);
        return row.Status is "active" or "replaced" ? _known.GetOrAdd(version, policy) : policy;
    }

    /// <summary>The rules as they were at most five seconds ago: for showing who may act, never for letting him.</summary>
    public async ValueTask<ShopPolicy> Shown(CancellationToken cancel)
    {
        if (_snapshot is { } snapshot && clock.GetElapsedTime(snapshot.ReadAt) <= Freshness)
        {
            return snapshot.Policy;
        }

        await using var db = database.Read();
        var policy = await Now(db, cancel);
        _snapshot = new Snapshot(policy, clock.GetTimestamp());
        return policy;
    }

    /// <summary>Judges customers of a list for a staff member, by the rules as they are shown.</summary>
    public async ValueTask<CustomerJudge> JudgeFor(Actor.Staff staff, CancellationToken cancel) =>
        new(Operators.Of(staff), await Shown(cancel), await Local(clock.GetUtcNow(), cancel));

    /// <summary>A time by the clock of the shop, as rules with hours want it.</summary>
    public async ValueTask<DateTimeOffset> Local(DateTimeOffset time, CancellationToken cancel) =>
        TimeZoneInfo.ConvertTime(time, await settings.TimeZone(cancel));

    /// <summary>The same for whoever holds a context already.</summary>
    public async ValueTask<DateTimeOffset> Local(ShopDb db, DateTimeOffset time, CancellationToken cancel) =>
        TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(await settings.Get(db, ShopSettings.ShopTimeZone, cancel)));

    internal static ShopPolicy Read(AssistPolicyRow row) => PolicyDraft.Parse(row.Body).Read(row.Version) switch
    {
        ({ } policy, _) => policy,
        (_, var refusals) => throw new InvalidOperationException($"Version {row.Version} of the policy cannot be read: {refusals[0].Sentence}"),
    };

    /// <summary>Another version is in force: what is shown follows at once here, and within five seconds on other nodes.</summary>
    internal void Forget() => _snapshot = null;

    private sealed record Snapshot(ShopPolicy Policy, long ReadAt);
}
