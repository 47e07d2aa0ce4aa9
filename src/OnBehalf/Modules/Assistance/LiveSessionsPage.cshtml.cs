using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who acts for whom right now, for those who may end it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SessionsEndAny)]
public sealed class LiveSessionsPage(LiveSessionQueries live, CaseQueries cases, SessionStops stops) : ShopPage
{
    public IReadOnlyList<LiveSession> Sessions { get; private set; } = [];

    public bool IsOff { get; private set; }

    public int OpenCases { get; private set; }

    public string? Notice { get; private set; }

    public async Task OnGet(string? done)
    {
        Notice = done switch
        {
            "ended" => Say("The session is over. Nothing more can be changed in it."),
            "all" => Say("All sessions are over."),
            "off" => Say("Assisted sessions are off, and all that ran are over."),
            "on" => Say("Assisted sessions are on again."),
            _ => null,
        };
        Sessions = await live.All(Cancel);
        IsOff = await live.IsOff(Cancel);
        OpenCases = await cases.Open(Cancel);
    }

    public async Task<IActionResult> OnPost(Guid session)
    {
        var outcome = await stops.End(Caller, SessionScope.OfStaff(Caller), new AssistedSessionId(session), "staff", Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/admin/sessions?done=ended");
    }
}
