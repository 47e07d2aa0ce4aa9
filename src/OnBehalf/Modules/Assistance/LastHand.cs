using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who made or changed a row last for somebody else, read along with the row; all null when its owner did, or the import.</summary>
/// <param name="HandOf">The operator, as he is called today.</param>
/// <param name="HandDealer">The company of an operator who works for another one than the customer.</param>
/// <param name="HandFor">For whom, in a session: the buyer, or the company as a whole. Null for staff in their own portal.</param>
public sealed record LastHand(string? HandOf, string? HandDealer, string? HandFor, DateTimeOffset? HandAt)
{
    public static readonly LastHand Nobody = new(null, null, null, null);

    internal static readonly string Columns = $"""
        coalesce(hs.first_name || ' ' || hs.last_name, ho.first_name || ' ' || ho.last_name) as "HandOf",
        {OperatorKey.DealerSql("hx.operator_membership_id", "hx.company_id")} as "HandDealer",
        coalesce(hb.first_name || ' ' || hb.last_name, hc.name) as "HandFor", he.at as "HandAt"
        """;

    /// <summary>"Karim Weiss for Ines Albrecht"</summary>
    public string? Who => Operator is null ? null : HandFor is null ? Operator : $"{Operator} for {HandFor}";

    /// <summary>"Karim Weiss"</summary>
    public string? Operator => HandOf is null ? null : OperatorKey.Name(HandOf, HandDealer);

    /// <param name="row">The alias of a delegated row.</param>
    internal static string Joins(string row) => Joins($"{row}.audit_event_id", $"{row}.session_id");

    /// <summary>Of a person: who changed his data last, else who gave him his place.</summary>
    internal const string OfPerson = "coalesce(b.audit_event_id, m.audit_event_id)";

    /// <inheritdoc cref="OfPerson"/>
    internal const string SessionOfPerson = "case when b.audit_event_id is null then m.session_id else b.session_id end";

    /// <param name="auditEvent">The id of the event, as SQL.</param>
    /// <param name="session">The id of the session, as SQL.</param>
    internal static string Joins(string auditEvent, string session) => $"""
        left join audit_event he on he.id = {auditEvent}
        left join assisted_session hx on hx.id = {session}
        left join person_key hk on hk.ref = he.operator_staff_ref
        left join staff hs on hs.id = hk.person_id
        left join buyer ho on ho.id = hx.operator_buyer_id
        left join buyer hb on hb.id = hx.buyer_id
        left join company hc on hc.id = hx.company_id and hx.buyer_id is null
        """;

    /// <summary>"by Karim Weiss for Ines Albrecht, 22 Nov 2026, 11:40", small; nothing when there is nobody to name.</summary>
    public IHtmlContent InSmall => Who is not { } who ? HtmlString.Empty
        : new HtmlString($"<div class=\"small text-secondary last-hand\">by {WebUtility.HtmlEncode(who)}{(HandAt is { } at ? $", {Html.DateTime(at)}" : "")}</div>");
}
