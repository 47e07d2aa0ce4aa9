using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// A page or an action of the Buyer Portal that an administrator may close to sessions, under a name that stays. A test holds the list against the
/// endpoints: whatever is open to sessions is in it, or stands there with the reason why it is not.
/// </summary>
/// <param name="Words">What it is, for people.</param>
/// <param name="Endpoints">Method and route, with POST for every change; none for what the shop does not have yet.</param>
public sealed record ClosablePage(string Name, Phrase Words, IReadOnlyList<string> Endpoints)
{
    public const string AccountEdit = "account.edit";
    public const string AddressView = "address.view";
    public const string AddressAdd = "address.add";
    public const string AddressChange = "address.change";
    public const string AddressDelete = "address.delete";
    public const string AssistanceView = "assistance.view";
    public const string CartChange = "cart.change";
    public const string CartView = "cart.view";
    public const string CatalogView = "catalog.view";
    public const string OrdersCancel = "orders.cancel";
    public const string DownloadsView = "downloads.view";
    public const string DownloadsTake = "downloads.take";
    public const string OrdersPrint = "orders.print";
    public const string OrganisationSwitch = "organisation.switch";
    public const string OrdersPlace = "orders.place";
    public const string OrdersView = "orders.view";
    public const string WishlistView = "wishlist.view";
    public const string PayLinkSend = "orders.pay-link";
    public const string WishlistChange = "wishlist.change";

    /// <summary>Names under which other shop software knows it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>In the order in which they are shown and stored.</summary>
    public static IReadOnlyList<ClosablePage> All { get; } =
    [
        new(AccountEdit, "Account data", ["GET /account/data", "POST /account/data"]) { Aliases = ["customer_account_edit"] },
        new(AddressView, "Addresses", ["GET /account/addresses"]),
        new(AddressAdd, "Add an address", ["GET /account/addresses/new", "POST /account/addresses/new"]),
        new(AddressChange, "Change an address", ["GET /account/addresses/{id:guid}", "POST /account/addresses/{id:guid}", "GET /account/addresses/choice", "POST /account/addresses/choice"]),
        new(AddressDelete, "Remove an address", ["GET /account/addresses/{id:guid}/removal", "POST /account/addresses/{id:guid}/removal"])
        {
            Aliases = ["customer_address_delete"],
        },
        new(AssistanceView, "Who acted for me", ["GET /account/assistance", "GET /account/assistance/{id:guid}"]),
        new(CatalogView, "Catalogue, search and articles", ["GET /", "GET /category/{code}", "GET /product/{sku}", "GET /products", "GET /search", "GET /search/suggestions"]),
        new(CartView, "Cart", ["GET /cart", "GET /cart/lines", "GET /cart/many"]),
        new(CartChange, "Change the cart", ["POST /cart", "POST /cart/lines", "POST /cart/many"]),
        new(OrdersPlace, "Checkout", ["GET /checkout", "POST /checkout", "GET /fast-order", "POST /fast-order"]),
        new(OrdersView, "Orders", ["GET /account/orders", "GET /account/orders/{number}", "GET /account/orders/{number}/proof", "GET /account/orders/{number}/documents/{step:int}"]),
        new(OrdersCancel, "Cancel an order, announce a return", ["GET /account/orders/{number}/steps/{kind}", "POST /account/orders/{number}/steps/{kind}"]),
        new(PayLinkSend, "Send a pay link", ["GET /account/orders/{number}/pay-link", "POST /account/orders/{number}/pay-link"]),
        new(DownloadsView, "Downloads", ["GET /account/downloads"]),
        new(DownloadsTake, "Take a download", ["POST /account/downloads", "GET /account/downloads/{link}"]),
        new(OrdersPrint, "Print an order", ["GET /account/orders/{number}/print"]),
        new(OrganisationSwitch, "Go from one organisation to the next", ["POST /assisted-session/organisation"]),
        new(WishlistView, "Lists of articles", ["GET /account/lists", "GET /account/lists/{id:guid}", "GET /account/lists/choice", "GET /account/api/lists", "GET /account/api/lists/{id:guid}"]),
        new(WishlistChange, "Change lists of articles", ["POST /account/lists", "POST /account/lists/{id:guid}", "POST /account/lists/choice"]),
        new("wishlist.remove", "Take an article off a list, or delete a list", ["GET /account/lists/{id:guid}/removal", "POST /account/lists/{id:guid}/removal"]) { Aliases = ["wishlist_index_remove"] },
    ];

    /// <summary>By its name or an alias, as somebody types it; null when nothing is called so.</summary>
    public static ClosablePage? Find(string typed) => All.FirstOrDefault(
        page => string.Equals(page.Name, typed, StringComparison.OrdinalIgnoreCase) || page.Aliases.Contains(typed, StringComparer.OrdinalIgnoreCase));

    /// <summary>What an endpoint belongs to; null for what cannot be closed.</summary>
    public static ClosablePage? At(string endpoint) => All.FirstOrDefault(page => page.Endpoints.Contains(endpoint));
}
