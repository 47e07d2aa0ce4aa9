using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// Finding a customer, or leafing through all of one's own. Enter leads on when there is exactly one hit; a script that asks while somebody types gets the
/// list alone.
/// </summary>
public abstract class ShownCustomers(CustomerSearchQueries search, FoundByNameQueries named, CustomerListQueries lists) : ShopPage
{
    private const int LongestQuery = 100;

    public string Query { get; private set; } = "";

    public IReadOnlyList<CustomerCard> Customers { get; private set; } = [];

    /// <summary>Companies of others, where the policy lets him find them by name.</summary>
    public IReadOnlyList<NamedCompany> Named { get; private set; } = [];

    /// <summary>A search found more than it shows.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Where the next page of the list begins.</summary>
    public string? Next { get; private set; }

    public bool IsFirstPage { get; private set; } = true;

    /// <summary>`/staff` or `/admin`.</summary>
    public string Root => CustomerPaths.RootOf(HttpContext);

    public bool MayCreate => Caller.May(Right.CustomersCreate);

    public CustomerListHtml Table => new(Customers, Root, Return);

    /// <summary>The page of the Buyer Portal that is wanted; null: the usual one.</summary>
    public string? Destination => ActForLink.Destination(Request);

    private string Return => ActForLink.Return(Here, Request);

    // To come back to from a session: what was looked for, and not what Enter did with it.
    private string Here => Query.Length > 0 ? Root + "/customers" + QueryString.Create("q", Query) : Request.Path + Request.QueryString;

    private bool IsTyping => Request.Headers["HX-Request"] == "true";

    public async Task<IActionResult> OnGet(string? q, string? go, string? after, Guid? id)
    {
        Query = (q ?? "").Trim();
        Query = Query.Length > LongestQuery ? Query[..LongestQuery] : Query;
        if (Query.Length == 0)
        {
            await List(after, id);
            return Shown();
        }

        var found = await search.Find(Caller, Query, Cancel);
        HasMore = found.HasMore;
        Customers = found.Customers;
        Named = await named.Find(Caller, Query, Cancel);
        return go == "1" && Named.Count == 0 && !IsTyping && Customers is [var only] ? SeeOther(WayTo(only)) : Shown();
    }

    // Who comes from a page of the shop wants to be there again, as the buyer: when there is no choice left, straight on.
    private string WayTo(CustomerCard only) => ActForLink.Destination(Request) is not { } page ? only.PathIn(Root)
        : only is { Denied: null, People: [{ Denied: null } one] } ? ActForLink.Of(only.PathIn(Root), one.Membership, Return)
        : only.PathIn(Root) + QueryString.Create("to", page);

    private IActionResult Shown()
    {
        if (!IsTyping)
        {
            return Page();
        }

        // So the script knows it: whatever else may come back, a sign-in or an error, is no list.
        Response.Headers["HX-Fragment"] = "found";
        return Partial("CustomerResults", this);
    }

    private async Task List(string? after, Guid? id)
    {
        var from = after is null || id is null ? CustomerPlace.Beginning : new CustomerPlace(after, id.Value);
        IsFirstPage = from == CustomerPlace.Beginning;
        var customers = await lists.Page(Caller, from, Cancel);
        Customers = [.. customers.Take(CustomerListQueries.PerPage)];
        if (customers.Count > CustomerListQueries.PerPage)
        {
            var next = customers[CustomerListQueries.PerPage];
            Next = $"{Root}/customers?after={Uri.EscapeDataString(next.SortName)}&id={next.Company?.Value ?? next.Consumer!.Value.Value}";
        }
    }
}
