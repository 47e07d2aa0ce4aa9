using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A version of the rules as pages show it.</summary>
/// <param name="Status">`draft`, `proposed`, `active`, `replaced`, `rejected`.</param>
/// <param name="DecidedBy">Who put it in force or rejected it.</param>
public sealed record PolicyVersion(
    int Version, string Status, PolicyDraft Draft, string? Note, DateTimeOffset? CreatedAt, StaffId? Creator, string CreatedBy, DateTimeOffset? ProposedAt,
    DateTimeOffset? DecidedAt, string? DecidedBy)
{
    /// <summary>The rules with which the product comes.</summary>
    public static PolicyVersion Standard(bool isInForce) => new(
        1, isInForce ? "active" : "replaced", PolicyDraft.Of(ShopPolicy.Standard), "Came with the product.", null, null, "OnBehalf", null, null, null);

    public bool IsDraft => Status == "draft";

    public bool IsProposed => Status == "proposed";

    public ShopPolicy Policy => Draft.Read(Version).Policy!;

    public string Word => Status switch
    {
        "draft" => Say("Draft"),
        "proposed" => Say("Waits for approval"),
        "active" => Say("In force"),
        "rejected" => Say("Rejected"),
        _ => Say("Replaced"),
    };

    public string Color => Status switch { "active" => "green", "proposed" => "yellow", "draft" => "azure", _ => "secondary" };
}

/// <summary>Versions of the rules, for those who change them.</summary>
public sealed class PolicyQueries(Database database)
{
    /// <summary>All, the newest first; the product's own is the last.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        var rows = await db.Set<AssistPolicyRow>().OrderByDescending(row => row.Version).Take(200).ToListAsync(cancel);
        return [.. rows.Select(Of), PolicyVersion.Standard(rows.TrueForAll(row => row.Status != "active"))];
    }

    public async Task<PolicyVersion?> Find(int version, CancellationToken cancel) => (await All(cancel)).FirstOrDefault(found => found.Version == version);

    private static PolicyVersion Of(AssistPolicyRow row) => new(
        row.Version, row.Status, PolicyDraft.Parse(row.Body), row.Note, row.CreatedAt, row.CreatedById, row.CreatedBy, row.ProposedAt, row.DecidedAt, row.DecidedBy);
}
