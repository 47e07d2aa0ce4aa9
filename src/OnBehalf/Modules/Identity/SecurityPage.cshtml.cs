using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A staff member's own ways to sign in, and where he is signed in.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class SecurityPage(SignInListQueries signIns, SignInStops stops, SecondStepQueries seconds) : ShopPage
{
    private const string Path = "/staff/account/security";

    public SignInListing Listing { get; private set; } = null!;

    public SecondStepState Second { get; private set; } = null!;

    public string? Notice { get; private set; }

    public async Task OnGet(string? done)
    {
        Notice = SignInNotices.Of(done);
        var staff = Caller.Staff!;
        Second = await seconds.Of(staff.Id, Cancel);
        Listing = new(Say("Where you are signed in"), await signIns.Of(staff.Id, Cancel), staff.SignIn.Value, Path, Say("End all others"));
    }

    public async Task<IActionResult> OnPost(Guid signIn, bool others)
    {
        var outcome = others ? await stops.EndOthers(Caller, Cancel) : await stops.EndOwn(Caller, new SignInId(signIn), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{Path}?done={(others ? "others" : "ended")}");
    }
}
