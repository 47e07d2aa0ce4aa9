using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>A staff member as he was typed; the names of the properties are the names of the form's fields.</summary>
public sealed record StaffDraft(string? FirstName, string? LastName, string? Email, string? Role, string? Group, bool AllCustomers, bool AdjustPrices, bool CreateCustomers);

/// <summary>What the seller keeps of one of his staff: who he is, and what he may do.</summary>
/// <param name="Group">Of which rules may speak; null for none.</param>
/// <param name="AllCustomers">He has access to all customers, assigned or not.</param>
public sealed record StaffProfile(
    string FirstName, string LastName, EmailAddress Email, StaffRole Role, string? Group, bool AllCustomers, bool AdjustPrices, bool CreateCustomers)
{
    public const int LongestGroup = 100;

    public string Name => $"{FirstName} {LastName}";

    /// <summary>What the log calls his extras: `all-customers adjust-prices`; empty for none.</summary>
    public string Extras => string.Join(' ', new[] { AllCustomers ? "all-customers" : null, AdjustPrices ? "adjust-prices" : null, CreateCustomers ? "create-customers" : null }.OfType<string>());

    /// <summary>Of his role and his extras.</summary>
    public Rights Rights => StaffRoles.RightsOf(Role, AdjustPrices, CreateCustomers);

    /// <summary>What he may do is not what the other may, apart from the group.</summary>
    public bool MayOtherThan(StaffProfile other) => Role != other.Role || Extras != other.Extras;

    /// <summary>He may not do, or not for whom, what the other may.</summary>
    public bool LosesAgainst(StaffProfile before) => Role != before.Role || !Rights.Include(before.Rights) || (before.AllCustomers && !AllCustomers);

    /// <summary>Whether somebody may make this of <paramref name="before"/> (null: somebody new): nobody gives what he has not himself.</summary>
    public bool MayBeGivenBy(Rights own, bool ownAllCustomers, StaffProfile? before) =>
        own.Include(Rights.Without(before?.Rights ?? Rights.None)) && (ownAllCustomers || !AllCustomers || before is { AllCustomers: true });

    /// <summary>The staff member, or everything that is wrong with what was typed, each with its field.</summary>
    public static (StaffProfile? Profile, IReadOnlyList<Refusal> Refusals) Read(StaffDraft draft)
    {
        var (name, wrong) = Profile.Read(new ProfileDraft(null, draft.FirstName, draft.LastName, null));
        var refusals = new List<Refusal>(wrong);
        if (!EmailAddress.TryParse(draft.Email, out var email))
        {
            refusals.Add(Refusal.Invalid("identity.email-invalid", "E-mail: please type a whole address, such as karim@example.com.", nameof(Email)));
        }

        var role = StaffRoles.Offered.Select(role => (StaffRole?)role).FirstOrDefault(role => CodeOf(role!.Value).Equals(draft.Role, StringComparison.Ordinal));
        if (role is null)
        {
            refusals.Add(Refusal.Invalid("staff.role-not-given", "Role: please choose one.", nameof(Role)));
        }

        var group = ReadGroup(draft.Group, refusals);
        return refusals.Count > 0 ? (null, refusals)
            : (new StaffProfile(name!.FirstName, name.LastName, email, role!.Value, group, draft.AllCustomers, draft.AdjustPrices, draft.CreateCustomers), []);
    }

    /// <summary>The name of a group; null for none. Rules name several with commas between.</summary>
    public static string? ReadGroup(string? typed, List<Refusal> refusals)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length > LongestGroup || text.Any(c => char.IsControl(c) || c == ','))
        {
            refusals.Add(Refusal.Invalid("staff.group-invalid", $"Group: a name of at most {LongestGroup} characters, without commas.", nameof(Group)));
        }

        return text.Length == 0 ? null : text;
    }

    private static string CodeOf(StaffRole role) => role switch
    {
        StaffRole.SalesRep => "sales-rep",
        StaffRole.SupportAgent => "support-agent",
        StaffRole.Supervisor => "supervisor",
        StaffRole.Administrator => "administrator",
        _ => "telesales-operator",
    };
}
