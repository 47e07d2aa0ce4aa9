using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Mail;

/// <summary>Whether mail goes out: where it is handed over, and one mail to oneself with the answer of the server.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SettingsChange)]
public sealed class MailTrialPage(MailTrials trials, MailRoute route, SignInLimits limits) : ShopPage
{
    public string Way => route.Words;

    public string Sender => route.Sender;

    public bool IsSent { get; private set; }

    public void OnGet(bool sent) => IsSent = sent;

    public async Task<IActionResult> OnPost()
    {
        if (!await limits.AdmitsMailTrial(HttpContext))
        {
            return Refused(SignInLimits.TooOften);
        }

        var outcome = await trials.Send(Caller, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/admin/mail/test?sent=true");
    }
}
