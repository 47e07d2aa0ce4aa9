using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>The operator proves that it is he who uses his session from another network or browser than before.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class ElsewherePage(AssistedSessions sessions, AssistedSessionQueries queries, StaffProof proof) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ProofAsk Proof { get; private set; } = null!;

    public RunningSession Running { get; private set; } = null!;

    /// <param name="session">The handle of the session from which he comes; none: the oldest that runs.</param>
    public async Task<IActionResult> OnGet(string? session) => await Load(session) ? Page() : SeeOther(ReturnPath.Desk);

    public async Task<IActionResult> OnPost(string? session)
    {
        if (!await Load(session))
        {
            return SeeOther(ReturnPath.Desk);
        }

        if (await proof.Check(HttpContext, Caller, Input) is { } wrong)
        {
            return Refused(wrong);
        }

        var outcome = await sessions.GoOnFrom(Caller, new AssistedSessionId(Running.Id), Origin.Of(HttpContext), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Running.Path);
    }

    private async Task<bool> Load(string? handle)
    {
        Running = (await queries.RunningOf(OperatorKey.Of(Caller.Staff!.Id), Cancel)).FirstOrDefault(running => handle is null || running.Handle == handle)!;
        Proof = await proof.Ask(Caller, isSecondNeeded: false, Cancel);
        return Running is not null;
    }
}
