using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Preferences;

/// <summary>What a buyer has said, and when.</summary>
public sealed record ShownPreferences(
    string Email, string? Newsletter, DateTimeOffset? AskedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? WithdrawnAt, string? ConfirmedEmail, bool AllowsTracking, DateTimeOffset? TrackingAt)
{
    public bool HasNewsletter => Newsletter == "confirmed" && ConfirmedEmail == Email;
}

/// <summary>An article at which he looked.</summary>
public sealed record ViewedProduct(string Sku, string Name, string? Picture, string? Digest)
{
    public string PictureUrl => Pictures.Url(Digest, Picture);
}

/// <summary>Who agrees, inside his own transaction.</summary>
internal sealed record AgreeingBuyer(BuyerRow Row)
{
    public BuyerId Id => Row.Id;

    public string Email => Row.Email;

    public string Name => Row.FullName;
}

public sealed class PreferenceQueries(Database database)
{
    private const string OneSql =
        """
        select b.email as "Email", p.newsletter as "Newsletter", p.newsletter_asked_at as "AskedAt", p.newsletter_confirmed_at as "ConfirmedAt", p.newsletter_withdrawn_at as "WithdrawnAt",
            p.newsletter_email as "ConfirmedEmail", coalesce(p.allows_tracking, false) as "AllowsTracking", p.tracking_changed_at as "TrackingAt"
        from buyer b left join buyer_preference p on p.buyer_id = b.id where b.id = {0}
        """;

    private static readonly string ViewedSql = $"""
        {AssortmentQueries.With("{1}")}
        select p.sku as "Sku", {ProductTexts.Name("p")} as "Name", g.name as "Picture", g.digest as "Digest" from viewed_product v join product p on p.id = v.product_id left join picture g on g.name = p.picture_name
        where v.buyer_id = {"{0}"} and p.status = 'active' and {AssortmentQueries.IsThere("p.id")} order by v.viewed_at desc, p.id limit 6
        """;

    public async Task<ShownPreferences> Of(BuyerId buyer, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownPreferences>(OneSql, buyer.Value).ToListAsync(cancel))[0];
    }

    /// <summary>At what he looked last, of what is there for him; nothing in a session.</summary>
    public static async Task<IReadOnlyList<ViewedProduct>> Viewed(ShopDb db, Caller caller, CancellationToken cancel) => caller is not { Session: null, Buyer.Id: var buyer } ? []
        : await db.Rows<ViewedProduct>(ProductTexts.Spoken(ViewedSql), buyer.Value, AssortmentQueries.CompanyOf(caller)).ToListAsync(cancel);

    internal static async Task<AgreeingBuyer?> Person(Tx tx, BuyerId buyer) =>
        await tx.Db.Set<BuyerRow>().SingleOrDefaultAsync(row => row.Id == buyer && row.Status == "active", tx.Cancel) is { } row ? new AgreeingBuyer(row) : null;
}
