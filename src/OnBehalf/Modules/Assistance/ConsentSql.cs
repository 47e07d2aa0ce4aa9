using System.Globalization;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The one consent that counts for an operator and a buyer, read along with what else is judged. What a company took back comes first; then what was agreed
/// to for this session (for a person by him, for a company as a whole by its administrator), what the buyer said, what his company said; of these the one about the operator himself before that about all.
/// </summary>
internal static class ConsentSql
{
    public const string Columns =
        """
        k.status || ' ' || k.kind || ' ' || k.highest || ' ' || cast(k.withheld as text) as "Agreed", k.until as "AgreedUntil", l.consent as "CompanyAsks"
        """;

    /// <param name="staff">The operator's id as SQL, and so on; null where there is none.</param>
    /// <param name="colleague">The place of a colleague who is the operator.</param>
    /// <param name="isAssigned">Whether the company is assigned to him.</param>
    /// <param name="session">The session, for what was agreed to once; `null` before there is one.</param>
    public static string Join(Database database, string staff, string membership, string company, string isAssigned, string session, string colleague = "null") =>
        $"""
        left join assist_company l on l.company_id = {company}
        left join assist_consent k on k.id = (
            select n.id from assist_consent n
            where (n.membership_id = {membership} or n.company_id = {company}) and (n.status = 'withdrawn' or (n.status = 'given' and (n.until is null or n.until > {database.Now})))
                and ((n.whom = 'anybody' and {staff} is not null) or n.staff_id = {staff} or n.operator_membership_id = {colleague} or (n.whom = 'assigned' and {isAssigned}))
                and (n.kind = 'standing' or (n.session_id is not distinct from {session} and n.membership_id is not distinct from {membership}))
            order by case when n.company_id is not null and n.status = 'withdrawn' then 0 when n.kind = 'once' then 1 when n.company_id is null then 2 else 3 end,
                case n.whom when 'staff' then 0 when 'colleague' then 0 when 'assigned' then 1 else 2 end, n.given_at desc
            limit 1)
        """;

    public static Consent Consent(string? agreed, DateTimeOffset? until)
    {
        if (agreed is null)
        {
            return OnBehalf.Assistance.Consent.None;
        }

        var parts = agreed.Split(' ');
        var kind = parts[0] == "withdrawn" ? ConsentKind.Withdrawn : parts[1] == "once" ? ConsentKind.Once : ConsentKind.Standing;
        var withheld = new Rights((ulong)long.Parse(parts[3], CultureInfo.InvariantCulture));
        return new Consent(kind, until, Words.Parse<Mode>(parts[2]), Rights.Everything.Without(withheld));
    }

    /// <summary>What the company asks for at least.</summary>
    public static ConsentNeed Need(string? word) => word is not null && PolicySpelling.TryParse<ConsentNeed>(word, out var need) ? need : ConsentNeed.None;
}
