using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>An operator and a buyer as they stand now, with mandate and consent between them: what every decision about the two is made from.</summary>
internal sealed record Standing(
    StoredOperator By, StoredMandate Mandate, Guid Membership, string FirstName, string LastName, string EmailNormalized, string BuyerStatus, string Role,
    string MembershipStatus, bool IsStaff, bool IsProtected, Guid? CompanyId, string? CompanyName, string? CompanyNumber, string? CompanyStatus, string? Country,
    bool LetsActUpwards, string? Agreed, DateTimeOffset? AgreedUntil, string? CompanyAsks)
{
    /// <summary>Columns over <see cref="Joins"/>, or the same aliases joined otherwise.</summary>
    public static string Columns(Database database) =>
        $"""
        {StoredOperator.Columns(database)}, {StoredMandate.Columns},
        m.id as "Membership", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "EmailNormalized", b.status as "BuyerStatus", m.role as "Role",
        m.status as "MembershipStatus", {Operators.IsStaff} as "IsStaff", {Operators.IsProtected} as "IsProtected", c.id as "CompanyId", c.name as "CompanyName", c.number as "CompanyNumber",
        c.status as "CompanyStatus", c.country as "Country", coalesce(l.lets_act_upwards, false) as "LetsActUpwards", {ConsentSql.Columns}
        """;

    /// <summary>Everybody of a session by its alias.</summary>
    public static string Joins(Database database, string session) =>
        $"""
        {StoredOperator.Join(session)}
        join membership m on m.id = {session}.membership_id
        join buyer b on b.id = m.buyer_id
        left join company c on c.id = m.company_id
        {Agreements(database, $"{session}.id")}
        """;

    /// <summary>Mandate and consent; belongs behind the other tables.</summary>
    /// <param name="session">The session as SQL, or `null`.</param>
    public static string Agreements(Database database, string session) =>
        $"""
        {StoredMandate.Join(database)}
        {ConsentSql.Join(database, "s.id", "m.id", "c.id", Operators.IsAssigned(database, "c", "s.id"), session)}
        """;

    /// <summary>An operator ({0}: a staff member, or the membership of a colleague) and a buyer's place ({1}), whether or not there is a session.</summary>
    public static string Between(Database database, bool isStaff) =>
        $"""
        from {(isStaff
            ? "staff s left join buyer p on 1 = 0 left join membership q on 1 = 0"
            : "membership q join buyer p on p.id = q.buyer_id left join staff s on 1 = 0")}
        join membership m on m.id = {"{1}"} join buyer b on b.id = m.buyer_id
        left join company c on c.id = m.company_id
        {Agreements(database, "null")}
        where {(isStaff ? "s" : "q")}.id = {"{0}"}
        """;

    public string OperatorName => By.Name;

    public string BuyerName => $"{FirstName} {LastName}";

    public Subject Subject => Subject.OfBuyer(
        BuyerName, EmailNormalized, BuyerRoles.RightsOf(Words.Parse<BuyerRole>(Role)), BuyerStatus == "active", MembershipStatus == "active",
        CompanyId is not { } id ? null : new SubjectCompany(new CompanyId(id), CompanyName!, Words.Parse<CompanyStatus>(CompanyStatus!), Country)
        {
            LetsColleaguesActUpwards = LetsActUpwards, Consent = ConsentSql.Need(CompanyAsks),
        },
        IsStaff, IsProtected);

    /// <param name="isActing">He is in a session.</param>
    public Situation In(ShopPolicy policy, Attempt attempt, bool isActing = false) =>
        new(isActing ? By.Operator with { IsActing = true } : By.Operator, Subject, policy, attempt)
        {
            Mandate = Mandate.Mandate, Consent = ConsentSql.Consent(Agreed, AgreedUntil),
        };
}
