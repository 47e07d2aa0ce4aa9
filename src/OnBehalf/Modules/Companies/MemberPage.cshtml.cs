using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>Somebody of the company, for its administrators; never in a session, because it gives and takes rights.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class MemberPage(Members members, MemberQueries queries, CompanyRoleQueries roles, ShopAddress address) : MemberForm(members, queries, roles, address)
{
    public override string CompanyName => Caller.Company!.Name;

    public override string Path => $"{Back}/{Member.Id}";

    public override string Back => NewMemberPage.People;

    protected override Task<CompanyId?> FindCompany(MembershipId membership) => Task.FromResult(Caller.Company?.Id);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeMemberPage(Members members, MemberQueries queries, CompanyRoleQueries roles, ShopAddress address, CustomerQueries customers) : MemberForm(members, queries, roles, address)
{
    private CompanyData? _company;

    public override string CompanyName => _company!.Name;

    public override string Path => $"{Back}/place";

    public override string Back => CustomerPaths.Buyer("/admin", new MembershipId(Member.Id));

    protected override async Task<CompanyId?> FindCompany(MembershipId membership)
    {
        _company = (await customers.FindPerson(Caller, membership, Cancel))?.Company;
        return _company?.Id;
    }
}
