using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>How the buyer is called and reached, and the ways to what he alone may change.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.AccountChange, IsPersonal = true)]
public sealed class DataPage(Profiles profiles) : ShopPage
{
    [BindProperty]
    public ProfileInput Input { get; set; } = new();

    /// <summary>Whoever acts for the buyer recognises it; to sign in with it is not his.</summary>
    public string Email => Caller.IsAssisting ? Masked(Caller.Buyer!.Email) : Caller.Buyer!.Email;

    public bool IsStored { get; private set; }

    /// <summary>Who changed them last for the buyer.</summary>
    public LastHand Hand { get; private set; } = LastHand.Nobody;

    public bool IsLookOnly => Caller.Session is { Mode: Mode.View };

    private static string Masked(string email) => email.LastIndexOf('@') is var at && at > 0 ? $"{email[0]}•••{email[at..]}" : "•••";

    public async Task OnGet(bool stored)
    {
        IsStored = stored;
        var now = await profiles.Of(Caller.Buyer!.Id, Cancel);
        Hand = now.Hand;
        Input = new ProfileInput { Title = now.Title, FirstName = now.FirstName, LastName = now.LastName, Phone = now.Phone, Version = now.Version };
    }

    public async Task<IActionResult> OnPost()
    {
        var (profile, refusals) = Profile.Read(new ProfileDraft(Input.Title, Input.FirstName, Input.LastName, Input.Phone));
        if (profile is null)
        {
            return Refused(refusals);
        }

        var outcome = await profiles.Change(Caller, profile, Input.Version, Cancel);
        return outcome.Refusal is { } conflict ? Refused(conflict) : SeeOther("/account/data?stored=true");
    }
}

public sealed class ProfileInput
{
    public string? Title { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Phone { get; set; }

    public int Version { get; set; }
}
