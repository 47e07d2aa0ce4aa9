using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Deals;

/// <summary>How far the caller goes in the lines of a cart, and what he asked for.</summary>
/// <param name="Floors">By article.</param>
/// <param name="Asked">By article.</param>
/// <param name="Month">What he may give away in a month, the narrowest of the limits that count here, and what he has given; null: it is not limited.</param>
public sealed record CartDeals(IReadOnlyDictionary<ProductId, UnitPrice> Floors, IReadOnlyDictionary<ProductId, LineDeal> Asked, (Money Most, Money Given)? Month);

/// <summary>Judges what staff agree in carts by the limits of the shop, in the transaction in which they agree it and again when it is ordered.</summary>
public sealed class DealJudge(DealQueries queries)
{
    /// <summary>For the page of a cart; null: the shop has no limits.</summary>
    public async Task<CartDeals?> For(ShopDb db, Caller caller, IReadOnlyList<DealLine> lines, CancellationToken cancel)
    {
        if (lines.Count == 0 || await Load(db, caller, lines, cancel) is not { } known)
        {
            return null;
        }

        Money[] months = [.. known.Lines.Select(line => known.Guard.LimitFor(line.Categories)?.Month).OfType<Money>()];
        return new CartDeals(
            known.Lines.ToDictionary(line => line.Product, known.Guard.Floor), known.Deals,
            months.Length == 0 ? null : (months.Min(), await queries.GivenThisMonth(db, caller.Staff!.Id, lines[0].Left.Currency, cancel)));
    }

    /// <summary>A cart as it is to become, or as it is ordered.</summary>
    /// <param name="tx">Of the change, or of the order.</param>
    /// <param name="lines">As they will be.</param>
    /// <param name="shipping">How much more sending would cost; null: other costs than the shop's are agreed, but not yet known. Zero: they are not.</param>
    /// <param name="isOrder">What waits for approval stops it.</param>
    /// <returns>Who approved which of the articles, where that was needed.</returns>
    internal async Task<Outcome<IReadOnlyDictionary<ProductId, StaffId>>> Judge(Tx tx, IReadOnlyList<DealLine> lines, Money? shipping, bool isOrder)
    {
        var none = new Dictionary<ProductId, StaffId>();
        if (tx.Caller is not { IsAssisting: true, Staff: { } staff } || lines.Count == 0 || await Load(tx.Db, tx.Caller, lines, tx.Cancel) is not { } known)
        {
            return none;
        }

        if (isOrder && known.Lines.FirstOrDefault(line => known.Deals.GetValueOrDefault(line.Product) is { IsWaiting: true }) is { } waiting)
        {
            return DealRefusals.Waits(waiting.Sku, known.Deals[waiting.Product].Asked);
        }

        if (shipping is null && known.Guard.LimitFor([]) is null)
        {
            return DealRefusals.Shipping;
        }

        var currency = lines[0].Left.Currency;
        var before = Money.Zero(currency);
        if (known.HasMonths)
        {
            await Wait(tx, staff.Id);
            before = await queries.GivenThisMonth(tx.Db, staff.Id, currency, tx.Cancel);
        }

        var verdict = known.Guard.Judge(known.Lines, shipping ?? Money.Zero(currency), before);
        return verdict.Refusal is { } refusal ? refusal
            : verdict.OnApproval.Where(product => known.Deals[product].DecidedById is not null).ToDictionary(product => product, product => new StaffId(known.Deals[product].DecidedById!.Value));
    }

    /// <summary>How low a staff member goes by himself for a line, in a cart of this value.</summary>
    internal async Task<UnitPrice> FloorOf(ShopDb db, DealLine line, StaffRole role, string? group, CompanyId? company, MembershipId? membership, Money value, CancellationToken cancel)
    {
        var (limits, of) = await DealQueries.LimitsFor(db, company, membership, cancel);
        return new DealGuard(limits, new DealCircumstances(role, group, of, value)).Floor((await queries.Known(db, [line], cancel))[0]);
    }

    internal Task<IReadOnlyList<LineDeal>> Asked(ShopDb db, Caller caller, CancellationToken cancel) => queries.Of(db, caller.Staff!.Id, DealCustomer.Of(caller), cancel);

    private async Task<Loaded?> Load(ShopDb db, Caller caller, IReadOnlyList<DealLine> lines, CancellationToken cancel)
    {
        var (limits, group) = await DealQueries.LimitsFor(db, caller.Company?.Id, caller.Company is null ? caller.Buyer?.Membership : null, cancel);
        if (limits.Count == 0)
        {
            return null;
        }

        var deals = (await queries.Of(db, caller.Staff!.Id, DealCustomer.Of(caller), cancel)).ToDictionary(deal => new ProductId(deal.Product));
        var known = (await queries.Known(db, lines, cancel)).Select(line => deals.GetValueOrDefault(line.Product) is { } deal && deal.CountsFor(line.Quantity) && deal.Asked.Amount.Currency == line.Left.Currency
            ? line with { Approved = deal.Price } : line).ToList();
        var value = known.Aggregate(Money.Zero(lines[0].Left.Currency), (sum, line) => sum + line.Regular.Times(line.Quantity));
        return new Loaded(new DealGuard(limits, new DealCircumstances(caller.Staff.Role, caller.Staff.Group, group, value)), known, deals, limits.Any(limit => limit.Month is not null));
    }

    // Two orders of one person at the same moment count each other.
    private static async Task Wait(Tx tx, StaffId staff)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>("select id as \"Value\" from staff where id = {0} for no key update", staff.Value).ToListAsync(tx.Cancel);
        }
    }

    private sealed record Loaded(DealGuard Guard, IReadOnlyList<DealLine> Lines, IReadOnlyDictionary<ProductId, LineDeal> Deals, bool HasMonths);
}
