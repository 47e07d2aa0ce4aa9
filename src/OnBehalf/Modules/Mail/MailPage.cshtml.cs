using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>One mail, with its secret masked; a mail that was given up can be sent again.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.MailRead)]
public sealed class MailPage(MailQueries mails, SendingAgain sending) : ShopPage
{
    public ShownMail Mail { get; private set; } = null!;

    public Task<IActionResult> OnGet(Guid id) => Show(id);

    public async Task<IActionResult> OnPost(Guid id)
    {
        var outcome = await sending.Of(Caller, new MailId(id), Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther($"/admin/mail/{id}");
        }

        var shown = await Show(id);
        return Mail is null ? shown : Refused(refusal);
    }

    private async Task<IActionResult> Show(Guid id)
    {
        if (await mails.One(new MailId(id), Cancel) is not { } mail)
        {
            return Missing();
        }

        Mail = mail;
        return Page();
    }
}
