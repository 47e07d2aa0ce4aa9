using System.Globalization;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The one consent that counts for an operator and a buyer, read along with what else is judged. What a company took back comes first; then what was agreed
/// to for this session, what the buyer said, what his company said; of these the one about the operator himself before that about all.
/// </summary>
internal static class ConsentSql
{
    public const string Columns =
        """
        k.status || ' ' || k.kind || ' ' || k.highest || ' ' || cast(k.withheld as text) as "Agreed", k.until as "AgreedUntil", l.consent as "CompanyAsks"
        """;

    /// <param name="staff">The operator's id as SQL, and so on; null where there is none.</param>
    /// <param name="isAssigned">Whether the company is assigned to him.</param>
    /// <param name="session">The session, for what was agreed to once; `null` before there is one.</param>
    public static string Join(Database database, string staff, string membership, string company, string isAssigned, string session) =>
        $"""
        left join assist_company l on l.company_id = {company}
        left join assist_consent k on k.id = (
            select q.id from assist_consent q
            where (q.membership_id = {membership} or q.company_id = {company}) and (q.status = 'withdrawn' or (q.status = 'given' and (q.until is null or q.until > {database.Now})))
                and (q.whom = 'anybody' or q.staff_id = {staff} or (q.whom = 'assigned' and {isAssigned}))
                and (q.kind = 'standing' or q.session_id is not distinct from {session})
            order by case when q.company_id is not null and q.status = 'withdrawn' then 0 when q.kind = 'once' then 1 when q.company_id is null then 2 else 3 end,
                case q.whom when 'staff' then 0 when 'assigned' then 1 else 2 end, q.given_at desc
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
