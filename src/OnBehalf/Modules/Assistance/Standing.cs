using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A staff member and a buyer as they stand now, read together for those who look from outside: the explanation, the simulation.</summary>
internal sealed record Standing(
    Guid StaffId, string StaffFirstName, string StaffLastName, string StaffEmail, string StaffRole, string? StaffGroup, string StaffStatus, bool AccessAll,
    bool MayAdjust, Guid Membership, string FirstName, string LastName, string Email, string BuyerStatus, string Role, string MembershipStatus, bool IsStaff, bool IsProtected,
    Guid? CompanyId, string? CompanyName, string? CompanyNumber, string? CompanyStatus, string? Country, bool IsAssigned, bool IsInTree, DateTimeOffset? Until,
    string? Agreed, DateTimeOffset? AgreedUntil, string? CompanyAsks)
{
    /// <summary>Columns over `s` (staff), `m`, `b`, `c` (the company, perhaps none) and <see cref="Consents"/>.</summary>
    public static string Columns(Database database) =>
        $"""
        s.id as "StaffId", s.first_name as "StaffFirstName", s.last_name as "StaffLastName", s.email_normalized as "StaffEmail", s.role as "StaffRole",
        s.staff_group as "StaffGroup", s.status as "StaffStatus", s.access_all_customers as "AccessAll", s.may_adjust_prices as "MayAdjust",
        m.id as "Membership", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "Email", b.status as "BuyerStatus", m.role as "Role",
        m.status as "MembershipStatus", {Operators.IsStaff} as "IsStaff", {Operators.IsProtected} as "IsProtected", c.id as "CompanyId", c.name as "CompanyName", c.number as "CompanyNumber",
        c.status as "CompanyStatus", c.country as "Country", {Operators.IsAssigned(database, "c", "s.id")} as "IsAssigned",
        {Operators.IsAssignedInTree(database, "c", "s.id")} as "IsInTree",
        (select a.until from staff_assignment a where a.staff_id = s.id and a.company_id = c.id) as "Until",
        {ConsentSql.Columns}
        """;

    /// <summary>Belongs behind the other tables.</summary>
    /// <param name="session">The session as SQL, or `null`.</param>
    public static string Consents(Database database, string session) =>
        ConsentSql.Join(database, "s.id", "m.id", "c.id", Operators.IsAssigned(database, "c", "s.id"), session);

    public string OperatorName => $"{StaffFirstName} {StaffLastName}";

    public string BuyerName => $"{FirstName} {LastName}";

    public Operator Operator => Operators.Of(Words.Parse<StaffRole>(StaffRole), OperatorName, StaffEmail, StaffGroup, AccessAll, MayAdjust) with
    {
        IsActive = StaffStatus == "active",
        IsAssigned = IsAssigned,
        IsAssignedInTree = IsInTree,
        AssignedUntil = Until,
    };

    public Subject Subject => Subject.OfBuyer(
        BuyerName, Email, BuyerRoles.RightsOf(Words.Parse<BuyerRole>(Role)), BuyerStatus == "active", MembershipStatus == "active",
        CompanyId is not { } id ? null : new SubjectCompany(new CompanyId(id), CompanyName!, Words.Parse<CompanyStatus>(CompanyStatus!), Country)
        {
            Consent = ConsentSql.Need(CompanyAsks),
        },
        IsStaff, IsProtected);

    public Situation In(ShopPolicy policy, Attempt attempt) => new(Operator, Subject, policy, attempt)
    {
        Consent = ConsentSql.Consent(Agreed, AgreedUntil),
    };
}
