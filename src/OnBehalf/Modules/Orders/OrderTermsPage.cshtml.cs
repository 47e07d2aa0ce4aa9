using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Orders;

/// <summary>The terms, those that count or an earlier version that an order points to.</summary>
[Access(Audience.Everybody, Delegation.View)]
public sealed class OrderTermsPage(Database database, OrderTerms terms) : ShopPage
{
    public ShownTerms Terms { get; private set; } = null!;

    public int Current { get; private set; }

    public async Task<IActionResult> OnGet(int? version)
    {
        Current = await terms.Version(Cancel);
        await using var db = database.Read();
        if (await OrderTerms.Find(db, version ?? Current, Cancel) is not { } found)
        {
            return Missing();
        }

        Terms = found;
        return Page();
    }
}
