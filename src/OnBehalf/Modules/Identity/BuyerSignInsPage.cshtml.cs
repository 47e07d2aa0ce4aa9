using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Where a buyer is signed in; for himself alone, never for who acts for him.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class BuyerSignInsPage(SignInListQueries signIns, SignInStops stops) : ShopPage
{
    private const string Path = "/account/sign-ins";

    public SignInListing Listing { get; private set; } = null!;

    public string? Notice { get; private set; }

    public async Task OnGet(string? done)
    {
        Notice = SignInNotices.Of(done);
        var here = Caller.Actor is Actor.Buyer me ? me.SignIn.Value : (Guid?)null;
        Listing = new(Say("Open browsers"), await signIns.Of(Caller.Buyer!.Id, Cancel), here, Path, Say("End all others"));
    }

    public async Task<IActionResult> OnPost(Guid signIn, bool others)
    {
        var outcome = others ? await stops.EndOthers(Caller, Cancel) : await stops.EndOwn(Caller, new SignInId(signIn), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{Path}?done={(others ? "others" : "ended")}");
    }
}
