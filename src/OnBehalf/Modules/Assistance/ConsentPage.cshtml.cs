using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who may act for the buyer, in his own words; for its administrators also what the company says and asks for. Never in a session.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class ConsentPage(ConsentQueries queries, Consents consents) : ShopPage
{
    public static IReadOnlyList<(string, string)> Needs =>
    [
        ("none", Speech.Say("Nothing: the rules of the shop are enough")), ("assigned-is-enough", Speech.Say("Consent of the person, but not for those who look after us")), ("standing", Speech.Say("Consent of the person")),
        ("ask-each-time", Speech.Say("Consent of the person, each time")),
    ];

    public static IReadOnlyList<(string, string)> Modes => [("view", Speech.Say("Look only")), ("cart", Speech.Say("Look and fill the cart")), ("order", Speech.Say("Fill the cart and order"))];

    public static IReadOnlyList<(string, string)> Rights =>
        [.. (SessionRights.Lendable | SessionRights.Extras).Without(Kernel.Rights.Of(Right.CatalogView)).Names().Select(right => (right.Name, right.Sentence.Capital))];

    [BindProperty]
    public ConsentInput Input { get; set; } = new();

    public IReadOnlyList<ShownConsent> Mine { get; private set; } = [];

    public IReadOnlyList<ShownConsent> OfCompany { get; private set; } = [];

    public ConsentNeed CompanyAsks { get; private set; }

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    public bool RunsCompany => SessionScope.OfCompany(Caller) is not null;

    public string? Notice { get; private set; }

    public IReadOnlyList<(string, string)> Whom =>
    [
        .. Caller.Company is null ? Array.Empty<(string, string)>() : [("assigned", Speech.Say("Those who look after my company"))],
        ("anybody", Speech.Say("Anybody of the shop, within its rules")), .. Staff.Select(staff => (staff.Id.ToString(), $"{staff.Name} ({staff.Details})")),
    ];

    public async Task OnGet(string? done)
    {
        Notice = done is null ? null : Speech.Say("Done. It counts from now on.");
        await Load();
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = Input.Action switch
        {
            "withdraw" => await consents.Withdraw(Caller, Input.Id, Input.ForCompany, Cancel),
            "forget" => await consents.Forget(Caller, Input.Id, Input.ForCompany, Cancel),
            "ask" => PolicySpelling.TryParse<ConsentNeed>(Input.Need, out var need) ? await consents.Ask(Caller, need, Cancel) : Consents.Unknown,
            _ => await Say(),
        };
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther("/account/assistance/consent?done=1");
        }

        await Load();
        return Refused(refusal);
    }

    private async Task<Outcome<Done>> Say()
    {
        var staff = Guid.TryParse(Input.Whom, out var id) ? new StaffId(id) : (StaffId?)null;
        if (!PolicySpelling.TryParse<Mode>(Input.Highest ?? "order", out var highest))
        {
            return Refusal.Invalid("assistance.mode-unknown", "Choose a mode.", nameof(Input.Highest));
        }

        DateTimeOffset? until = null;
        if (!string.IsNullOrWhiteSpace(Input.Until))
        {
            if (!DateOnly.TryParseExact(Input.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return Refusal.Invalid("assistance.consent-until-invalid", "Until: a day such as 2027-01-31, or nothing.", nameof(Input.Until));
            }

            until = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        }

        var withheld = Right.All.Where(right => Input.Withheld?.Contains(right.Name) == true).Aggregate(Kernel.Rights.None, (all, right) => all | Kernel.Rights.Of(right));
        return await consents.Say(
            Caller, new Statement(staff is null ? Input.Whom ?? "" : "staff", staff, Input.Action != "refuse", highest, withheld, until), Input.ForCompany, Cancel);
    }

    private async Task Load() =>
        (Mine, OfCompany, CompanyAsks, Staff) = await queries.Page(Caller.Buyer!.Membership, Caller.Company?.Id, Cancel);
}

public sealed class ConsentInput
{
    /// <summary>`give`, `refuse`, `withdraw`, `forget`, `ask`.</summary>
    public string? Action { get; set; }

    public Guid Id { get; set; }

    /// <summary>For all people of the company.</summary>
    public bool ForCompany { get; set; }

    /// <summary>`assigned`, `anybody`, or the id of a staff member.</summary>
    public string? Whom { get; set; }

    public string? Highest { get; set; }

    public string[]? Withheld { get; set; }

    /// <summary>The last day, in UTC.</summary>
    public string? Until { get; set; }

    public string? Need { get; set; }
}
