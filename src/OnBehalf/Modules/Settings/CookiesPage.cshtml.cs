using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Settings;

/// <summary>Which cookies this shop sets, and what for. All of them are needed for what the visitor asks for, so that nobody is asked for consent.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class CookiesPage : ShopPage
{
    public static readonly IReadOnlyList<(string Name, Phrase What, Phrase Long)> All =
    [
        ("form", "Shows that a form comes from a page of this shop and not from somebody else's.", "Until the browser is closed"),
        ("language", "Keeps the language that somebody has chosen who is not signed in.", "A year"),
        ("shop", "Keeps a buyer signed in.", "Until he signs out, or for as long as the shop allows"),
        ("staff", "Keeps somebody of the shop's staff signed in.", "Until he signs out, or for as long as the shop allows"),
        ("assist-…", "Belongs to a session in which somebody acts for a customer.", "Until the session ends"),
        ("assist-tx, operator, returning", "Lead somebody of the staff from one page of this shop to the other and back.", "At most 12 hours"),
        ("staff-step, staff-passkey, staff-provider", "Hold a sign-in of staff together that takes several steps.", "Some minutes"),
        ("reset-shop, reset-staff, consent, email-change, newsletter", "Keep the code of a mail out of the address.", "15 minutes"),
    ];

    public void OnGet()
    {
    }
}
