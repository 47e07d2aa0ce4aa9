using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>A version of the terms, as everybody reads it.</summary>
public sealed record ShownTerms(int Number, string Text, DateTimeOffset PublishedAt);

/// <summary>A version in the list of the Back Office.</summary>
public sealed record ListedTerms(int Number, DateTimeOffset PublishedAt, string? By);

/// <summary>
/// The terms to which people agree at the checkout. A version that was published never changes, because orders point to it; which one counts is a setting, so that
/// every page knows it without asking the database.
/// </summary>
public sealed class OrderTerms(Database database, ShopSettings settings)
{
    /// <summary>Kept by a page of its own, not on that of the settings.</summary>
    internal static readonly Setting Current = new(
        "orders.terms", "Terms at the checkout", "The version of the terms that every order has to accept. 0: none.", "0", SettingKind.Number);

    private const string AllSql = """
        select t.number as "Number", t.published_at as "PublishedAt", s.first_name || ' ' || s.last_name as "By"
        from terms_version t left join staff s on s.id = t.published_by_id order by t.number desc limit 200
        """;

    /// <summary>The version that counts; 0: none.</summary>
    public ValueTask<int> Version(CancellationToken cancel) => settings.Number(Current, cancel);

    public static async Task<ShownTerms?> Find(ShopDb db, int number, CancellationToken cancel) =>
        await db.Set<TermsVersionRow>().Where(row => row.Number == number).Select(row => new ShownTerms(row.Number, row.Text, row.PublishedAt)).SingleOrDefaultAsync(cancel);

    /// <summary>The newest first.</summary>
    public static Task<List<ListedTerms>> All(ShopDb db, CancellationToken cancel) => db.Rows<ListedTerms>(AllSql).ToListAsync(cancel);

    /// <summary>From now on every order has to accept this text. Gives its number.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="text">As typed.</param>
    /// <param name="shown">The version that counted when he opened the page.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Outcome<int>> Publish(Caller caller, string? text, int shown, CancellationToken cancel)
    {
        var read = OrderTermsText.Read(text);
        if (read.IsRefused)
        {
            return read.Refusal;
        }

        var outcome = await database.Write<int>(
            caller,
            async tx =>
            {
                var number = (int)await tx.NextNumber("terms_number");
                var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(read.Value)));
                tx.Add(new TermsPublished(number, digest));
                tx.Db.Add(new TermsVersionRow { Number = number, Text = read.Value, Digest = digest, PublishedAt = tx.Now, PublishedById = caller.Staff?.Id });
                return await ShopSettings.Store(tx, Current, Text(shown), Text(number)) is { } conflict ? conflict : number;
            },
            cancel);
        settings.Forget();
        return outcome;
    }

    /// <summary>Orders need no terms any more.</summary>
    public Task<Outcome<Done>> End(Caller caller, int shown, CancellationToken cancel) => settings.Change(caller, [(Current, Text(shown), "0")], cancel);

    /// <summary>Judges what an order says about the terms; gives those that it accepts, none where there are none.</summary>
    internal static async Task<Outcome<TermsVersionRow?>> Accepted(Tx tx, int? accepted)
    {
        var current = int.Parse(await ShopSettings.Exact(tx, Current), CultureInfo.InvariantCulture);
        return OrderTermsText.Check(current, accepted) is { } refusal ? refusal
            : await tx.Db.Set<TermsVersionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == current, tx.Cancel);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
