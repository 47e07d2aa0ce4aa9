using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>The seller's people, for those who look after their sign-ins.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffSecure)]
public sealed class StaffListPage(SignInListQueries signIns) : ShopPage
{
    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public async Task OnGet() => Staff = await signIns.Staff(Cancel);
}
