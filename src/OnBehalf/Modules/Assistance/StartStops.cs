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

    /// <summary>Columns over `b` (the buyer, perhaps none) and `c` (the company, perhaps none), for a start that holds <see cref="Share"/>.</summary>
    public const string Columns =
        """
        exists (select 1 from setting where name = 'assistance.is-off' and value = 'true') as "IsOff",
        exists (select 1 from assist_case y where (y.buyer_id = b.id or (b.id is null and y.company_id = c.id)) and y.closed_at is null) as "IsFrozen"
        """;

    /// <summary>
    /// Held by a start while it is judged. Read from the database and not from the settings' memory, and behind a lock that who switches off, or puts other
    /// rules in force, waits for: a start comes before, and is ended by it, or comes after, and is judged by what is then.
    /// </summary>
    public static readonly SqlLock Share = new("select pg_advisory_xact_lock_shared({0})", SwitchLock);

    /// <summary>What <see cref="Columns"/> say; null when nothing stands against a start.</summary>
    public static Refusal? Of(bool isOff, bool isFrozen, bool isPerson) => isOff ? Off : !isFrozen ? null : isPerson ? Frozen : CompanyFrozen;

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
    internal static async Task HoldStarts(Tx tx)
    {
        // SQLite has one writer at a time anyway.
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<string>("select cast(pg_advisory_xact_lock({0}) as text) as \"Value\"", SwitchLock).ToListAsync(tx.Cancel);
        }
    }
}
