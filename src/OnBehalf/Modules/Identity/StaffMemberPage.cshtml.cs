using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>One staff member: where he is signed in, and the end of it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffSecure)]
public sealed class StaffMemberPage(SignInListQueries signIns, SignInStops stops) : ShopPage
{
    public ListedStaff Member { get; private set; } = null!;

    public SignInListing Listing { get; private set; } = null!;

    public string? Notice { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, string? done)
    {
        Notice = SignInNotices.Of(done);
        return await Load(id) ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost(Guid id, Guid signIn, bool others)
    {
        var outcome = await stops.EndOf(Caller, new StaffId(id), others ? null : new SignInId(signIn), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/admin/staff/{id}?done={(others ? "all" : "ended")}");
    }

    private async Task<bool> Load(Guid id)
    {
        var staff = new StaffId(id);
        if (await signIns.StaffMember(staff, Cancel) is not { } member)
        {
            return false;
        }

        Member = member;
        Listing = new("Where he or she is signed in", await signIns.Of(staff, Cancel), Caller.Staff!.SignIn.Value, Request.Path, "End all");
        return true;
    }
}
