using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Somebody of a customer, as staff see him, with what the policy says about acting for him.</summary>
public sealed record CustomerPerson(
    MembershipId Membership, BuyerId Buyer, string FirstName, string Name, string Email, string? Phone, BuyerRole Role, bool IsActive, string SortName,
    DateTimeOffset? LastOrderAt, AssistanceDecision Decision);

/// <summary>A row of a list of customers.</summary>
/// <param name="Denied">What stands against acting for anybody of it.</param>
public sealed record CustomerCard(
    CompanyId? Company, MembershipId? Consumer, string Name, string? Number, string? Country, CompanyStatus Status, string SortName,
    DateTimeOffset? LastOrderAt, AssistanceDecision? Denied, IReadOnlyList<CustomerPerson> People)
{
    public string Path => Number is null ? $"/staff/consumers/{Consumer}" : $"/staff/customers/{Uri.EscapeDataString(Number)}";
}

/// <summary>People as the database tells them, before the policy has spoken.</summary>
internal sealed record StoredPerson(
    Guid Membership, Guid? Company, Guid Buyer, string FirstName, string LastName, string Email, string EmailNormalized, string? Phone, string Role,
    string BuyerStatus, string Status, string SortName, DateTimeOffset? LastOrderAt)
{
    public const string Columns =
        """
        m.id as "Membership", m.company_id as "Company", b.id as "Buyer", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email",
        b.email_normalized as "EmailNormalized", b.phone as "Phone", m.role as "Role", b.status as "BuyerStatus", m.status as "Status",
        m.sort_name as "SortName",
        case when m.company_id is null then (select max(o.placed_at) from orders o where o.membership_id = m.id) end as "LastOrderAt"
        """;

    public CustomerPerson Judge(Operator actor, SubjectCompany? company)
    {
        var role = Words.Parse<BuyerRole>(Role);
        var name = $"{FirstName} {LastName}";
        var subject = new Subject(name, EmailNormalized, BuyerRoles.RightsOf(role), BuyerStatus == "active", Status == "active", company);
        return new CustomerPerson(
            new MembershipId(Membership), new BuyerId(Buyer), FirstName, name, Email, Phone, role, BuyerStatus == "active" && Status == "active", SortName,
            LastOrderAt, AssistancePolicy.Decide(actor, subject));
    }
}

/// <summary>The staff member of a request, as the policy sees him.</summary>
internal static class Acting
{
    public static CustomerScope Scope(Caller caller) =>
        caller.Staff is { } staff ? CustomerScope.Of(staff.Role, staff.AccessAllCustomers) : default;

    /// <summary>For customers that were found by a query of his scope: without access to all they are his own.</summary>
    public static Operator Operator(Actor.Staff staff) => new(
        staff.Role, staff.Rights, staff.AccessAllCustomers, IsAssigned: !CustomerScope.Of(staff.Role, staff.AccessAllCustomers).AllCompanies,
        EmailAddress.Normalize(staff.Email));
}
