using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A protection as administrators see it.</summary>
public sealed record ShownProtection(
    Guid Id, string? FirstName, string? LastName, string? Email, string? CompanyName, string? CompanyNumber, string Reason, DateTimeOffset Since, string SetBy)
{
    public string Name => CompanyName ?? $"{FirstName} {LastName}";

    public string Details => CompanyNumber ?? Email ?? "";
}

/// <summary>Puts buyers and companies under protection: nobody acts for them, whatever the rules say, until it is lifted.</summary>
public sealed class Protections(Database database)
{
    public const int LongestReason = 200;

    private const string Whom =
        """
        select b.id as "Buyer", cast(null as uuid) as "Company" from buyer b where b.email_normalized = {0}
        union all select cast(null as uuid), c.id from company c where c.number = {1}
        """;

    private const string Shown =
        """
        select p.id as "Id", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email", c.name as "CompanyName", c.number as "CompanyNumber",
            p.reason as "Reason", p.since as "Since", p.set_by as "SetBy"
        from assist_protection p left join buyer b on b.id = p.buyer_id left join company c on c.id = p.company_id
        where p.lifted_at is null order by p.since desc limit 200
        """;

    public async Task<IReadOnlyList<ShownProtection>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ShownProtection>(Shown).ToListAsync(cancel);
    }

    /// <summary>By the whole mail address of a buyer, or the number of a company. Sessions for them end in the same transaction.</summary>
    public async Task<Outcome<Done>> Protect(Caller caller, string? whom, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > LongestReason)
        {
            return Refusal.Invalid("assistance.protection-reason", $"Why: please say it in at most {LongestReason} characters.", "Reason");
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var typed = whom?.Trim() ?? "";
                if (await tx.Db.Rows<Found>(Whom, EmailAddress.Normalize(typed), typed).ToListAsync(tx.Cancel) is not [var found])
                {
                    return Refusal.Invalid("assistance.protection-whom", "Whom: no buyer has this mail address, and no company this number.", "Whom");
                }

                await Lock(tx, found);
                var (buyer, company) = (found.Buyer is { } b ? new BuyerId(b) : (BuyerId?)null, found.Company is { } c ? new CompanyId(c) : (CompanyId?)null);
                if (await tx.Db.Set<AssistProtectionRow>().AnyAsync(row => row.BuyerId == buyer && row.CompanyId == company && row.LiftedAt == null, tx.Cancel))
                {
                    return Refusal.Conflict("assistance.protected-already", "This customer is under protection already.");
                }

                tx.Db.Add(new AssistProtectionRow
                {
                    Id = Guid.CreateVersion7(), BuyerId = buyer, CompanyId = company, Reason = reason.Trim(), Since = tx.Now, SetBy = caller.Actor.Name, SetById = caller.Actor.Person,
                });
                tx.Add(new ProtectionSet(buyer, company, reason.Trim()));
                _ = buyer is { } person ? await SessionEnds.EndActingFor(tx, person, AssistanceRule.Protected) : await SessionEnds.EndFor(tx, company!.Value, AssistanceRule.Protected);
                return Done.It;
            },
            cancel);
    }

    public Task<Outcome<Done>> Lift(Caller caller, Guid id, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (await tx.Db.Set<AssistProtectionRow>().SingleOrDefaultAsync(row => row.Id == id && row.LiftedAt == null, tx.Cancel) is not { } row)
            {
                return Refusal.Conflict("assistance.protection-over", "This protection has been lifted already.");
            }

            (row.LiftedAt, row.LiftedBy, row.LiftedById) = (tx.Now, caller.Actor.Name, caller.Actor.Person);
            tx.Add(new ProtectionLifted(row.BuyerId, row.CompanyId));
            return Done.It;
        },
        cancel);

    // A start holds a share lock on its buyer and company: it comes before this and is ended, or waits and finds the protection.
    private static async Task Lock(Tx tx, Found found)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>(
                $"select id as \"Value\" from {(found.Buyer is null ? "company" : "buyer")} where id = {{0}} for no key update", found.Buyer ?? found.Company!.Value).ToListAsync(tx.Cancel);
        }
    }

    private sealed record Found(Guid? Buyer, Guid? Company);
}
