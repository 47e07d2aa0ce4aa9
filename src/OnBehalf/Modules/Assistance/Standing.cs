using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>An operator and a buyer, or a company as a whole (then there is neither membership nor person), as they stand now, with mandate and consent between them: what every decision about the two is made from.</summary>
internal sealed record Standing(
    StoredOperator By, StoredMandate Mandate, Guid? Membership, string? FirstName, string? LastName, string? EmailNormalized, string? BuyerStatus, string? Role,
    string? MembershipStatus, bool IsStaff, bool IsProtected, Guid? CompanyId, string? CompanyName, string? CompanyNumber, string? CompanyStatus, string? Country, string? CompanyKind, Guid? CompanyParent,
    bool LetsActUpwards, string? Agreed, DateTimeOffset? AgreedUntil, string? CompanyAsks)
{
    /// <summary>Columns over <see cref="Joins"/>, or the same aliases joined otherwise.</summary>
    public static string Columns(Database database) =>
        $"""
        {StoredOperator.Columns(database)}, {StoredMandate.Columns},
        m.id as "Membership", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "EmailNormalized", b.status as "BuyerStatus", {RoleSql.Of("m")} as "Role",
        m.status as "MembershipStatus", {Operators.IsStaff} as "IsStaff", {Operators.IsProtectedIn("c.id")} as "IsProtected", c.id as "CompanyId", c.name as "CompanyName", c.number as "CompanyNumber",
        c.status as "CompanyStatus", c.country as "Country", c.kind as "CompanyKind", c.parent_id as "CompanyParent", coalesce(l.lets_act_upwards, false) as "LetsActUpwards", {ConsentSql.Columns}
        """;

    /// <summary>Everybody of a session by its alias.</summary>
    public static string Joins(Database database, string session) =>
        $"""
        {StoredOperator.Join(session)}
        left join membership m on m.id = {session}.membership_id
        left join buyer b on b.id = m.buyer_id
        left join company c on c.id = {session}.company_id
        {Agreements(database, $"{session}.id")}
        """;

    /// <summary>Mandate and consent; belongs behind the other tables.</summary>
    /// <param name="session">The session as SQL, or `null`.</param>
    public static string Agreements(Database database, string session) =>
        $"""
        {StoredMandate.Join(database)}
        {ConsentSql.Join(database, "s.id", "m.id", "c.id", Operators.IsAssigned(database, "c", "s.id"), session, "q.id")}
        """;

    /// <summary>
    /// An operator ({0}: a staff member, or the membership of a buyer) and the <see cref="SessionSubject"/> ({1}: its membership, {2}: its company), whether
    /// or not there is a session.
    /// </summary>
    public static string Between(Database database, bool isStaff) =>
        $"""
        from {(isStaff
            ? "staff s left join buyer p on 1 = 0 left join membership q on 1 = 0"
            : "membership q join buyer p on p.id = q.buyer_id left join staff s on 1 = 0")}
        left join membership m on m.id = {"{1}"} left join buyer b on b.id = m.buyer_id
        left join company c on c.id = coalesce(m.company_id, {"{2}"})
        {Agreements(database, "null")}
        where {(isStaff ? "s" : "q")}.id = {"{0}"} and (m.id is not null or c.id is not null)
        """;

    /// <summary>The people of the session {0}, and the version of the rules in force: a <see cref="StandingNow"/>.</summary>
    public static string OfSession(Database database) =>
        $"""
        select {Columns(database)}, {ShopPolicies.VersionSql} as "PolicyVersion" from assisted_session x
        {Joins(database, "x")}
        where x.id = {"{0}"}
        """;

    public string OperatorName => By.Name;

    public string BuyerName => Membership is null ? CompanyName! : $"{FirstName} {LastName}";

    public Subject Subject => Membership is null ? Subject.OfCompany(Company!.Value, BuyerRoles.OfCompany) : Subject.OfBuyer(
        BuyerName, EmailNormalized!, HeldRole.Read(Role!).Rights, BuyerStatus == "active", MembershipStatus == "active", Company, IsStaff, IsProtected);

    private SubjectCompany? Company => CompanyId is not { } id ? null
        : new SubjectCompany(new CompanyId(id), CompanyName!, Words.Parse<CompanyStatus>(CompanyStatus!), Country)
        {
            Kind = Words.Parse<CompanyKind>(CompanyKind!), Parent = CompanyParent is { } parent ? new CompanyId(parent) : null,
            IsProtected = IsProtected, LetsColleaguesActUpwards = LetsActUpwards, Consent = ConsentSql.Need(CompanyAsks),
        };

    /// <param name="isActing">He is in a session.</param>
    public Situation In(ShopPolicy policy, Attempt attempt, bool isActing = false) =>
        new(isActing ? By.For(CompanyId) with { IsActing = true } : By.For(CompanyId), Subject, policy, attempt)
        {
            Mandate = Mandate.Mandate, Consent = ConsentSql.Consent(Agreed, AgreedUntil),
        };
}

/// <summary>Who stands how in a session, and the version of the rules in force.</summary>
internal sealed record StandingNow(Standing Standing, int PolicyVersion);
