using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Privacy;

/// <summary>For the buyer himself: how long what is kept of him, what goes and what stays when he wants to be forgotten, and the way to ask for it.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.AccountSecure)]
public sealed class MyPrivacyPage(ShopSettings settings, Erasures erasures) : ShopPage
{
    private static readonly (Phrase Words, Setting Setting)[] OfBuyers =
    [
        ("In which browsers you were signed in", ShopSettings.KeepSignInsDays),
        ("The texts of mails to you", ShopSettings.KeepMailsDays),
        ("Carts that you have ordered or thrown away", ShopSettings.KeepCartsDays),
        ("Carts that you have set aside", ShopSettings.KeepCartsAsideDays),
        ("What somebody wrote down when he acted for you", ShopSettings.KeepSessionTextDays),
        ("Your account, when it is closed and nothing more is heard", ShopSettings.KeepClosedDays),
    ];

    public IReadOnlyList<(string Words, int Days)> Kept { get; private set; } = [];

    public IEnumerable<PersonalRows> Rows => erasures.Of("buyer");

    public async Task OnGet()
    {
        var kept = new List<(string, int)>();
        foreach (var (words, setting) in OfBuyers)
        {
            kept.Add((words, await settings.Number(setting, Cancel)));
        }

        Kept = kept;
    }
}
