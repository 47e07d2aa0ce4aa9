using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The operator proves himself with his second step before he raises the mode of a session. Here and not in the session: a passkey is asked for and answered under
/// his own sign-in.
/// </summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class RaiseProofPage(AssistedSessionQueries queries, StaffProof proof) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ProofAsk Proof { get; private set; } = null!;

    public RunningSession Running { get; private set; } = null!;

    /// <summary>Back to where the mode is raised.</summary>
    public string Way => $"/as/{Running.Handle}/assisted-session/mode";

    public async Task<IActionResult> OnGet(string? session) => await Load(session) ? Page() : SeeOther(ReturnPath.Desk);

    public async Task<IActionResult> OnPost(string? session) =>
        !await Load(session) ? SeeOther(ReturnPath.Desk)
        : await proof.CheckSecond(HttpContext, Caller, Input) is { } wrong ? Refused(wrong)
        : SeeOther(Way);

    private async Task<bool> Load(string? handle)
    {
        Running = (await queries.RunningOf(OperatorKey.Of(Caller.Staff!.Id), Cancel)).FirstOrDefault(running => running.Handle == handle)!;
        Proof = await proof.Ask(Caller, isSecondNeeded: true, Cancel);
        return Running is not null;
    }
}
