using OnBehalf.Data;

namespace OnBehalf.Modules.Assistance;

/// <summary>How people are forgotten here: that somebody acted stays, what was written about the person goes.</summary>
internal static class AssistanceErasing
{
    private const string Places = "(select id from membership where buyer_id = {person})";
    private const string Companies = "(select company_id from membership where buyer_id = {person})";

    public static readonly PersonalRows Buyers = new(
        "buyer",
        "What was written down about him: reasons, tickets, notes of sessions, cases, requests and links, and his name in consents and mandates",
        "That somebody acted for him, when, in which mode and by which rule, without saying for whom",
        """
        update assisted_session set reason_text = null, raise_reason = null, ticket = null, network = null, browser = null where buyer_id = {person} or operator_buyer_id = {person}
        returning 1 as "Value"
        """,
        """update assist_case set note = null, close_note = null where buyer_id = {person} returning 1 as "Value" """,
        """update assist_protection set reason = {stand-in} where buyer_id = {person} returning 1 as "Value" """,
        $$"""update assist_request set note = null where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_link set reason_text = null, ticket = null where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_ask set note = null where membership_id in {{Places}} or operator_membership_id in {{Places}} returning 1 as "Value" """,
        $$"""
        update assist_consent set given_by = case when given_by = {name} then {stand-in} else given_by end,
            withdrawn_by = case when withdrawn_by = {name} then {stand-in} else withdrawn_by end
        where membership_id in {{Places}} or company_id in {{Companies}} returning 1 as "Value"
        """,
        """update assist_mandate set created_by = {stand-in} where created_by_id = {person} returning 1 as "Value" """,
        $$"""update assist_mandate set ended_by = {stand-in} where ended_by = {name} and company_id in {{Companies}} returning 1 as "Value" """,
        $$"""update assist_company set changed_by = {stand-in} where changed_by = {name} and company_id in {{Companies}} returning 1 as "Value" """,
        // Starts on their way, a few seconds old: whoever began one begins again.
        """delete from assist_hand_over where id is not null returning 1 as "Value" """);

    public static readonly PersonalRows Staff = new(
        "staff",
        "His name where he decided or wrote something down, and his own requests and links",
        "That a staff member acted, for whom and why, without saying who",
        """update assisted_session set network = null, browser = null where operator_staff_id = {person} returning 1 as "Value" """,
        """update assist_policy set created_by = {stand-in} where created_by_id = {person} returning 1 as "Value" """,
        """update assist_policy set decided_by = {stand-in} where decided_by_id = {person} returning 1 as "Value" """,
        """update assist_protection set set_by = {stand-in} where set_by = {name} returning 1 as "Value" """,
        """update assist_protection set lifted_by = {stand-in} where lifted_by = {name} returning 1 as "Value" """,
        """update assist_request set note = null where staff_id = {person} returning 1 as "Value" """,
        """update assist_request set decided_by = {stand-in} where decided_by_id = {person} returning 1 as "Value" """,
        """update assist_case set closed_by = {stand-in} where closed_by_id = {person} returning 1 as "Value" """,
        """update assist_closed set changed_by = {stand-in} where changed_by = {name} returning 1 as "Value" """,
        """update assist_link set reason_text = null, ticket = null where made_by_id = {person} returning 1 as "Value" """,
        """delete from assist_hand_over where id is not null returning 1 as "Value" """);
}
