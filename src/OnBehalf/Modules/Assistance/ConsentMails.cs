using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Assistance;

/// <summary>What a buyer is written when somebody asks to act for him.</summary>
internal static class ConsentMails
{
    public static OutgoingMail Ask(BuyerId buyer, string address, string name, Actor.Staff who, string shop, string why, string what, string code, string? link) => new(
        "consent-asked", address, name, $"{who.Name} asks to act for you at {shop}",
        $"""
        Dear {name},

        {who.Name} ({StaffRoles.Word(who.Role)}) of {shop} asks to act for you:
        {what}.
        Why: {why}.

        Allow or refuse it on your open page of the shop, or here. On the telephone you
        can read out the six digits instead. Both are good for {ConsentAsks.GoodForMinutes} minutes.

        {Outbox.SecretPlace}

        If you do not know why, do nothing or refuse: nobody acts for you then.
        """)
    {
        Buyer = buyer, Secret = (link is null ? "" : $"{link}\n\n") + $"{code[..3]} {code[3..]}",
    };
}
