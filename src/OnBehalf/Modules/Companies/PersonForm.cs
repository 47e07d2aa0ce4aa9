using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>What the form about somebody new needs, wherever it stands: the same fields, checks and rules.</summary>
public abstract class PersonForm(KnownPersonQueries people, ShopAddress address) : ShopPage
{
    [BindProperty]
    public NewPersonInput Input { get; set; } = new();

    /// <summary>Those that may be given.</summary>
    public IReadOnlyList<RoleChoice> Roles { get; private set; } = [];

    public IEnumerable<(string Value, string Words)> RoleChoices => Roles.Select(choice => (choice.Role.ToString(), choice.Word));

    /// <summary>Who has the address already, when he may be told of.</summary>
    public KnownPerson? Known { get; private set; }

    /// <summary>What gets somebody new, for people.</summary>
    public abstract string PlaceName { get; }

    /// <summary>The company that gets somebody new; null while there is none yet, and for a consumer.</summary>
    protected virtual CompanyId? Place => null;

    /// <summary>The page of somebody who has the place already.</summary>
    public virtual string? PathOf(MembershipId member) => null;

    protected abstract Task<IReadOnlyList<RoleChoice>> FindRoles();

    /// <summary>What is wrong with the rest of the form; says it at its fields.</summary>
    protected virtual IActionResult? CheckRest() => null;

    protected abstract Task<Outcome<MembershipId>> Store(NewEmployee employee, string? shopAddress);

    /// <summary>Of the fields that a refusal is about.</summary>
    protected virtual string PrefixOf(Refusal refusal) => nameof(Input);

    protected async Task Begin()
    {
        Input.Key = NewPersonInput.NewKey();
        Roles = await FindRoles();
        Input.Role = RoleChoices.FirstOrDefault().Value;
    }

    /// <summary>The place of whoever was created, or the form again with what is wrong.</summary>
    protected async Task<(MembershipId Made, IActionResult? Answer)> Create()
    {
        Roles = await FindRoles();
        var (person, refusals) = NewPerson.Read(Input.Draft, Roles);
        var rest = CheckRest();
        if (person is null || rest is not null)
        {
            return (default, refusals.Count > 0 ? Refused(refusals) : rest);
        }

        var outcome = await Store(new NewEmployee(person, Input.Joins, Input.Key ?? ""), await address.Of(Request));
        if (outcome.Refusal is not { } refusal)
        {
            return (outcome.Value, null);
        }

        if (refusal.Code is "people.has-account" or "people.already-member")
        {
            Known = await people.Find(Caller, person.Email, Place, Cancel);
            Input.Joins = refusal.Code == "people.has-account" && Known.CanJoin ? person.Email.Normalized : null;
        }

        return (default, Refused(refusal, PrefixOf(refusal)));
    }
}

/// <summary>Somebody new as he is typed.</summary>
public sealed class NewPersonInput
{
    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? Role { get; set; }

    /// <summary>The address of which the account was shown: its owner is meant.</summary>
    public string? Joins { get; set; }

    /// <summary>`act`: go on to the last step before a session for him.</summary>
    public string? Then { get; set; }

    /// <summary>Of this one form.</summary>
    public string? Key { get; set; }

    internal NewPersonDraft Draft => new(FirstName, LastName, Email, Phone, Role);

    internal static string NewKey() => Guid.CreateVersion7().ToString("N");
}
