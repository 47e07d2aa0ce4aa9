using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is kept of sessions for a while: what people wrote down. That somebody acted, for whom, when and by which rule stays.</summary>
internal static class AssistanceAging
{
    private static readonly Phrase Title = "Reasons, tickets and notes of sessions";

    private static readonly string Days = ShopSettings.KeepSessionTextDays.Name;

    public static readonly IReadOnlyList<AgingRows> All =
    [
        new(
            "session-text", Days, Title, "s.id", "s.ended_at",
            $"assisted_session s where s.status <> 'active' and (s.reason_text is not null or s.raise_reason is not null or s.ticket is not null) and {AgingRows.NotHeld("s.buyer_id")} and {AgingRows.NotHeld("s.operator_buyer_id")} and {AgingRows.StaffNotHeld("s.operator_staff_id")}",
            """update assisted_session set reason_text = null, raise_reason = null, ticket = null where id in ({found}) returning 1 as "Value" """),
        new(
            "cases", Days, Title, "k.id", "k.closed_at",
            $"assist_case k where (k.note is not null or k.close_note is not null) and {AgingRows.NotHeld("k.buyer_id")}",
            """update assist_case set note = null, close_note = null where id in ({found}) returning 1 as "Value" """),
        new(
            "requests", Days, Title, "r.id", "r.asked_at",
            $"assist_request r where r.note is not null and r.status <> 'asked' and {AgingRows.NotHeldIn("r.membership_id")} and {AgingRows.StaffNotHeld("r.staff_id")}",
            """update assist_request set note = null where id in ({found}) returning 1 as "Value" """),
        new(
            "asks", Days, Title, "a.id", "a.asked_at",
            $"assist_ask a where a.note is not null and a.status <> 'asked' and {AgingRows.NotHeldIn("a.membership_id")} and {AgingRows.StaffNotHeld("a.staff_id")}",
            """update assist_ask set note = null where id in ({found}) returning 1 as "Value" """),
        new(
            "links", Days, Title, "l.id", "l.made_at",
            $"assist_link l where (l.reason_text is not null or l.ticket is not null) and {AgingRows.NotHeldIn("l.membership_id")} and {AgingRows.StaffNotHeld("l.made_by_id")} and {AgingRows.StaffNotHeld("l.staff_id")}",
            """update assist_link set reason_text = null, ticket = null where id in ({found}) returning 1 as "Value" """),
    ];
}
