using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Carts;

/// <summary>The filters of the staff's list of carts as they stand in its URL.</summary>
public sealed class StaffCartsInput
{
    private const int Longest = 100;

    public string? Q { get; set; }

    /// <summary>Who changed them last for the customer: part of a name, or a mail address.</summary>
    public string? By { get; set; }

    /// <summary>`open`, `aside` or `copy`.</summary>
    public string? State { get; set; }

    public string? Before { get; set; }

    public bool IsNarrowed => !string.IsNullOrWhiteSpace(Q) || !string.IsNullOrWhiteSpace(By) || !string.IsNullOrEmpty(State);

    public StaffCartFilter Filter => new(Cut(Q), Cut(By), State);

    /// <summary>The same list, or the page of it behind a place.</summary>
    public string Query(string? before = null)
    {
        var parts = new (string Name, string? Value)[] { ("q", Q), ("by", By), ("state", State), ("before", before) };
        return string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private static string? Cut(string? text) => text is { Length: > Longest } ? text[..Longest] : text;
}

/// <summary>Carts as staff see them, on either surface: whose, and who touched them last. What lies in one is seen by acting for its buyer.</summary>
public abstract class ShownStaffCarts(StaffCartsQueries carts) : ShopPage
{
    public static (string Value, string Words)[] States => [("open", Say("Open")), ("aside", Say("Set aside")), ("copy", Say("Prepared in a session"))];

    [BindProperty(SupportsGet = true, Name = "")]
    public StaffCartsInput Input { get; set; } = new();

    /// <summary>`/staff` or `/admin`.</summary>
    public string Root => CustomerPaths.RootOf(HttpContext);

    public string Path => Root + "/carts";

    public bool IsFirst { get; private set; }

    public StaffCartListing Listing { get; private set; } = new([], null);

    public async Task OnGet()
    {
        var place = CartPlace.Read(Input.Before);
        IsFirst = place is null;
        Listing = await carts.Page(Caller, Input.Filter, place, Cancel);
    }

    /// <summary>The page of the company, or of the private person.</summary>
    public string Customer(StaffCart cart) => CustomerPaths.Customer(Root, cart.CompanyNumber, new MembershipId(cart.Membership ?? Guid.Empty));

    /// <summary>The page that asks before a session for its buyer; null for one of a company as a whole, or who may not.</summary>
    public string? ActFor(StaffCart cart) => cart.Membership is { } person && Caller.May(Right.AssistStart)
        ? ActForLink.Of(Customer(cart), new MembershipId(person), ActForLink.Return(Input.Query() is { Length: > 0 } query ? $"{Path}?{query}" : Path, "/cart"))
        : null;
}

/// <summary>In the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffCartsPage(StaffCartsQueries carts) : ShownStaffCarts(carts);

/// <summary>In the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeCartsPage(StaffCartsQueries carts) : ShownStaffCarts(carts);
