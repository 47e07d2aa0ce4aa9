using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The mandate that counts between an operator and a customer now, as it lies in the database; without one nothing is set.</summary>
internal sealed record StoredMandate(
    Guid? MandateVersionId, string? MandateHighest, long? MandateRights, int? MandateDays, DateTimeOffset? MandateUntil, string? MandateCurrency, long? MandatePerOrder,
    long? MandatePerMonth, long? MandateApprovalAbove)
{
    public const string Columns =
        """
        z.id as "MandateVersionId", z.highest as "MandateHighest", z.rights as "MandateRights", z.days as "MandateDays", z.until as "MandateUntil",
        z.currency as "MandateCurrency", z.per_order_minor as "MandatePerOrder", z.per_month_minor as "MandatePerMonth",
        z.approval_above_minor as "MandateApprovalAbove"
        """;

    /// <summary>The version on which a session rests.</summary>
    public Guid? Version => MandateVersionId;

    public Mandate Mandate => MandateVersionId is null ? Mandate.None : new Mandate(
        true, Words.Parse<Mode>(MandateHighest!), new Rights((ulong)MandateRights!.Value), MandateDaysOf(MandateDays!.Value), MandateUntil, Amounts(MandatePerOrder),
        Amounts(MandatePerMonth), Amounts(MandateApprovalAbove));

    /// <summary>
    /// Joins `z`, the version of now, over `s` (staff) or `q` (a buyer's membership), `m` and `c`. What names the operator or the buyer comes before what
    /// is for everybody, and the newer before the older.
    /// </summary>
    public static string Join(Database database, string staff = "s.id", string colleague = "q.id", string own = "q.company_id", string membership = "m.id", string company = "c.id")
    {
        var found = $"""
            from assist_mandate y
            where y.company_id = {company} and y.status = 'active' and (y.until is null or y.until > {database.Now})
                and (y.membership_id is null or y.membership_id = {membership})
                and (y.operator_membership_id = {colleague} or y.operator_staff_id = {staff} or y.operator_company_id = {own}
                    or (y.operator_membership_id is null and y.operator_staff_id is null and y.operator_company_id is null and {staff} is not null))
            order by case when y.operator_membership_id is null and y.operator_staff_id is null then 1 else 0 end, case when y.membership_id is null then 1 else 0 end,
                y.created_at desc, y.id
            limit 1
            """;
        return database.Kind == DatabaseKind.Postgres
            ? $"left join lateral (select y.* {found}) z on true"
            : $"left join assist_mandate z on z.id = (select y.id {found})";
    }

    /// <summary>Bits from Sunday; 0 is every day.</summary>
    public static IReadOnlyList<DayOfWeek> MandateDaysOf(int bits) => [.. Enum.GetValues<DayOfWeek>().Where(day => (bits & (1 << (int)day)) != 0)];

    private IReadOnlyList<Money> Amounts(long? minor) => minor is { } amount ? [new Money(amount, Currency.Of(MandateCurrency!))] : [];
}
