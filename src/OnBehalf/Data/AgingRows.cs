using System.Text.RegularExpressions;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// What is kept of people for a while only, and how it goes then. Registered by the module that owns the rows. <see cref="Prune"/> ends with `returning 1 as "Value"`
/// and names `{found}`: the ids of what is old enough.
/// </summary>
/// <param name="What">In the log: `mails`.</param>
/// <param name="Setting">The name of the setting with its days; 0 days: it is kept for good.</param>
/// <param name="Title">For who looks at what would go: "Texts of mails".</param>
/// <param name="Id">The column that names a row.</param>
/// <param name="Since">The column by which it is old, with an index over what is found.</param>
/// <param name="From">Table and condition without its age.</param>
public sealed partial record AgingRows(string What, string Setting, Phrase Title, string Id, string Since, string From, string Prune)
{
    /// <summary>So many rows in one transaction, so that nobody waits long for the writer's place.</summary>
    public const int Batch = 500;

    /// <summary>Up to so many are counted for a look.</summary>
    public const int MostCounted = 10_000;

    /// <summary>No legal hold stands on the person: what is his is kept as long as one does.</summary>
    /// <param name="buyer">His id as SQL.</param>
    public static string NotHeld(string buyer) => $"not exists (select 1 from legal_hold h where h.lifted_at is null and h.buyer_id = {buyer})";

    /// <summary>The same for a place of his.</summary>
    public static string NotHeldIn(string membership) =>
        $"not exists (select 1 from legal_hold h join membership hm on hm.buyer_id = h.buyer_id where h.lifted_at is null and hm.id = {membership})";

    /// <summary>The same for a staff member.</summary>
    public static string StaffNotHeld(string staff) => $"not exists (select 1 from legal_hold h where h.lifted_at is null and h.staff_id = {staff})";

    /// <summary>How many there are, at most one more than are counted, as a number.</summary>
    /// <param name="before">The parameter with the time, such as `{0}`.</param>
    internal string CountSql(string before) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"(select count(*) from (select 1 from {From} and {Since} < {before} limit {MostCounted + 1}) q)");

    /// <summary>One batch; returns how many rows changed.</summary>
    internal async Task<int> Run(Tx tx, DateTimeOffset before)
    {
        var found = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"select {Id} from {From} and {Since} < {{0}} order by {Since} limit {Batch}");
        return (await tx.Db.Rows<int>(FoundPlace().Replace(Prune, _ => found), before).ToListAsync(tx.Cancel)).Count;
    }

    [GeneratedRegex(@"\{found\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FoundPlace();
}
