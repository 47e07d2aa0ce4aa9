using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The people of the buyer's company: all for its administrators, for others those for whom they hold a mandate.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class ColleaguesPage(MandateQueries mandates, AssistedSessionQueries queries, AssistedSessions sessions) : ShopPage
{
    public const string Path = "/account/company/people";

    public IReadOnlyList<ListedColleague> People { get; private set; } = [];

    /// <summary>The first of the next page.</summary>
    public ListedColleague? Next { get; private set; }

    /// <summary>For whom he acts already.</summary>
    public RunningSession? Running { get; private set; }

    /// <summary>The running session is this browser's, so it can be gone on with here.</summary>
    public bool IsHere { get; private set; }

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
        IsHere = Running is not null && Cookies.Hash(Request, Cookies.Assist(Running.Handle))?.AsSpan().SequenceEqual(Running.TokenHash) == true;
        return Page();
    }

    /// <summary>Ends what he runs, from this browser or another one.</summary>
    public async Task<IActionResult> OnPost()
    {
        if (Caller is not { Company: not null, Buyer: { } buyer })
        {
            return Missing();
        }

        if (await queries.RunningOf(OperatorKey.Of(buyer.Id, buyer.Membership), Cancel) is { } running)
        {
            await sessions.End(Caller, new AssistedSessionId(running.Id), "operator", Cancel);
            Cookies.Take(HttpContext, Cookies.Assist(running.Handle));
            Response.Headers["Clear-Site-Data"] = "\"cache\"";
        }

        return SeeOther(Path);
    }
}
