using OnBehalf.Data;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>
/// What <see cref="PriceEngine"/> decides for one piece, as SQL over up to a thousand articles at once, for lists that are ordered or narrowed by price: the
/// prices of a page are those of the engine, and a test holds both against each other.
/// </summary>
internal static class OwnPriceQueries
{
    /// <summary>A source that counts first is that much smaller than any price of the next.</summary>
    private const string Rank = "100000000000000000";

    /// <summary>
    /// Parts of a `with recursive` that end in `own_price (id, unit)`: the price of 1,000 units in minor units, no row where the price is on request.
    /// Slots: 0 currency, 1 price list of the company, 2 company, 3 membership.
    /// </summary>
    /// <param name="database">Of either kind.</param>
    /// <param name="order">In which order sources count.</param>
    /// <param name="articles">A part with id, category_id, price_minor, price_per and currency.</param>
    public static string Parts(Database database, PricePrecedence order, string articles) => $$"""
        own as materialized (
            select l.id, l.source, l.percent_millionths, case l.source {{string.Concat(PriceSources.All.Select(source => $"when '{PriceSources.Code(source)}' then {order.RankOf(source)} "))}} end as rank
            from price_list l
            where l.currency = {0} and (l.valid_from is null or l.valid_from <= {{database.Now}}) and (l.valid_until is null or l.valid_until > {{database.Now}})
                and l.id in (
                    select x.id from price_list x where x.id = {1}
                    union all select x.id from price_list x where {{(database.Kind == DatabaseKind.Postgres ? "x.for_everybody" : "x.for_everybody = 1")}}
                    union all select c.price_list_id from price_list_company c where c.company_id = {2}
                    union all select g.price_list_id from price_list_group g join customer_terms t on t.customer_group_id = g.customer_group_id
                        where t.company_id = {2} or t.membership_id = {3})),
        above (category, ancestor, distance) as (
            select c.id, c.id, 0 from category c where exists (select 1 from price_list_discount)
            union all select a.category, c.parent_id, a.distance + 1 from above a join category c on c.id = a.ancestor where c.parent_id is not null),
        tier as materialized (
            select z.id, z.category_id, l.id as list, l.source, l.rank, l.percent_millionths, (
                select {{Packed("r.price_minor", "r.price_per")}} from price r
                where r.price_list_id = l.id and r.product_id = z.id and r.min_quantity_thousandths <= 1000 order by r.min_quantity_thousandths desc limit 1) as packed
            from {{articles}} z cross join own l),
        base as materialized (
            select id, min(packed) as packed from (
                select z.id, {{Packed("z.price_minor", "z.price_per")}} as packed from {{articles}} z where z.currency = {0}
                union all select t.id, t.packed from tier t where t.source = 'base' and t.packed is not null) known group by id),
        own_price as materialized (
            select id, min(weighed) % {{Rank}} as unit from (
                select z.id, {{order.RankOf(PriceSource.Base)}} * {{Rank}} + z.price_minor * (1000 / z.price_per) as weighed from {{articles}} z where z.currency = {0}
                union all select t.id, t.rank * {{Rank}} + t.packed / 4 from tier t where t.packed is not null
                union all select c.id, c.rank * {{Rank}} + (c.minor - (c.minor * c.off + 500000) / 1000000) * c.times from (
                    select t.id, t.rank, b.packed / 4 / {{Times("b.packed")}} as minor, {{Times("b.packed")}} as times,
                        coalesce((select d.percent_millionths from above a join price_list_discount d on d.category_id = a.ancestor
                            where a.category = t.category_id and d.price_list_id = t.list order by a.distance limit 1), t.percent_millionths) as off
                    from tier t join base b on b.id = t.id where t.packed is null) c
                where c.off is not null) offers
            group by id)
        """;

    // The price of a thousand units, so that prices compare, and behind it for how many units it was said, because a percentage rounds there.
    private static string Packed(string minor, string per) => $"{minor} * (1000 / {per}) * 4 + case {per} when 1 then 0 when 10 then 1 when 100 then 2 else 3 end";

    private static string Times(string packed) => $"case {packed} % 4 when 0 then 1000 when 1 then 100 when 2 then 10 else 1 end";
}
