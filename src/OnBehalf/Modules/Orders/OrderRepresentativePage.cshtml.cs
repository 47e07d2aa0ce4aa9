using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Orders;

public sealed class OrderRepresentativeInput
{
    /// <summary>Their numbers.</summary>
    public List<string> Orders { get; set; } = [];

    /// <summary>An id, or `nobody`; nothing chosen is no answer.</summary>
    public string? Staff { get; set; }

    public string? Reason { get; set; }
}

/// <summary>One order, or many that were ticked in the list, get a representative.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class OrderRepresentativePage(Database database, OrderRepresentatives representatives, RepQueries reps) : ShopPage
{
    private const string Nobody = "nobody";

    [BindProperty]
    public OrderRepresentativeInput Input { get; set; } = new();

    public IReadOnlyList<RepresentedOrder> Orders { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Choices { get; private set; } = [];

    /// <summary>How many were changed, after a change.</summary>
    public int? Changed => int.TryParse(Request.Query["changed"], CultureInfo.InvariantCulture, out var count) ? count : null;

    public async Task<IActionResult> OnGet(string[]? order)
    {
        Input.Orders = [.. (order ?? []).Take(OrderRepresentatives.Most)];
        await Load();
        return Input.Orders.Count > 0 && Orders.Count == 0 ? Missing() : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        // What nobody can be is refused below: nothing chosen is not "nobody".
        var staff = Input.Staff == Nobody ? (StaffId?)null : new StaffId(Guid.TryParse(Input.Staff, out var id) ? id : Guid.Empty);
        var outcome = await representatives.Change(Caller, Input.Orders, staff, Input.Reason, Cancel);
        if (outcome.IsRefused)
        {
            await Load();
            return Refused(outcome.Refusal);
        }

        return SeeOther(Input.Orders is [var one] ? $"/admin/orders/{Uri.EscapeDataString(one)}" : $"/admin/orders/representative?changed={outcome.Value}");
    }

    private async Task Load()
    {
        await using var db = database.Read();
        Orders = Input.Orders.Count == 0 ? [] : await representatives.Find(db, Caller, Input.Orders, Cancel);
        Choices =
        [
            ("", Say("please choose")), .. (await reps.Staff(Cancel)).Where(staff => staff.Status == "active" && staff.Id != Caller.Staff!.Id.Value).Select(staff => (staff.Id.ToString(), staff.Name)),
            (Nobody, Say("Nobody")),
        ];
    }
}
