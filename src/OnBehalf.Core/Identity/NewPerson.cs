using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>Somebody new as he was typed; the names of the properties are the names of the form's fields.</summary>
public sealed record NewPersonDraft(string? FirstName, string? LastName, string? Email, string? Phone, string? Role);

/// <summary>Somebody who is to buy: for a company in a role that whoever creates him may give, or for himself.</summary>
public sealed record NewPerson(Profile Profile, EmailAddress Email, GivenRole Role)
{
    public string Name => $"{Profile.FirstName} {Profile.LastName}";

    /// <summary>The person, or everything that is wrong with what was typed, each with its field.</summary>
    /// <param name="roles">Those that may be given; with one alone there is nothing to choose.</param>
    public static (NewPerson? Person, IReadOnlyList<Refusal> Refusals) Read(NewPersonDraft draft, IReadOnlyList<RoleChoice> roles)
    {
        var (profile, wrong) = Profile.Read(new ProfileDraft(null, draft.FirstName, draft.LastName, draft.Phone));
        var refusals = new List<Refusal>(wrong);
        if (!EmailAddress.TryParse(draft.Email, out var email))
        {
            refusals.Add(string.IsNullOrWhiteSpace(draft.Email)
                ? Refusal.Invalid("people.email-missing", "E-mail: please type the address; with it the new account is signed in to.", nameof(Email))
                : Refusal.Invalid("people.email-invalid", "E-mail: this is no address, such as ines@example.com.", nameof(Email)));
        }

        var role = roles is [var only] ? only : RoleChoice.Find(roles, draft.Role);
        if (role is null)
        {
            refusals.Add(Refusal.Invalid("people.role-not-given", "Role: please choose one of those offered.", nameof(Role)));
        }

        return refusals.Count > 0 ? (null, refusals) : (new NewPerson(profile!, email, role!.Role), []);
    }
}
