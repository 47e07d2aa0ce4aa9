using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>A token as the Back Office shows it: everything but the token.</summary>
public sealed record ShownAccess(Guid Id, string Name, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt, bool IsOpen);

/// <summary>Access tokens with which auditors fetch the entries of the log: made for a time, shown once, taken back at any moment.</summary>
public sealed class LogAccess(Database database)
{
    public const int LongestName = 100;
    public const int MostDays = 366;

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly string _all = $"""
        select a.id as "Id", a.name as "Name", s.first_name || ' ' || s.last_name as "MadeBy", a.made_at as "MadeAt", a.expires_at as "ExpiresAt", a.revoked_at as "RevokedAt",
            a.used_at as "UsedAt", a.revoked_at is null and a.expires_at > {database.Now} as "IsOpen"
        from audit_access a join staff s on s.id = a.made_by_id order by a.made_at desc limit 100
        """;

    private readonly string _find = $"""
        select id as "Id", coalesce({database.SecondsSince("used_at")}, 1000000) as "Since" from audit_access where token_hash = {"{0}"} and revoked_at is null and expires_at > {database.Now}
        """;

    private readonly string _use = $"""
        update audit_access set used_at = {database.Now} where id = {"{0}"} and coalesce({database.SecondsSince("used_at")}, 1000000) > {(int)Quiet.TotalSeconds} returning id as "Value"
        """;

    public async Task<IReadOnlyList<ShownAccess>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ShownAccess>(_all).ToListAsync(cancel);
    }

    /// <summary>A new token; what is returned is not kept anywhere.</summary>
    public Task<Outcome<string>> Make(Caller caller, string? name, int days, CancellationToken cancel)
    {
        var typed = name?.Trim() ?? "";
        if (typed.Length is 0 or > LongestName || typed.Any(char.IsControl))
        {
            return Task.FromResult<Outcome<string>>(Refusal.Invalid("log.access-needs-a-name", $"Say for whom it is, in 1 to {LongestName} characters.", "Name"));
        }

        if (days is < 1 or > MostDays)
        {
            return Task.FromResult<Outcome<string>>(Refusal.Invalid("log.access-too-long", $"For how many days: 1 to {MostDays}.", "Days"));
        }

        var (token, hash) = Cookies.NewToken();
        return database.Write<string>(
            caller,
            tx =>
            {
                var row = new AuditAccessRow
                {
                    Id = Guid.CreateVersion7(), Name = typed, TokenHash = hash, MadeById = tx.Caller.Staff!.Id, MadeAt = tx.Now, ExpiresAt = tx.Now.AddDays(days),
                };
                tx.Db.Add(row);
                tx.Add(new LogAccessMade(row.Id, typed, row.ExpiresAt));
                return Task.FromResult<Outcome<string>>(token);
            },
            cancel);
    }

    /// <summary>From now on it opens nothing; nothing happens when it did not before.</summary>
    public Task<Outcome<Done>> Revoke(Caller caller, Guid id, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (await tx.Db.Set<AuditAccessRow>().SingleOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, tx.Cancel) is { } row)
            {
                row.RevokedAt = tx.Now;
                tx.Add(new LogAccessRevoked(id));
            }

            return Done.It;
        },
        cancel);

    /// <summary>Whether a token opens the entries now. Its use is recorded, not with every file that is fetched but once in ten minutes.</summary>
    public async Task<bool> Opens(string? token, CancellationToken cancel)
    {
        if (Cookies.Hash(token) is not { } hash)
        {
            return false;
        }

        await using var db = database.Read();
        if (await db.Rows<FoundRow>(_find, hash).ToListAsync(cancel) is not [var found])
        {
            return false;
        }

        if (found.Since > Quiet.TotalSeconds)
        {
            await database.Write<Done>(
                Caller.Machine("log"),
                async tx =>
                {
                    // A mirror fetches eight files at once: the first of them writes it down.
                    if (await tx.Db.Rows<Guid>(_use, found.Id).ToListAsync(tx.Cancel) is [_])
                    {
                        tx.Add(new LogAccessUsed(found.Id));
                    }

                    return Done.It;
                },
                cancel);
        }

        return true;
    }

    private sealed record FoundRow(Guid Id, int Since);
}
