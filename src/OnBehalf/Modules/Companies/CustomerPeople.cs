using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Somebody of a customer in a list, with what the policy says about acting for him.</summary>
public record ListedPerson(MembershipId Membership, string FirstName, string Name, BuyerRole Role, AssistanceDecision Decision);

/// <summary>The same as the page of his customer shows him.</summary>
public sealed record CustomerPerson(
    MembershipId Membership, BuyerId Buyer, string FirstName, string Name, string Email, string? Phone, BuyerRole Role, bool IsActive, string SortName,
    AssistanceDecision Decision) : ListedPerson(Membership, FirstName, Name, Role, Decision);

/// <summary>A row of a list of customers.</summary>
/// <param name="Denied">What stands against acting for anybody of it.</param>
public sealed record CustomerCard(
    CompanyId? Company, MembershipId? Consumer, string Name, string? Number, string? Country, CompanyStatus Status, string SortName,
    DateTimeOffset? LastOrderAt, AssistanceDecision? Denied, IReadOnlyList<ListedPerson> People)
{
    public string Path => Number is null ? $"/staff/consumers/{Consumer}" : $"/staff/customers/{Uri.EscapeDataString(Number)}";
}

/// <summary>A customer of a list as the database tells it: a company, or a consumer of whom only the key and the place in the order are told.</summary>
internal sealed record StoredCompany(
    Guid? Company, Guid? Consumer, string? Number, string? Name, string? Country, string? Status, string? SortName, DateTimeOffset? LastOrderAt)
{
    public const string Columns =
        """
        c.number as "Number", c.name as "Name", c.country as "Country", c.status as "Status", c.sort_name as "SortName", c.last_order_at as "LastOrderAt"
        """;

    public Guid Key => Company ?? Consumer ?? Guid.Empty;

    public CustomerCard? ToCard(Operator actor, IEnumerable<StoredListedPerson> people)
    {
        if (Company is { } company)
        {
            var subject = new SubjectCompany(Name!, Words.Parse<CompanyStatus>(Status!));
            return new CustomerCard(
                new CompanyId(company), null, Name!, Number, Country, subject.Status, SortName!, LastOrderAt, AssistancePolicy.DenyCompany(actor, subject),
                [.. people.Select(person => person.Judge(actor, subject))]);
        }

        if (people.FirstOrDefault() is not { } consumer)
        {
            return null;
        }

        var judged = consumer.Judge(actor, null);
        return new CustomerCard(
            null, judged.Membership, judged.Name, null, null, CompanyStatus.Active, SortName ?? "", consumer.LastOrderAt, null, [judged]);
    }
}

/// <summary>What a list needs of a person, before the policy has spoken.</summary>
internal sealed record StoredListedPerson(
    Guid Membership, Guid? Company, string FirstName, string LastName, string EmailNormalized, string Role, bool IsActive, bool IsMember,
    DateTimeOffset? LastOrderAt)
{
    public const string Columns =
        """
        m.id as "Membership", m.company_id as "Company", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "EmailNormalized",
        m.role as "Role", b.status = 'active' as "IsActive", m.status = 'active' as "IsMember",
        case when m.company_id is null then (select max(o.placed_at) from orders o where o.membership_id = m.id) end as "LastOrderAt"
        """;

    public ListedPerson Judge(Operator actor, SubjectCompany? company)
    {
        var role = Words.Parse<BuyerRole>(Role);
        var name = $"{FirstName} {LastName}";
        var subject = new Subject(name, EmailNormalized, BuyerRoles.RightsOf(role), IsActive, IsMember, company);
        return new ListedPerson(new MembershipId(Membership), FirstName, name, role, AssistancePolicy.Decide(actor, subject));
    }
}

/// <summary>What the page of a customer needs of a person, before the policy has spoken.</summary>
internal sealed record StoredPerson(
    Guid Membership, Guid? Company, Guid Buyer, string FirstName, string LastName, string Email, string EmailNormalized, string? Phone, string Role,
    bool IsActive, bool IsMember, string SortName)
{
    public const string Columns =
        """
        m.id as "Membership", m.company_id as "Company", b.id as "Buyer", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email",
        b.email_normalized as "EmailNormalized", b.phone as "Phone", m.role as "Role", b.status = 'active' as "IsActive", m.status = 'active' as "IsMember",
        m.sort_name as "SortName"
        """;

    public CustomerPerson Judge(Operator actor, SubjectCompany? company)
    {
        var role = Words.Parse<BuyerRole>(Role);
        var name = $"{FirstName} {LastName}";
        var subject = new Subject(name, EmailNormalized, BuyerRoles.RightsOf(role), IsActive, IsMember, company);
        return new CustomerPerson(
            new MembershipId(Membership), new BuyerId(Buyer), FirstName, name, Email, Phone, role, IsActive && IsMember, SortName,
            AssistancePolicy.Decide(actor, subject));
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
