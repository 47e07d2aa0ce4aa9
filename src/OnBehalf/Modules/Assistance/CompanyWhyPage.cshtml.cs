using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>"Why can A (not) act for B" for the administrators of a company, about its own people and itself.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class CompanyWhyPage(ExplanationQueries explanations, MandateQueries mandates) : ShopPage
{
    public const string Path = "/account/company/why";

    private const string OfStaff = "staff:";

    /// <summary>Who would act: `staff:` and an id, or the id of a place.</summary>
    [BindProperty(SupportsGet = true, Name = "who")]
    public string? Who { get; set; }

    /// <summary>For whom: the id of a place; `company` is the company as a whole.</summary>
    [BindProperty(SupportsGet = true, Name = "whom")]
    public string? Whom { get; set; }

    public IReadOnlyList<(string Value, string Words)> Operators { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Subjects { get; private set; } = [];

    public Explanation? Answer { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        var (people, staff) = await mandates.Choices(Caller.Company!.Id, Cancel);
        Operators = [.. people, .. (await mandates.DealerPeople(Caller.Company.Id, Cancel)), .. staff.Select(one => (OfStaff + one.Value, Say($"{one.Words} of the seller")))];
        Subjects = [("company", Caller.Company.Name), .. people];
        if (string.IsNullOrEmpty(Who) || string.IsNullOrEmpty(Whom))
        {
            return Page();
        }

        if (OperatorOf(Who) is not { } by || SubjectOf(Whom) is not { } subject)
        {
            return Missing();
        }

        Answer = await explanations.ExplainToCompany(Caller, by, subject, Cancel);
        return Answer is null ? Missing() : Page();
    }

    private static AskedOperator? OperatorOf(string who) =>
        who.StartsWith(OfStaff, StringComparison.Ordinal)
            ? Guid.TryParse(who[OfStaff.Length..], out var staff) ? new AskedOperator(new StaffId(staff), null) : null
            : Guid.TryParse(who, out var place) ? new AskedOperator(null, new MembershipId(place)) : null;

    private SessionSubject? SubjectOf(string whom) => whom == "company" ? Caller.Company!.Id : Guid.TryParse(whom, out var place) ? new MembershipId(place) : null;
}
