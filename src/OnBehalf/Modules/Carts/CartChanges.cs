using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>The cart and the version of it that a page showed: what its form may change.</summary>
public readonly record struct SeenCart(Guid Cart, int Version);

/// <summary>Everything that a caller can do to his cart. Each is one transaction.</summary>
public sealed class CartChanges(Database database, CartsQueries carts, PricingQueries pricing)
{
    /// <summary>Puts an article in, whatever the cart holds by now: adding never loses what somebody else did. Returns the article's number.</summary>
    public async Task<Outcome<string>> Add(Caller caller, string? sku, string? quantity, CancellationToken cancel)
    {
        var pieces = Cart.ParseQuantity(quantity);
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

            var change = cart.Change(seen => seen.Add(article.Value.Product, pieces.Value));
            return change.IsRefused ? change.Refusal : article.Value.Sku;
        });
    }

    /// <summary>New quantities and perhaps one article to take out: all of it, and only if the cart is as it was seen.</summary>
    public Task<Outcome<Done>> Update(
        Caller caller, SeenCart seen, IReadOnlyCollection<(ProductId Product, Quantity Quantity)> quantities, ProductId? remove, CancellationToken cancel) =>
        Write<Done>(caller, cancel, (_, cart) => Task.FromResult(
            cart.CheckSeen(seen) is { } changed ? changed : cart.Change(now => now.Update(quantities, remove))));

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
