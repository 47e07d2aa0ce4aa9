using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The people of the buyer's company: all for its administrators, for others those for whom they hold a mandate.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class ColleaguesPage(MandateQueries mandates, EndCustomerQueries customers, AssistedSessionQueries queries, AssistedSessions sessions) : ShopPage
{
    public const string Path = "/account/company/people";

    public IReadOnlyList<ListedColleague> People { get; private set; } = [];

    /// <summary>The first of the next page.</summary>
    public ListedColleague? Next { get; private set; }

    /// <summary>For whom he acts already.</summary>
    public IReadOnlyList<RunningSession> Running { get; private set; } = [];

    /// <summary>The company is a dealer.</summary>
    public bool HasEndCustomers { get; private set; }

    public async Task<IActionResult> OnGet(Guid? from)
    {
        // A consumer has no colleagues.
        if (Caller is not { Company: not null, Buyer: { } buyer })
        {
            return Missing();
        }

        var people = await mandates.People(Caller, from is { } first ? new MembershipId(first) : null, Cancel);
        (People, Next) = ([.. people.Take(MandateQueries.PeoplePerPage)], people.ElementAtOrDefault(MandateQueries.PeoplePerPage));
        Running = await queries.RunningOf(OperatorKey.Of(buyer.Id, buyer.Membership), Cancel);
        HasEndCustomers = await customers.IsDealer(Caller.Company!.Id, Cancel);
        return Page();
    }

    /// <summary>Ends what he runs, from this browser or another one.</summary>
    /// <param name="session">The handle of one session; none: all of them.</param>
    public async Task<IActionResult> OnPost(string? session)
    {
        if (Caller is not { Company: not null, Buyer: { } buyer })
        {
            return Missing();
        }

        await AssistanceApi.EndOwn(HttpContext, sessions, queries, OperatorKey.Of(buyer.Id, buyer.Membership), session);
        return SeeOther(Path);
    }
}
