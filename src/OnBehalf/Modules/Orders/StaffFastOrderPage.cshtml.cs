using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Carts;

namespace OnBehalf.Modules.Orders;

/// <summary>Where an order by telephone begins: for whom, or one that was not finished.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class StaffFastOrderPage(FastOrders orders) : ShopPage
{
    public const string Path = "/staff/fast-order";

    public IReadOnlyList<UnfinishedOrder> Unfinished { get; private set; } = [];

    /// <summary>The number of the order that was placed just now.</summary>
    public string? Placed { get; private set; }

    public async Task OnGet(string? placed)
    {
        Placed = placed is { Length: > 0 and < 40 } ? placed : null;
        Unfinished = await orders.Of(Caller.Staff!.Id, Cancel);
    }

    public async Task<IActionResult> OnPost(Guid cart) => (await orders.Discard(Caller, new CartId(cart), Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(Path);
}
