using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>One mandate in plain form: a new one, or another version of one that counts.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class MandatePage(Mandates mandates, MandateQueries queries, EndCustomerQueries customers, TimeProvider clock) : ShopPage
{
    public static IReadOnlyList<(string Value, string Words)> Modes =>
        [("view", Say("Only look")), ("cart", Say("Look and fill the cart")), ("order", Say("Look, fill the cart and order"))];

    public static IReadOnlyList<(string Value, string Words)> Days =>
        [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Select(day => (PolicySpelling.Of(day), System.Globalization.CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day)))];

    public static IReadOnlyList<(string Value, string Words)> Extra => [.. MandateDraft.Extra.Select(right => (right.Name, right.Sentence))];

    [BindProperty]
    public MandateInput Input { get; set; } = new();

    /// <summary>The version that is changed; none for a new one.</summary>
    public ShownMandate? Before { get; private set; }

    public IReadOnlyList<(string Value, string Words)> Who { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Whom { get; private set; } = [];

    public string? ErrorOf(string field) => ModelState[$"Input.{field}"] is { Errors: [var first, ..] } ? first.ErrorMessage : null;

    public async Task<IActionResult> OnGet(string id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var draft = Before is null ? new MandateDraft { Highest = "order" } : MandateDraft.Of(Before.Mandate, await mandates.Zone(Cancel));
        Input = MandateInput.Of(draft, Before?.Version ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPost(string id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var (mandate, refusals) = Input.Draft.Read(Caller.Company!.Currency, await mandates.Zone(Cancel), clock.GetUtcNow());
        if (mandate is null)
        {
            return Refused(refusals);
        }

        var outcome = Before is { } before
            ? await mandates.Change(Caller, before.Id, Input.Version, mandate, Cancel)
            : await mandates.Give(Caller, Input.By, Input.For, mandate, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(MandatesPage.Path);
    }

    private async Task<bool> Load(string id)
    {
        var company = Caller.Company!.Id;
        if (id != "new")
        {
            Before = Guid.TryParse(id, out var mandate) ? await queries.Find(company, mandate, Cancel) : null;
            return Before is not null;
        }

        var (people, staff) = await queries.Choices(company, Cancel);
        var (dealer, ofDealer) = await customers.Dealer(company, Cancel);
        Whom = [("", Say("Everybody of the company, and the company as a whole")), .. people];
        Who =
        [
            ("", "Please choose"), .. people.Select(person => ($"membership:{person.Value}", person.Words)),
            .. dealer is null ? [] : ofDealer.Select(person => ($"membership:{person.Value}", Say($"{person.Words} of {dealer.Name}"))).Append(("dealer", Say($"All people of {dealer.Name}"))),
            .. staff.Select(person => ($"staff:{person.Value}", Say($"{person.Words} of the seller"))), ("staff", Say("All of the seller’s staff")),
        ];
        return true;
    }
}

public sealed class MandateInput
{
    public string? By { get; set; }

    public string? For { get; set; }

    public string? Highest { get; set; }

    public string[]? Rights { get; set; }

    public string[]? Days { get; set; }

    public string? Until { get; set; }

    public string? PerOrder { get; set; }

    public string? PerMonth { get; set; }

    public string? ApprovalAbove { get; set; }

    /// <summary>The version that he saw.</summary>
    public int Version { get; set; }

    public MandateDraft Draft => new()
    {
        Highest = Highest, Rights = string.Join(' ', Rights ?? []), Days = string.Join(' ', Days ?? []), Until = Until, PerOrder = PerOrder, PerMonth = PerMonth,
        ApprovalAbove = ApprovalAbove,
    };

    public static MandateInput Of(MandateDraft draft, int version) => new()
    {
        Highest = draft.Highest, Rights = draft.Rights?.Split(' '), Days = draft.Days?.Split(' '), Until = draft.Until, PerOrder = draft.PerOrder,
        PerMonth = draft.PerMonth, ApprovalAbove = draft.ApprovalAbove, Version = version,
    };
}
