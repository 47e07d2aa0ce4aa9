using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;

namespace OnBehalf.Modules.Lists;

/// <summary>A list among those of a caller: his own first, then what colleagues share with him.</summary>
/// <param name="Owner">Whose it is, when it is not his own.</param>
public sealed record ListedList(Guid Id, string Name, string ShareWord, bool IsOwn, string? Owner, int Lines, DateTimeOffset ChangedAt, int Version, LastHand Hand)
{
    public ListShare Share => Words.Parse<ListShare>(ShareWord);

    public bool MayEdit => IsOwn || Share == ListShare.Edit;
}

/// <summary>An article on a list.</summary>
/// <param name="Status">`active`, what else articles are, or `not-there` for who looks.</param>
public sealed record ListedLine(Guid Product, string Sku, string Name, long QuantityThousandths, string Status)
{
    public Quantity Quantity => new(QuantityThousandths);

    public bool IsSold => Status == "active";
}

/// <summary>Lists of articles: whose they are and who sees them is part of every query.</summary>
public sealed class ListsQueries(Database database)
{
    /// <summary>Over `w`; {0}: his place, {1}: his company, or nothing.</summary>
    internal const string Visible = "(w.membership_id = {0} or (w.company_id = {1} and w.share <> 'none'))";

    private static readonly string Sql = $$"""
        select w.id as "Id", w.name as "Name", w.share as "ShareWord", w.membership_id = {0} as "IsOwn",
            case when w.membership_id = {0} then null else b.first_name || ' ' || b.last_name end as "Owner",
            (select cast(count(*) as integer) from saved_list_line l where l.list_id = w.id) as "Lines", w.changed_at as "ChangedAt", w.version as "Version", {{LastHand.Columns}}
        from saved_list w join membership m on m.id = w.membership_id join buyer b on b.id = m.buyer_id
        {{LastHand.Joins("w")}}
        where {{Visible}}
        """;

    private static readonly string All = $"{Sql} order by case when w.membership_id = {{0}} then 0 else 1 end, lower(w.name), w.id limit 400";
    private static readonly string One = $"{Sql} and w.id = {{2}}";

    private static readonly string LinesSql = $"""
        {AssortmentQueries.With("{1}")}
        select p.id as "Product", p.sku as "Sku", {ProductTexts.Name("p")} as "Name", l.quantity_thousandths as "QuantityThousandths", case when {AssortmentQueries.IsThere("p.id")} then p.status else 'not-there' end as "Status"
        from saved_list_line l join product p on p.id = l.product_id where l.list_id = {"{0}"} order by l.position, p.id
        """;

    public async Task<IReadOnlyList<ListedList>> Of(Caller caller, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Of(db, caller, cancel);
    }

    public static async Task<IReadOnlyList<ListedList>> Of(ShopDb db, Caller caller, CancellationToken cancel) =>
        caller.Buyer is null ? [] : await db.Rows<ListedList>(All, Keys(caller)).ToListAsync(cancel);

    public static async Task<ListedList?> Find(ShopDb db, Caller caller, Guid id, CancellationToken cancel) =>
        caller.Buyer is null ? null : (await db.Rows<ListedList>(One, [.. Keys(caller), id]).ToListAsync(cancel)).SingleOrDefault();

    public static async Task<IReadOnlyList<ListedLine>> Lines(ShopDb db, Caller caller, Guid id, CancellationToken cancel) =>
        await db.Rows<ListedLine>(ProductTexts.Spoken(LinesSql), id, AssortmentQueries.CompanyOf(caller)).ToListAsync(cancel);

    private static object[] Keys(Caller caller) => [caller.Buyer!.Membership.Value, caller.Company?.Id.Value ?? Guid.Empty];
}
