using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// A new authenticator app: for who is signed in, and for who is not yet because his role needs one. The recovery codes stand in the answer to the form and
/// nowhere else.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class SecondStepSetUpPage(
    Database database, SecondStep second, SecondStepChanges changes, SecondStepQueries queries, IDataProtectionProvider protection, ShopSettings settings)
    : ShopPage
{
    private static readonly Refusal Stale = Refusal.Invalid("identity.set-up-stale", "This page was open for too long. Begin again with the new square.");

    private NewAuthenticator _authenticator = null!;
    private WaitingStep? _waiting;

    [BindProperty]
    public SetUpInput Input { get; set; } = new();

    public bool IsWaiting => _waiting is not null;

    /// <summary>What has to be proved in the form; nothing where the sign-in itself has just done so.</summary>
    public ProofAsk? Proof { get; private set; }

    public IHtmlContent Picture { get; private set; } = HtmlString.Empty;

    public string Key => string.Join(' ', Totp.Text(_authenticator.Secret).Chunk(4).Select(four => new string(four)));

    public string[]? Codes { get; private set; }

    public string Next { get; private set; } = "/staff/account/security";

    public async Task<IActionResult> OnGet() => await Who() is { } staff ? await Show(NewAuthenticator.For(staff)) : SeeOther("/staff/account/login");

    public async Task<IActionResult> OnPost()
    {
        if (await Who() is not { } staff)
        {
            return SeeOther("/staff/account/login");
        }

        if (NewAuthenticator.Read(protection, staff, Input.Carried) is not { } authenticator)
        {
            await Show(NewAuthenticator.For(staff));
            return Refused(Stale);
        }

        var outcome = _waiting is not null
            ? await second.SetUp(HttpContext, authenticator, Input.NewCode)
            : await changes.SetUp(HttpContext, Caller, authenticator, Input.NewCode, Input);
        if (outcome.Refusal is { } refusal)
        {
            await Show(authenticator);
            return Refused(_waiting is not null && refusal.Field == "Code" ? refusal with { Field = "NewCode" } : refusal);
        }

        Codes = outcome.Value;
        Next = _waiting is null ? Next : ReturnUrl.Of(Surface.Staff, _waiting.ReturnUrl);
        return Page();
    }

    private async Task<StaffId?> Who()
    {
        if (Caller.Staff is { } me)
        {
            return me.Id;
        }

        _waiting = await SignInSteps.Look(database, HttpContext, SignInSteps.SetUp);
        return _waiting is null ? null : new StaffId(_waiting.Staff);
    }

    private async Task<IActionResult> Show(NewAuthenticator authenticator)
    {
        _authenticator = authenticator;
        Input.Carried = authenticator.Carried(protection);
        ModelState.Remove("Input.Carried");
        var has = await queries.Of(authenticator.Staff, Cancel);
        Proof = _waiting is not null ? null : new ProofAsk(has.HasApp, has.Passkeys > 0, IsSecondNeeded: has.HasApp);
        var shop = await settings.Get(ShopSettings.ShopName, Cancel);
        Picture = QrSvg.Of(Totp.Address(shop, _waiting?.Email ?? Caller.Staff!.Email, authenticator.Secret), Say("The key as a square for your app"));
        return Page();
    }
}

public sealed class SetUpInput : ProofInput
{
    /// <summary>The new secret, encrypted.</summary>
    public string? Carried { get; set; }

    /// <summary>Of the app that is being set up.</summary>
    public string? NewCode { get; set; }
}
