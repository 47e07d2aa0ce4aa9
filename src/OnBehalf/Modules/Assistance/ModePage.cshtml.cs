using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>Changes the mode of the session; the bar leads here and it leads back.</summary>
[Access(Audience.Buyer, Delegation.Allow, Mode = Mode.View)]
public sealed class ModePage(SessionModes modes, StaffProof proof) : ShopPage
{
    [BindProperty]
    public ModeInput Input { get; set; } = new();

    public CallerSession Session => Caller.Session!;

    public bool IsRaised => Session.Modes.RaisedUntil is not null;

    public IReadOnlyList<Mode> Choices => [.. Enum.GetValues<Mode>().Where(mode => mode <= Session.Modes.Highest)];

    /// <summary>Whether one of the choices asks for something.</summary>
    public bool CanAsk => Session.Mode < Session.Modes.Highest && Session.Modes.OpensIn < Session.Modes.Highest;

    public IActionResult OnGet(string? back)
    {
        Input.Page = back;
        Input.Mode = Caller.Session is null ? null : Choices[^1];
        return Caller.Session is null ? Refused(AccessGate.NotAssisting) : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (Caller.Session is null)
        {
            return Refused(AccessGate.NotAssisting);
        }

        if (Input.Mode is not { } wanted)
        {
            return Refused(Refusal.Invalid("assistance.mode-unknown", "Choose a mode.", nameof(Input.Mode)));
        }

        // It is the operator who proves himself, not the session.
        var (self, asks) = (Caller with { Session = null, Buyer = null }, Session.Modes);
        var isProved = asks is { AsksProof: true, AsksSecondFactor: false } && !string.IsNullOrEmpty(Input.Password);
        var wrong = isProved ? await proof.Check(HttpContext, self, new ProofInput { Password = Input.Password })
            : asks.AsksSecondFactor && !string.IsNullOrEmpty(Input.Code) ? await proof.CheckSecond(HttpContext, self, new ProofInput { Code = Input.Code })
            : null;
        if (wrong is not null)
        {
            return Refused(wrong);
        }

        var outcome = await modes.Change(Caller, wanted, SessionReason.Trim(Input.Reason), isProved, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(ReturnPath.Landing(Input.Page, "/account"));
    }

    public static string Words(Mode mode) => mode switch
    {
        Mode.View => Say("look only"),
        Mode.Cart => Say("look and fill the cart"),
        _ => Say("fill the cart, place orders, change addresses and account data"),
    };
}

public sealed class ModeInput
{
    public Mode? Mode { get; set; }

    public string? Reason { get; set; }

    /// <summary>The operator's own.</summary>
    public string? Password { get; set; }

    /// <summary>Of his second step.</summary>
    public string? Code { get; set; }

    /// <summary>The page to come back to.</summary>
    public string? Page { get; set; }
}
