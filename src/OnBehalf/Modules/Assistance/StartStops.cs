using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>What forbids every start, whatever the policy says: sessions are off in the shop, or there is an open case of the buyer, or of the company as a whole.</summary>
internal static class StartStops
{
    public static readonly Refusal Off = Refusal.Conflict(
        "assistance.switched-off", "Acting for customers is switched off in this shop at the moment. A supervisor can tell you why and when it goes on.");

    public static readonly Refusal Frozen = Refusal.Conflict(
        "assistance.buyer-did-not-ask", "This buyer has reported a session that he did not ask for. Nobody can act for him until a supervisor has closed the case.");

    public static readonly Refusal CompanyFrozen = Refusal.Conflict(
        "assistance.company-did-not-ask", "This company has reported a session that it did not ask for. Nobody can act for it as a whole until a supervisor has closed the case.");

    private const long SwitchLock = 7_204_118_350_966_241L;

    private static readonly string Sql =
        $"""
        select exists (select 1 from setting where name = '{ShopSettings.SessionsOff.Name}' and value = 'true') as "IsOff",
            exists (select 1 from assist_case where (buyer_id = {"{0}"} or company_id = {"{1}"}) and closed_at is null) as "IsFrozen"
        """;

    /// <summary>
    /// Asked by a start that holds its share lock on the buyer or the company. Read from the database and not from the settings' memory, and behind a lock that who
    /// switches off waits for: a start comes before, and is ended by it, or comes after, and is refused.
    /// </summary>
    public static async Task<Refusal?> Find(Tx tx, LockedSubject subject)
    {
        await Lock(tx, "pg_advisory_xact_lock_shared");
        return (await tx.Db.Rows<Row>(Sql, subject.Buyer?.Value ?? Guid.Empty, subject.Buyer is null ? subject.Company!.Value.Value : Guid.Empty).ToListAsync(tx.Cancel))[0] switch
        {
            { IsOff: true } => Off,
            { IsFrozen: true } => subject.Buyer is null ? CompanyFrozen : Frozen,
            _ => null,
        };
    }

    /// <summary>Ends what runs when sessions are switched off, by whichever page.</summary>
    public static async Task SwitchedOff(Tx tx, SettingChanged changed)
    {
        if (changed.Setting.Value == ShopSettings.SessionsOff.Name && changed.After.Value == "true")
        {
            await HoldStarts(tx);
            await SessionEnds.EndAll(tx, "switched-off");
        }
    }

    /// <summary>Waits for the starts that are on their way, and keeps new ones waiting until the end of the transaction.</summary>
    internal static Task HoldStarts(Tx tx) => Lock(tx, "pg_advisory_xact_lock");

    private static async Task Lock(Tx tx, string function)
    {
        // SQLite has one writer at a time anyway.
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<string>($"select cast({function}({{0}}) as text) as \"Value\"", SwitchLock).ToListAsync(tx.Cancel);
        }
    }

    private sealed record Row(bool IsOff, bool IsFrozen);
}
