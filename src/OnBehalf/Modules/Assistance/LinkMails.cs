using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Assistance;

/// <summary>What a colleague reads. The customer, the reason and the note are not in it: a mail can be forwarded, the page behind the link asks who reads it.</summary>
internal static class LinkMails
{
    public static OutgoingMail Made(AssistLinkRow link, Colleague to, string maker, string address) => new(
        "assist-link", to.Email, to.Name, $"{maker} asks you to act for a customer",
        $"""
        Dear {to.Name},

        {maker} asks you to act for a customer. For whom and why is on this page,
        after you have signed in as yourself:

        {address.TrimEnd('/')}/staff/links/{link.Id}

        The link counts once, for you alone, until {link.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC. It gives no rights of its
        own: whether you may act is decided by the rules that count for you.
        """)
    { Staff = link.StaffId };
}
