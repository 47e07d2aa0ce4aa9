using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>The form about a staff member, new or not: the same fields, checks and rules.</summary>
public abstract class StaffForm(StaffQueries queries, SecondStepQueries seconds, StaffProof proof) : ShopPage
{
    [BindProperty]
    public StaffInput Input { get; set; } = new();

    public IReadOnlyList<StaffGroup> Groups { get; private set; } = [];

    /// <summary>What has to be proved first; null when that was done within the last minutes.</summary>
    public ProofAsk? Proof { get; private set; }

    /// <summary>What may do is not his own to choose.</summary>
    public virtual bool IsOwn => false;

    protected StaffQueries Queries => queries;

    protected async Task LoadForm()
    {
        Groups = await queries.Groups(Cancel);
        var isYoung = (await seconds.Age(Caller.Staff!.SignIn, Cancel)).Seconds <= SecondStepChanges.ProofSeconds && !Input.IsGiven;
        Proof = isYoung ? null : await proof.Ask(Caller, isSecondNeeded: false, Cancel);
    }
}

public sealed class StaffInput : ProofInput
{
    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Email { get; set; }

    public string? Role { get; set; }

    public string? Group { get; set; }

    public bool AllCustomers { get; set; }

    public bool AdjustPrices { get; set; }

    public bool CreateCustomers { get; set; }

    public int Version { get; set; }

    /// <summary>`change`, `invite`, `deactivate`, `reactivate`.</summary>
    public string? Do { get; set; }

    internal StaffDraft Draft => new(FirstName, LastName, Email, Role, Group, AllCustomers, AdjustPrices, CreateCustomers);

    internal static StaffInput Of(KeptStaff kept) => new()
    {
        FirstName = kept.FirstName, LastName = kept.LastName, Email = kept.Email, Role = kept.RoleWord, Group = kept.Group, AllCustomers = kept.AllCustomers,
        AdjustPrices = kept.AdjustPrices, CreateCustomers = kept.CreateCustomers, Version = kept.Version,
    };
}
