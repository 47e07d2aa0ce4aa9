using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Assistance;

/// <summary>What a buyer is written when somebody asks to act for him.</summary>
internal static class ConsentMails
{
    public static OutgoingMail Ask(BuyerId buyer, string address, string name, string who, Phrase role, Phrase whom, string shop, Phrase why, Phrase what, string code, string? link) => new(
        "consent-asked", address, name, $"{who} asks to act for {whom} at {shop}",
        $"""
        Dear {name},

        {who} ({role}) asks to act for {whom}:
        {what}.
        Why: {why}.

        Allow or refuse it on your open page of the shop, or here. On the telephone you
        can read out the six digits instead. Both are good for {ConsentAsks.GoodForMinutes} minutes.

        {Outbox.SecretPlace}

        If you do not know why, do nothing or refuse: nobody acts for {whom} then.
        """)
    {
        Buyer = buyer, Secret = (link is null ? "" : $"{link}\n\n") + $"{code[..3]} {code[3..]}",
    };
}
