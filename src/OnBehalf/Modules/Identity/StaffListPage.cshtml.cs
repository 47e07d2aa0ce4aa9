using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>The seller's people, for those who look after their sign-ins.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffSecure)]
public sealed class StaffListPage(SignInListQueries signIns) : ShopPage
{
    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    /// <summary>Only those of a group.</summary>
    public string? Group { get; private set; }

    public async Task OnGet(string? group)
    {
        Group = string.IsNullOrEmpty(group) ? null : group;
        Staff = await signIns.Staff(Group, Cancel);
    }
}
