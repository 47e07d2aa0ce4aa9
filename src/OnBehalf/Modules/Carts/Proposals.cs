using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Deals;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Carts;

/// <summary>
/// What an operator prepared, handed over: the buyer takes all of it, some lines, or nothing. Only he does, signed in himself; a session never sees it, so that nobody takes what he proposed.
/// </summary>
public sealed class Proposals(Database database, CartsQueries carts, PricingQueries pricing, DealJudge judge, ProposalQueries queries, ShopSettings settings, ShopAddress shop, Outbox outbox)
{
    public const string Path = "/cart/proposals";

    private static readonly Caller Itself = Caller.Machine("proposals");

    /// <summary>The branch on which the caller works becomes a proposal; the next change begins a new one.</summary>
    /// <param name="context">The request of a session.</param>
    /// <param name="seen">The cart of the page.</param>
    /// <param name="words">What he says about it; null: nothing.</param>
    public async Task<Outcome<Done>> Make(HttpContext context, SeenCart seen, string? words)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        words = string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        if ((!caller.IsAssisting ? CartRefusals.ProposalOfOperator : caller.IsForCompany ? CartRefusals.ProposalOfNobody : !caller.May(Right.CartsChange) ? AccessGate.RightMissing
            : words?.Length > CartProposal.LongestWords ? CartRefusals.WordsTooLong : null) is { } refusal)
        {
            return refusal;
        }

        var (currency, address, name) = (await pricing.CurrencyOf(caller, cancel), await shop.Of(context.Request), await settings.Get(ShopSettings.ShopName, cancel));
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var cart = await OpenCart.Load(tx, currency);
                return cart.CheckSeen(seen) ?? await Make(tx, cart, currency, words, (proposal, lines, to) => ProposalMails.Made(proposal, lines, to, caller.Actor.Name, name, address));
            },
            cancel);
    }

    private async Task<Outcome<Done>> Make(Tx tx, OpenCart cart, Currency currency, string? words, Func<ProposalRow, int, (string Email, string Name, BuyerId Id), OutgoingMail> mail)
    {
        if (cart.BaseOfBranch is not { } own || (await carts.Shown(tx.Db, tx.Caller, tx.Cancel)).Branch is not { } shown)
        {
            return CartRefusals.ProposalOfNothing;
        }

        if (cart.Cart is { Discount: not null } or { Shipping: not null })
        {
            return CartRefusals.ProposalOfTerms;
        }

        // By his limits of this moment: the order that the buyer places later is not judged again.
        var approved = await judge.Judge(tx, shown.DealLines, Money.Zero(currency), isOrder: true);
        if (approved.IsRefused)
        {
            return approved.Refusal with { Field = null };
        }

        var known = shown.Lines.ToDictionary(line => line.Product);
        var branch = cart.Cart;
        var lines = CartProposal.Of(
            branch,
            product => LineState.Of(own.Rows.FirstOrDefault(row => row.Id == branch.Rows.First(line => line.Product == product).Base!.Id), tx.Now).Price,
            product => known.GetValueOrDefault(product) is { Agreed: { } agreed, Quote: { } quote }
                ? agreed with { Price = quote.Unit, Off = default, ApprovedBy = approved.Value.TryGetValue(product, out var by) ? by : agreed.ApprovedBy } : null);
        if (lines.Count == 0 && ProposedCoupons.Of(own.CouponCodes, branch.CouponCodes).IsNothing)
        {
            return CartRefusals.ProposalOfNothing;
        }

        if (lines.FirstOrDefault(line => !line.IsRemoved && !known[line.Product].IsOrderable) is { } misfit)
        {
            return CartRefusals.ProposalNotOrderable(known[misfit.Product].Name);
        }

        var buyer = tx.Caller.Buyer!;
        if (await tx.Db.Set<ProposalRow>().CountAsync(row => row.MembershipId == buyer.Membership && row.Status == CartProposal.Open && row.ExpiresAt > tx.Now, tx.Cancel) >= CartProposal.MostOpen)
        {
            return CartRefusals.TooManyProposals;
        }

        var proposal = new ProposalRow
        {
            Id = Guid.CreateVersion7(), CartId = own.Id, MembershipId = buyer.Membership, MadeByStaffId = tx.Caller.Staff?.Id, MadeByBuyerId = tx.Caller.Staff is null ? (tx.Caller.Actor as Actor.Buyer)?.Id : null,
            Currency = currency, Words = words, CouponsBefore = Codes(own.CouponCodes), Coupons = Codes(branch.CouponCodes), Status = CartProposal.Open, MadeAt = tx.Now, ExpiresAt = tx.Now.AddDays(await Days(tx)),
        };
        tx.Db.Add(proposal);
        tx.Db.AddRange(lines.Select((line, i) => RowOf(proposal.Id, i + 1, line)));
        cart.HandOver();
        tx.Add(new ProposalMade(proposal.Id, own.Id, branch.Id, lines.Count, proposal.ExpiresAt));
        outbox.Add(tx, mail(proposal, lines.Count, (buyer.Email, buyer.Name, buyer.Id)));
        return Done.It;
    }

    /// <summary>The buyer takes what he chose into the cart for which it was made.</summary>
    /// <param name="caller">The buyer himself.</param>
    /// <param name="id">Of the proposal.</param>
    /// <param name="seen">His cart as the page showed it.</param>
    /// <param name="chosen">Articles.</param>
    /// <param name="coupons">The coupons too.</param>
    /// <param name="all">Also what he did not choose, unless he has changed it himself.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Take(Caller caller, Guid id, SeenCart seen, IReadOnlySet<ProductId> chosen, bool coupons, bool all, CancellationToken cancel) => Answer(
        caller, id, cancel,
        async (tx, proposal, cart) =>
        {
            var currency = await pricing.CurrencyOf(tx.Db, caller, tx.Cancel);
            if (cart.Row.Id.Value != seen.Cart || cart.Row.Version != seen.Version)
            {
                return CartRefusals.Changed;
            }

            if (proposal.Currency != currency)
            {
                return CartRefusals.ProposalInOtherCurrency;
            }

            var rows = await tx.Db.Set<ProposalLineRow>().Where(row => row.ProposalId == id).OrderBy(row => row.Position).ToListAsync(tx.Cancel);
            var until = tx.Now.AddDays(await Days(tx));
            var own = cart.Value;
            var taken = CartProposal.Choose([.. rows.Select(row => row.Value(currency, until))], own, tx.Now, chosen, all);
            var codes = coupons || all ? CouponsOf(proposal) : new ProposedCoupons([], []);
            if (taken.Count == 0 && codes.IsNothing)
            {
                return all || chosen.Count > 0 ? CartRefusals.NothingToTake : CartRefusals.NothingTicked;
            }

            var change = Taken(own, id, taken, codes);
            if (change.IsRefused)
            {
                return change.Refusal with { Field = null };
            }

            cart.Put(change.Value.Cart, currency, tx.Now);
            foreach (var fact in change.Value.Facts)
            {
                tx.Add(fact);
            }

            rows.ForEach(row => row.IsTaken = taken.Any(line => line.Product == row.ProductId));
            proposal.End(CartProposal.Taken, tx.Now);
            tx.Add(new ProposalTaken(id, proposal.CartId, taken.Count, rows.Count));
            await Tell(tx, proposal, (to, shop) => ProposalMails.Taken(to, caller.CustomerName, taken.Count, rows.Count, shop));
            return Done.It;
        });

    /// <summary>He does not want it; his reason is for its operator.</summary>
    public Task<Outcome<Done>> Decline(Caller caller, Guid id, string? why, CancellationToken cancel) => Answer(
        caller, id, cancel,
        async (tx, proposal, _) =>
        {
            why = why?.Trim();
            if (why is not { Length: > 0 and <= CartProposal.LongestWords })
            {
                return string.IsNullOrEmpty(why) ? CartRefusals.AnswerMissing : CartRefusals.AnswerTooLong;
            }

            proposal.Answer = why;
            proposal.End(CartProposal.Declined, tx.Now);
            tx.Add(new ProposalDeclined(id, proposal.CartId));
            await Tell(tx, proposal, (to, shop) => ProposalMails.Declined(to, caller.CustomerName, why, shop));
            return Done.It;
        });

    /// <summary>Who made it takes it back, while nobody has answered.</summary>
    public Task<Outcome<Done>> Withdraw(Caller caller, Guid id, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller is not { Session: null, Staff: { } staff } || await tx.Db.Set<ProposalRow>().SingleOrDefaultAsync(row => row.Id == id && row.MadeByStaffId == staff.Id, tx.Cancel) is not { } proposal)
            {
                return CartRefusals.ProposalUnknown;
            }

            if (proposal.Status != CartProposal.Open || proposal.ExpiresAt <= tx.Now)
            {
                return CartRefusals.ProposalNotOpen;
            }

            proposal.End(CartProposal.Withdrawn, tx.Now);
            tx.Add(new ProposalWithdrawn(id, proposal.CartId, proposal.MembershipId, "operator"));
            return Done.It;
        },
        cancel);

    /// <summary>Closes those that nobody answered in time. Returns how many there were.</summary>
    public async Task<int> Expire(CancellationToken cancel)
    {
        var late = await queries.Late(cancel);
        foreach (var id in late)
        {
            await database.Write<Done>(
                Itself,
                async tx =>
                {
                    var proposal = await tx.Db.Set<ProposalRow>().SingleAsync(row => row.Id == id, tx.Cancel);
                    if (proposal.Status == CartProposal.Open)
                    {
                        proposal.End(CartProposal.Expired, tx.Now);
                        tx.Add(new ProposalExpired(id, proposal.CartId, proposal.MembershipId));
                        await Tell(tx, proposal, ProposalMails.Expired);
                    }

                    return Done.It;
                },
                cancel);
        }

        return late.Count;
    }

    internal static ProposedCoupons CouponsOf(ProposalRow proposal) => ProposedCoupons.Of(Split(proposal.CouponsBefore), Split(proposal.Coupons));

    private static Outcome<CartChange> Taken(Cart own, Guid id, IReadOnlyList<ProposedLine> lines, ProposedCoupons coupons)
    {
        var change = own.Take(id, lines);
        foreach (var code in coupons.Removed)
        {
            change = change.IsRefused ? change : And(change.Value, change.Value.Cart.RemoveCoupon(code));
        }

        foreach (var code in coupons.Added)
        {
            change = change.IsRefused ? change : And(change.Value, change.Value.Cart.AddCoupon(code));
        }

        return change;

        static Outcome<CartChange> And(CartChange first, Outcome<CartChange> second) =>
            second.IsRefused ? second : new CartChange(second.Value.Cart, [.. first.Facts, .. second.Value.Facts]);
    }

    private async Task<Outcome<Done>> Answer(Caller caller, Guid id, CancellationToken cancel, Func<Tx, ProposalRow, StoredCart, Task<Outcome<Done>>> decide)
    {
        if (caller is not { Session: null, Buyer.Membership: var membership })
        {
            return AccessGate.NotInSession;
        }

        return !caller.May(Right.CartsChange) ? AccessGate.RightMissing : await database.Write(
            caller,
            async tx =>
            {
                await OpenCart.Wait(tx, CartOwner.Of(caller));
                if (await tx.Db.Set<ProposalRow>().SingleOrDefaultAsync(row => row.Id == id && row.MembershipId == membership, tx.Cancel) is not { } proposal)
                {
                    return CartRefusals.ProposalUnknown;
                }

                if (proposal.Status != CartProposal.Open || proposal.ExpiresAt <= tx.Now
                    || await tx.Db.Set<CartRow>().SingleOrDefaultAsync(row => row.Id == proposal.CartId && row.MembershipId == membership && (row.Status == NamedCarts.Open || row.Status == NamedCarts.Aside), tx.Cancel) is not { } cart)
                {
                    return CartRefusals.ProposalOver;
                }

                return await decide(tx, proposal, new StoredCart(tx.Db, cart, await tx.Db.Set<CartLineRow>().Where(line => line.CartId == cart.Id).ToListAsync(tx.Cancel)));
            },
            cancel);
    }

    private async Task Tell(Tx tx, ProposalRow proposal, Func<ProposalReader, string, OutgoingMail> mail)
    {
        if (await ProposalQueries.MakerOf(tx.Db, proposal.MadeByStaffId, proposal.MadeByBuyerId, tx.Cancel) is { } maker)
        {
            outbox.Add(tx, mail(maker, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
        }
    }

    private static ProposalLineRow RowOf(Guid proposal, int position, ProposedLine line) => new()
    {
        ProposalId = proposal, Position = position, ProductId = line.Product, BeforeThousandths = line.Was.Quantity.Thousandths, BeforeMinor = line.Was.Price?.Amount.Minor, BeforePer = line.Was.Price?.PerUnits,
        QuantityThousandths = line.Proposed.Quantity.Thousandths, AgreedMinor = line.Proposed.Price?.Amount.Minor, AgreedPer = line.Proposed.Price?.PerUnits, AgreedReason = line.Agreed?.Reason,
        AgreedAlternative = line.Agreed?.Alternative, AgreedById = line.Agreed?.By, AgreedApprovedById = line.Agreed?.ApprovedBy,
    };

    private async Task<int> Days(Tx tx) => await settings.Number(tx.Db, ShopSettings.ProposalDays, tx.Cancel);

    private static string? Codes(IReadOnlyList<string> codes) => codes.Count == 0 ? null : string.Join(' ', codes);

    private static string[] Split(string? codes) => codes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
