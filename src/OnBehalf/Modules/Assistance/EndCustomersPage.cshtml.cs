using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The end customers of a dealer, for its own people: those for whom they hold a mandate, and for its administrators also who has given none.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class EndCustomersPage(MandateQueries mandates, EndCustomerQueries customers, AssistedSessionQueries queries, AssistedSessions sessions) : ShopPage
{
    public const string Path = "/account/company/end-customers";

    public IReadOnlyList<ListedColleague> People { get; private set; } = [];

    /// <summary>Those that can be acted for as a whole, where the rules of the shop cover that.</summary>
    public IReadOnlyList<ListedWhole> Whole { get; private set; } = [];

    /// <summary>The first of the next page.</summary>
    public ListedColleague? Next { get; private set; }

    public IReadOnlyList<ListedEndCustomer> Without { get; private set; } = [];

    /// <summary>For whom he acts already.</summary>
    public IReadOnlyList<RunningSession> Running { get; private set; } = [];

    public string? Find { get; private set; }

    public async Task<IActionResult> OnGet(Guid? from, string? find)
    {
        if (!await IsOfDealer())
        {
            return Missing();
        }

        Find = string.IsNullOrWhiteSpace(find) ? null : find.Trim();
        var people = await mandates.OfEndCustomers(Caller, from is { } first ? new MembershipId(first) : null, Find, Cancel);
        (People, Next) = ([.. people.Take(MandateQueries.PeoplePerPage)], people.ElementAtOrDefault(MandateQueries.PeoplePerPage));
        Whole = from is null ? [.. (await mandates.EndCustomersAsWhole(Caller, Find, Cancel)).Where(customer => customer.IsOffered)] : [];
        Running = await queries.RunningOf(OperatorKey.Of(Caller.Buyer!.Id, Caller.Buyer.Membership), Cancel);
        if (Caller.May(Right.CompanyManage) && from is null && Find is null)
        {
            Without = await customers.Without(Caller, Cancel);
        }

        return Page();
    }

    /// <summary>Ends what he runs, from this browser or another one.</summary>
    public async Task<IActionResult> OnPost(string? session)
    {
        if (!await IsOfDealer())
        {
            return Missing();
        }

        await AssistanceApi.EndOwn(HttpContext, sessions, queries, OperatorKey.Of(Caller.Buyer!.Id, Caller.Buyer.Membership), session);
        return SeeOther(Path);
    }

    private async Task<bool> IsOfDealer() => Caller is { Company: { } company, Buyer: not null } && await customers.IsDealer(company.Id, Cancel);
}
