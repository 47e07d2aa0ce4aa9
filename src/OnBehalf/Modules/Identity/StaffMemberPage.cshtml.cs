using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>One staff member: where he is signed in, and the end of it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffSecure)]
public sealed class StaffMemberPage(SignInListQueries signIns, SignInStops stops, SecondStepQueries seconds, SecondStepChanges changes, StaffProof proof) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ListedStaff Member { get; private set; } = null!;

    public SignInListing Listing { get; private set; } = null!;

    public SecondStepState Second { get; private set; } = null!;

    /// <summary>What has to be proved before a reset; null when that was done within the last minutes.</summary>
    public ProofAsk? Proof { get; private set; }

    public bool IsOwn => Member.Id == Caller.Staff!.Id.Value;

    public string? Notice { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, string? done)
    {
        Notice = SignInNotices.Of(done);
        return await Load(id) ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost(Guid id, Guid signIn, bool others, bool reset)
    {
        if (reset)
        {
            return await Reset(new StaffId(id));
        }

        var outcome = await stops.EndOf(Caller, new StaffId(id), others ? null : new SignInId(signIn), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/admin/staff/{id}?done={(others ? "all" : "ended")}");
    }

    private async Task<IActionResult> Reset(StaffId staff)
    {
        var outcome = await changes.Reset(HttpContext, Caller, staff, Input);
        return outcome.Refusal is not { } refusal ? SeeOther($"/admin/staff/{staff}?done=reset") : await Load(staff.Value) ? Refused(refusal) : Missing();
    }

    private async Task<bool> Load(Guid id)
    {
        var staff = new StaffId(id);
        if (await signIns.StaffMember(staff, Cancel) is not { } member)
        {
            return false;
        }

        Member = member;
        Listing = new(Say("Where he or she is signed in"), await signIns.Of(staff, Cancel), Caller.Staff!.SignIn.Value, Request.Path, Say("End all"));
        Second = await seconds.Of(staff, Cancel);
        var isYoung = (await seconds.Age(Caller.Staff.SignIn, Cancel)).Seconds <= SecondStepChanges.ProofSeconds && !Input.IsGiven;
        Proof = isYoung ? null : await proof.Ask(Caller, isSecondNeeded: false, Cancel);
        return true;
    }
}
