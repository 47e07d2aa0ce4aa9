using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Carts;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Deals;
using OnBehalf.Modules.Deals;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>The cart and the version of it that a page showed: what its form may change.</summary>
public readonly record struct SeenCart(Guid Cart, int Version);

/// <summary>A line of a list that did not go into the cart, and why.</summary>
public sealed record WrongLine(PastedLine Line, Refusal Refusal);

/// <summary>The prices of a list count, for this reason.</summary>
/// <param name="Reason">Code of it; null: none was chosen.</param>
public sealed record PricesOfList(string? Reason);

/// <summary>What became of a list.</summary>
public sealed record AddedLines(int Added, IReadOnlyList<WrongLine> Wrong);

/// <summary>Everything that a caller can do to his cart. Each is one transaction.</summary>
public sealed class CartChanges(Database database, CartsQueries carts, PricingQueries pricing, PriceEdits edits, DealJudge judge, Deals.Deals deals)
{
    /// <summary>Puts an article in, whatever the cart holds by now: adding never loses what somebody else did. Returns the article's number.</summary>
    /// <param name="caller">Whose cart.</param>
    /// <param name="sku">Number of the article.</param>
    /// <param name="quantity">As it was typed; null: the smallest that can be ordered, or one package more of what is there.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Outcome<string>> Add(Caller caller, string? sku, string? quantity, CancellationToken cancel)
    {
        var pieces = quantity is null ? Quantity.One : Cart.ParseQuantity(quantity);
        if (pieces.IsRefused)
        {
            return pieces.Refusal;
        }

        return await Write<string>(caller, cancel, async (tx, cart) =>
        {
            var article = await carts.Orderable(tx.Db, caller, sku, pieces.Value, tx.Cancel);
            if (article.IsRefused)
            {
                return article.Refusal;
            }

            var (product, rule) = (article.Value.Product, article.Value.Rule);
            var change = cart.Change(seen => seen.Add(
                product, quantity is not null ? pieces.Value : seen.Lines.Any(line => line.Product == product) ? rule.Pack : rule.First, rule));
            return change.IsRefused ? change.Refusal : article.Value.Sku;
        });
    }

    /// <summary>
    /// Puts a whole list in: all of it, or with <paramref name="onlyGood"/> the lines that can be ordered. Returns how many went in, and what is wrong with each of the others. Sent
    /// twice with the same key, it goes in once.
    /// </summary>
    /// <param name="caller">Whose cart.</param>
    /// <param name="lines">The list.</param>
    /// <param name="onlyGood">Whether some may stay out.</param>
    /// <param name="key">Of the form.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <param name="prices">Also the prices of the list have to be right, for this reason; they are not agreed yet. Null: they are not read.</param>
    public async Task<Outcome<AddedLines>> AddMany(Caller caller, IReadOnlyList<PastedLine> lines, bool onlyGood, string key, CancellationToken cancel, PricesOfList? prices = null)
    {
        if (lines.Count is 0 or > PastedLines.Most)
        {
            return lines.Count == 0 ? CartRefusals.ListEmpty : CartRefusals.ListTooLong;
        }

        IReadOnlyList<WrongLine> wrong = [];
        var outcome = await Write<string>(caller, cancel, (tx, cart) =>
        {
            wrong = [];
            return tx.Once(caller.IsForCompany ? $"company:{caller.Company!.Id}" : $"membership:{caller.Buyer!.Membership}", "carts.add-many", key, FingerprintOf(lines, onlyGood), async () =>
            {
                (var added, wrong) = await AddMany(tx, cart, lines, prices);
                return wrong.Count > 0 && (!onlyGood || added == 0) ? CartRefusals.LinesWrong(wrong.Count) : added.ToString(CultureInfo.InvariantCulture);
            });
        });
        if (outcome.IsRefused)
        {
            return wrong.Count > 0 ? new AddedLines(0, wrong) : outcome.Refusal;
        }

        // Sent twice: what went in is not looked at again, but whoever sees the second answer must read what is missing.
        var added = int.Parse(outcome.Value, CultureInfo.InvariantCulture);
        return new AddedLines(added, wrong.Count == 0 && added < lines.Count ? await Unfit(caller, lines, cancel) : wrong);
    }

    private async Task<List<WrongLine>> Unfit(Caller caller, IReadOnlyList<PastedLine> lines, CancellationToken cancel)
    {
        await using var db = database.Read();
        var (quantities, articles) = await Judge(db, caller, lines, cancel);
        return
        [
            .. from one in lines.Zip(quantities, articles)
               let refusal = one.Third.Refusal ?? one.Second.Refusal ?? Cart.Check(one.Second.Value, one.Third.Value.Rule)
               where refusal is not null
               select new WrongLine(one.First, refusal),
        ];
    }

    private async Task<(List<Outcome<Quantity>> Quantities, IReadOnlyList<Outcome<OrderableArticle>> Articles)> Judge(
        ShopDb db, Caller caller, IReadOnlyList<PastedLine> lines, CancellationToken cancel)
    {
        var quantities = lines.Select(line => Cart.ParseQuantity(line.Quantity)).ToList();
        return (quantities, await carts.Orderables(
            db, caller, [.. lines.Zip(quantities, (line, quantity) => ((string?)line.Sku, quantity.IsRefused ? Quantity.One : quantity.Value))], cancel));
    }

    private async Task<(int Added, List<WrongLine> Wrong)> AddMany(Tx tx, OpenCart cart, IReadOnlyList<PastedLine> lines, PricesOfList? prices)
    {
        var (added, wrong) = (0, new List<WrongLine>());
        var (quantities, articles) = await Judge(tx.Db, tx.Caller, lines, tx.Cancel);
        var unpriced = prices is null ? new Dictionary<int, Refusal>() : await Unpriced(tx, lines, quantities, articles, prices);
        foreach (var (line, quantity, article) in lines.Zip(quantities, articles))
        {
            var refusal = article.Refusal ?? quantity.Refusal ?? unpriced.GetValueOrDefault(line.Number) ?? cart.Change(seen => seen.Add(article.Value.Product, quantity.Value, article.Value.Rule)).Refusal;
            if (refusal is null)
            {
                added++;
            }
            else
            {
                wrong.Add(new WrongLine(line, refusal));
            }
        }

        return (added, wrong);
    }

    // By the number of the line, why its price is none. An article has one price.
    private async Task<Dictionary<int, Refusal>> Unpriced(
        Tx tx, IReadOnlyList<PastedLine> lines, List<Outcome<Quantity>> quantities, IReadOnlyList<Outcome<OrderableArticle>> articles, PricesOfList prices)
    {
        var wished = lines.Zip(quantities, articles).Where(one => one.First.Price is not null && !one.Second.IsRefused && !one.Third.IsRefused)
            .Select(one => (Line: one.First, Quantity: one.Second.Value, one.Third.Value.Product)).ToList();
        var first = wished.GroupBy(one => one.Product).ToDictionary(same => same.Key, same => same.First());
        var judged = await edits.JudgeEach(tx, [.. wished.Select(one => new PriceWish(one.Product, one.Line.Price, prices.Reason))], product => first[product].Quantity);
        return wished.Zip(judged, (one, price) => (one.Line.Number, Refusal: price.Refusal ?? (one.Line.Price == first[one.Product].Line.Price ? null : CartRefusals.TwoPrices(one.Line.Sku))))
            .Where(one => one.Refusal is not null).ToDictionary(one => one.Number, one => one.Refusal!);
    }

    private static string FingerprintOf(IReadOnlyList<PastedLine> lines, bool onlyGood) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{onlyGood}\n{string.Join('\n', lines.Select(line => line.Text))}")));

    /// <summary>New quantities, other prices and perhaps one article to take out: all of it, and only if the cart is as it was seen.</summary>
    public Task<Outcome<Done>> Update(
        Caller caller, SeenCart seen, IReadOnlyCollection<(ProductId Product, Quantity Quantity)> quantities, ProductId? remove, IReadOnlyList<PriceWish> prices, CancellationToken cancel) =>
        Write<Done>(caller, cancel, async (tx, cart) =>
        {
            if (cart.CheckSeen(seen) is { } changed)
            {
                return changed;
            }

            var rules = await carts.Rules(tx.Db, [.. quantities.Select(line => line.Product)], tx.Cancel);
            PriceWish[] wishes = [.. prices.Where(wish => wish.Product != remove)];
            var agreed = await edits.Judge(tx, wishes, product => quantities.FirstOrDefault(line => line.Product == product).Quantity);
            if (agreed.IsRefused)
            {
                return agreed.Refusal;
            }

            // What is asked for changes no price yet.
            var asked = agreed.Value.Where(price => wishes.Any(wish => wish.Product == price.Product && wish.IsAsked)).ToList();
            var taken = agreed.Value.Except(asked).ToList();
            return (wishes.Length > 0 ? await Guard(tx, quantities, remove, taken, asked) : null) ?? cart.Change(now => now.Update(quantities, remove, product => rules.GetValueOrDefault(product, QuantityRule.Pieces), taken));
        });

    // The limits of the shop, on the cart as it will be.
    private async Task<Refusal?> Guard(
        Tx tx, IReadOnlyCollection<(ProductId Product, Quantity Quantity)> quantities, ProductId? remove, List<AgreedPrice> taken, List<AgreedPrice> asked)
    {
        var seen = (await carts.Shown(tx.Db, tx.Caller, tx.Cancel)).For(tx.Caller);
        var stays = await edits.Fixed(tx, [.. seen.Lines.Select(line => line.Product)]);
        var lines = seen.With(quantities, remove, taken, stays).DealLines;
        var value = lines.Aggregate(Money.Zero(seen.Currency), (sum, line) => sum + line.Regular.Times(line.Quantity));
        foreach (var price in asked)
        {
            if (lines.FirstOrDefault(line => line.Product == price.Product) is not { } line)
            {
                return CartRefusals.LineGone;
            }

            if ((await deals.Ask(tx, line, price.Agreed!.Over(price.Quote).Unit, price.Agreed.Reason, value)).Refusal is { } no)
            {
                return no.Field == "Price" ? no with { Field = Cart.PriceFieldOf(price.Product) } : no;
            }
        }

        return taken.Exists(price => price.Agreed is not null) ? (await judge.Judge(tx, lines, Money.Zero(seen.Currency), isOrder: false)).Refusal : null;
    }

    /// <summary>Agrees what is taken off the whole cart, and what sending it costs, if the cart is as it was seen.</summary>
    public Task<Outcome<Done>> Agree(Caller caller, SeenCart seen, TermsWish wish, CancellationToken cancel) =>
        Write<Done>(caller, cancel, async (tx, cart) =>
        {
            if (cart.CheckSeen(seen) is { } changed)
            {
                return changed;
            }

            var shown = (await carts.Shown(tx.Db, tx.Caller, tx.Cancel)).For(tx.Caller);
            var agreed = await edits.Judge(tx, wish, shown);
            if (agreed.IsRefused)
            {
                return agreed.Refusal;
            }

            var (discount, shipping) = agreed.Value;
            var lines = (shown with { Discount = discount }).With([], null, [], await edits.Fixed(tx, [.. shown.Lines.Select(line => line.Product)])).DealLines;
            if (wish is { Discount: { Length: > 0 } } or { Shipping: { Length: > 0 } }
                && (await judge.Judge(tx, lines, shipping is null ? Money.Zero(shown.Currency) : null, isOrder: false)).Refusal is { } beyond)
            {
                return beyond.Field is null ? beyond : beyond with { Field = wish.Discount is { Length: > 0 } && beyond.Code != DealRefusals.Shipping.Code ? "Discount" : "Shipping" };
            }

            return cart.Change(now => now.Agree(discount) is { IsRefused: false, Value: var first } ? first.Cart.Agree(shipping) is { IsRefused: false, Value: var second }
                ? new CartChange(second.Cart, [.. first.Facts, .. second.Facts]) : CartRefusals.NothingInIt : CartRefusals.NothingInIt);
        });

    /// <summary>Puts a coupon in, or takes it out, whatever else the cart holds by now.</summary>
    public Task<Outcome<Done>> SetCoupon(Caller caller, string code, bool isIn, CancellationToken cancel) =>
        Write<Done>(caller, cancel, (_, cart) => Task.FromResult(cart.Change(now => isIn ? now.AddCoupon(code) : now.RemoveCoupon(code))));

    /// <summary>Begins again from the buyer's own cart.</summary>
    public Task<Outcome<Done>> DiscardBranch(Caller caller, SeenCart seen, CancellationToken cancel) =>
        Write<Done>(caller, cancel, (_, cart) => Task.FromResult(cart.CheckSeen(seen) is { } changed ? changed : cart.DiscardBranch("operator")));

    private async Task<Outcome<T>> Write<T>(Caller caller, CancellationToken cancel, Func<Tx, OpenCart, Task<Outcome<T>>> decide)
    {
        if (!caller.May(Right.CartsChange))
        {
            return AccessGate.RightMissing;
        }

        var currency = await pricing.CurrencyOf(caller, cancel);
        return await database.Write(caller, async tx => await decide(tx, await OpenCart.Load(tx, currency)), cancel);
    }
}
