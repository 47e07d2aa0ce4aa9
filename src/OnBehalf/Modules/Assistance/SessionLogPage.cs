using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Sessions in the Buyer Portal: a list, newest first, or one of them; and the end of one that runs.</summary>
public abstract class SessionLogPage(SessionLogQueries log, SessionStops stops) : ShopPage
{
    public IReadOnlyList<LoggedSession> Sessions { get; private set; } = [];

    /// <summary>Where the next, older page begins; null on the last one.</summary>
    public SessionPlace? Older { get; private set; }

    public bool IsFirst { get; private set; } = true;

    /// <summary>The page is about one session.</summary>
    public bool IsOne { get; private set; }

    public string? Notice { get; private set; }

    /// <summary>Address of the list, without the path base.</summary>
    public abstract string Path { get; }

    /// <summary>The list is of the whole company, so it says for whom each session was.</summary>
    public abstract bool IsOfCompany { get; }

    /// <summary>What the caller may see; null when nothing.</summary>
    protected abstract SessionScope? Scope { get; }

    /// <summary>How an end by this page's button is recorded.</summary>
    protected abstract Code Cause { get; }

    public async Task<IActionResult> OnGet(Guid? id, string? before, string? done)
    {
        if (Scope is not { } scope)
        {
            return Refused(AccessGate.RightMissing);
        }

        Notice = done switch
        {
            "ended" => Say("The session is over. Nothing more can be changed in it."),
            "reported" => Say("We have been told, and nobody can act for you until a supervisor has looked into it."),
            _ => null,
        };
        if (id is { } one)
        {
            IsOne = true;
            Sessions = await log.One(scope, new AssistedSessionId(one), Cancel) is { } session ? [Shown(session)] : [];
            return Sessions.Count == 1 ? Page() : Missing();
        }

        var place = SessionPlace.Read(before);
        IsFirst = place is null;
        var found = await log.Of(scope, place, SessionLogQueries.PageSize + 1, Cancel);
        Sessions = [.. found.Take(SessionLogQueries.PageSize).Select(Shown)];
        Older = found.Count > SessionLogQueries.PageSize ? new SessionPlace(Sessions[^1].StartedAt, Sessions[^1].Id) : null;
        return Page();
    }

    // What was changed tells of orders, addresses and the account: who may not see these in his session does not read them here.
    private LoggedSession Shown(LoggedSession session) =>
        Caller.IsAssisting && !(Caller.May(Right.OrdersView) && Caller.May(Right.AddressesView) && Caller.May(Right.AccountView)) ? session with { Changes = [], HasMore = false } : session;

    /// <summary>Ends a session now.</summary>
    public async Task<IActionResult> OnPost(Guid session)
    {
        if (Scope is not { } scope)
        {
            return Refused(AccessGate.RightMissing);
        }

        var outcome = await stops.End(Caller, scope, new AssistedSessionId(session), Cause, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{Path}?done=ended");
    }
}
