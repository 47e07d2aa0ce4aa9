using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Commissions;

/// <summary>What somebody earns: each entry of a month, and where it stands now. Everybody sees his own, others' only by right.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class CommissionsPage(CommissionQueries queries, CommissionDisputeQueries disputes, ShopSettings settings, TimeProvider clock) : ShopPage
{
    public const string Here = "/staff/commissions";

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? Asked { get; set; }

    /// <summary>An id, or `all`; empty: himself.</summary>
    [BindProperty(SupportsGet = true, Name = "staff")]
    public string? Whose { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public string? Before { get; set; }

    public CommissionMonth Month { get; private set; }

    public CommissionMonth? Next { get; private set; }

    public CommissionStatement Statement { get; private set; } = CommissionStatement.Empty;

    /// <summary>What disputes hold back now.</summary>
    public IReadOnlyList<HeldCommission> Held { get; private set; } = [];

    public bool IsOwn { get; private set; }

    /// <summary>Null: of everybody.</summary>
    public string? Name { get; private set; }

    public bool SeesAll => Caller.May(Right.CommissionsView);

    public bool IsFirst => OrderPlace.Read(Before) is null;

    public async Task<IActionResult> OnGet()
    {
        if (!TryWhose(Caller, Whose, out var staff))
        {
            return Missing();
        }

        var zone = await settings.TimeZone(Cancel);
        Month = CommissionMonth.Read(Asked, clock.GetUtcNow(), zone);
        Next = Month.First < CommissionMonth.Read(null, clock.GetUtcNow(), zone).First ? Month.Next : null;
        if (staff is { } one && (Name = one == Caller.Staff!.Id.Value ? Caller.Staff.Name : await queries.NameOf(one, Cancel)) is null)
        {
            return Missing();
        }

        var (from, until) = Month.Bounds(zone);
        Statement = await queries.Statement(staff, from, until, OrderPlace.Read(Before), Cancel);
        Held = await disputes.Held(staff, Cancel);
        IsOwn = staff == Caller.Staff!.Id.Value;
        return Page();
    }

    /// <summary>This page with another month.</summary>
    public string With(CommissionMonth month, string path = Here) => $"{path}?month={month}{(Whose is { Length: > 0 } whose ? $"&staff={Uri.EscapeDataString(whose)}" : "")}";

    /// <summary>Whose statement is asked for, where the caller may see it.</summary>
    /// <param name="staff">Null: that of everybody.</param>
    internal static bool TryWhose(Caller caller, string? asked, out Guid? staff)
    {
        staff = caller.Staff!.Id.Value;
        if (string.IsNullOrEmpty(asked))
        {
            return true;
        }

        staff = asked == "all" ? null : Guid.TryParse(asked, out var one) ? one : Guid.Empty;
        return staff == caller.Staff.Id.Value || caller.May(Right.CommissionsView);
    }
}
