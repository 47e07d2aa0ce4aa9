using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>The terms of the checkout: publishing a version, asking for none any more, and the versions that there were.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SettingsChange)]
public sealed class OrderTermsEditPage(Database database, OrderTerms terms) : ShopPage
{
    internal const string Here = "/admin/terms";

    [BindProperty]
    public TermsInput Input { get; set; } = new();

    public int Current { get; private set; }

    public IReadOnlyList<ListedTerms> All { get; private set; } = [];

    public async Task OnGet()
    {
        await Load();
        (Input.Shown, Input.Text) = (Current, await Text());
    }

    public async Task<IActionResult> OnPost() => await terms.Publish(Caller, Input.Text, Input.Shown, Cancel) is { IsRefused: true } refused ? await Again(refused.Refusal) : SeeOther(Here);

    public async Task<IActionResult> OnPostEnd() => await terms.End(Caller, Input.Shown, Cancel) is { IsRefused: true } refused ? await Again(refused.Refusal) : SeeOther(Here);

    private async Task<IActionResult> Again(Refusal refusal)
    {
        await Load();
        Input.Shown = Current;
        ModelState.Remove("Input.Shown");
        return Refused(refusal with { Field = refusal.Field == nameof(Input.Text) ? refusal.Field : null });
    }

    private async Task Load()
    {
        Current = await terms.Version(Cancel);
        await using var db = database.Read();
        All = await OrderTerms.All(db, Cancel);
    }

    private async Task<string?> Text()
    {
        await using var db = database.Read();
        return All is [var newest, ..] ? (await OrderTerms.Find(db, Current > 0 ? Current : newest.Number, Cancel))?.Text : null;
    }
}

public sealed class TermsInput
{
    public string? Text { get; set; }

    /// <summary>The version that counted when the page was opened.</summary>
    public int Shown { get; set; }
}
