using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>Somebody of a customer in a list, with what stands against acting for him; nothing when it may be done.</summary>
public record ListedPerson(MembershipId Membership, string FirstName, string Name, HeldRole Role, AssistanceDecision? Denied);

/// <summary>The same as the page of his customer shows him.</summary>
public sealed record CustomerPerson(
    MembershipId Membership, BuyerId Buyer, string FirstName, string Name, string Email, string? Phone, HeldRole Role, bool IsActive, string SortName,
    AssistanceDecision Decision, LastHand Hand) : ListedPerson(Membership, FirstName, Name, Role, Decision.IsAllowed ? null : Decision);

/// <summary>A row of a list of customers.</summary>
/// <param name="Denied">What stands against acting for anybody of it.</param>
public sealed record CustomerCard(
    CompanyId? Company, MembershipId? Consumer, string Name, string? Number, string? Country, CompanyStatus Status, string SortName,
    DateTimeOffset? LastOrderAt, AssistanceDecision? Denied, IReadOnlyList<ListedPerson> People)
{
    public string PathIn(string root) => CustomerPaths.Customer(root, Number, Consumer ?? default);
}

/// <summary>A customer of a list as the database tells it: a company, or a consumer of whom only the key and the place in the order are told.</summary>
internal sealed record StoredCompany(
    Guid? Company, Guid? Consumer, string? Number, string? Name, string? Country, string? Status, string? CompanyKind, string? SortName, DateTimeOffset? LastOrderAt, bool IsAssigned)
{
    /// <param name="staff">The place of the staff member who asks.</param>
    public static string Columns(string staff) =>
        $"""
        c.number as "Number", c.name as "Name", c.country as "Country", c.status as "Status", c.kind as "CompanyKind", c.sort_name as "SortName", c.last_order_at as "LastOrderAt",
        exists (select 1 from staff_assignment z where z.staff_id = {staff} and z.company_id = c.id) as "IsAssigned"
        """;

    public Guid Key => Company ?? Consumer ?? Guid.Empty;

    public CustomerCard? ToCard(CustomerJudge judge, IEnumerable<StoredListedPerson> people)
    {
        if (Company is { } company)
        {
            var subject = new SubjectCompany(new CompanyId(company), Name!, Words.Parse<CompanyStatus>(Status!), Country) { Kind = Words.Parse<CompanyKind>(CompanyKind!) };
            var listed = new List<ListedPerson>(3);
            foreach (var person in people)
            {
                listed.Add(person.Judge(judge, subject, IsAssigned));
            }

            return new CustomerCard(
                new CompanyId(company), null, Name!, Number, Country, subject.Status, SortName!, LastOrderAt, judge.Denial(Subject.AnybodyOf(subject), IsAssigned),
                listed);
        }

        if (people.FirstOrDefault() is not { } consumer)
        {
            return null;
        }

        var judged = consumer.Judge(judge, null, isAssigned: false);
        return new CustomerCard(
            null, judged.Membership, judged.Name, null, null, CompanyStatus.Active, SortName ?? "", consumer.LastOrderAt, null, [judged]);
    }
}

/// <summary>What a list needs of a person, before the policy has spoken.</summary>
internal sealed record StoredListedPerson(
    Guid Membership, Guid? Company, string FirstName, string LastName, string EmailNormalized, string Role, bool IsActive, bool IsMember,
    bool IsStaff, bool IsProtected, DateTimeOffset? LastOrderAt)
{
    public static readonly string Columns =
        $"""
        m.id as "Membership", m.company_id as "Company", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "EmailNormalized",
        {RoleSql.Of("m")} as "Role", b.status = 'active' as "IsActive", m.status = 'active' as "IsMember",
        {Operators.IsStaff} as "IsStaff", {Operators.IsProtected} as "IsProtected",
        case when m.company_id is null then (select max(o.placed_at) from orders o where o.membership_id = m.id) end as "LastOrderAt"
        """;

    public ListedPerson Judge(CustomerJudge judge, SubjectCompany? company, bool isAssigned)
    {
        var role = HeldRole.Read(Role);
        var name = $"{FirstName} {LastName}";
        var subject = Subject.OfBuyer(name, EmailNormalized, role.Rights, IsActive, IsMember, company, IsStaff, IsProtected);
        return new ListedPerson(new MembershipId(Membership), FirstName, name, role, judge.Denial(subject, isAssigned));
    }
}

/// <summary>What a company, or somebody of it, agreed to.</summary>
internal sealed record StoredAgreement(string? Agreed, DateTimeOffset? AgreedUntil, string? CompanyAsks);

/// <summary>What the page of a customer needs of a person, before the policy has spoken.</summary>
internal sealed record StoredPerson(
    Guid Membership, Guid? Company, Guid Buyer, string FirstName, string LastName, string Email, string EmailNormalized, string? Phone, string Role,
    bool IsActive, bool IsMember, string SortName, bool IsStaff, bool IsProtected, string? Agreed, DateTimeOffset? AgreedUntil, string? CompanyAsks,
    LastHand Hand)
{
    /// <summary>Columns over `m`, `b` and <see cref="Consents"/>.</summary>
    public static readonly string Columns =
        $"""
        m.id as "Membership", m.company_id as "Company", b.id as "Buyer", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email",
        b.email_normalized as "EmailNormalized", b.phone as "Phone", {RoleSql.Of("m")} as "Role", b.status = 'active' as "IsActive", m.status = 'active' as "IsMember",
        m.sort_name as "SortName", {Operators.IsStaff} as "IsStaff", {Operators.IsProtected} as "IsProtected", {ConsentSql.Columns}, {LastHand.Columns}
        """;

    /// <param name="staff">The place of the staff member who asks.</param>
    public static string Consents(Database database, string staff) =>
        $"""
        left join company c on c.id = m.company_id {ConsentSql.Join(database, staff, "m.id", "c.id", Operators.IsAssigned(database, "c", staff), "null")}
        {LastHand.Joins(LastHand.OfPerson, LastHand.SessionOfPerson)}
        """;

    public CustomerPerson Judge(CustomerJudge judge, CompanyData? company)
    {
        var role = HeldRole.Read(Role);
        var name = $"{FirstName} {LastName}";
        var subject = Subject.OfBuyer(name, EmailNormalized, role.Rights, IsActive, IsMember, OfCompany(company), IsStaff, IsProtected);
        return new CustomerPerson(
            new MembershipId(Membership), new BuyerId(Buyer), FirstName, name, Email, Phone, role, IsActive && IsMember, SortName,
            judge.Of(subject, company?.IsAssigned ?? false, company?.IsAssignedInTree ?? false, ConsentSql.Consent(Agreed, AgreedUntil)), Hand);
    }

    private SubjectCompany? OfCompany(CompanyData? company) => company is null ? null : company.Subject with { Consent = ConsentSql.Need(CompanyAsks) };
}

/// <summary>What the staff member of a request sees.</summary>
internal static class Acting
{
    public static CustomerScope Scope(Caller caller) =>
        caller.Staff is { } staff ? CustomerScope.Of(staff.Role, staff.AccessAllCustomers) : default;
}
