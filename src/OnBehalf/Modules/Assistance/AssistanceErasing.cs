using OnBehalf.Data;

namespace OnBehalf.Modules.Assistance;

/// <summary>How people are forgotten here: that somebody acted stays, what was written about the person goes.</summary>
internal static class AssistanceErasing
{
    private const string Places = "(select id from membership where buyer_id = {person})";

    public static readonly PersonalRows Buyers = new(
        "buyer",
        "What was written down about him: reasons, tickets, notes of sessions, cases, requests and links, and his name in consents and mandates",
        "That somebody acted for him, when, in which mode and by which rule, without saying for whom; a session in which an order was placed is found by that order as long as it is kept",
        """
        update assisted_session set reason_text = null, raise_reason = null, ticket = null, network = null, browser = null where buyer_id = {person} or operator_buyer_id = {person}
        returning 1 as "Value"
        """,
        """update assist_case set note = null, close_note = null where buyer_id = {person} returning 1 as "Value" """,
        """delete from assist_protection where buyer_id = {person} returning 1 as "Value" """,
        $$"""update assist_request set note = null where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_link set reason_text = null, ticket = null where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_ask set note = null where membership_id in {{Places}} or operator_membership_id in {{Places}} returning 1 as "Value" """,
        $$"""
        update assist_consent set given_by = case when given_by_id = {person} then {stand-in} else given_by end,
            withdrawn_by = case when withdrawn_by_id = {person} then {stand-in} else withdrawn_by end
        where given_by_id = {person} or withdrawn_by_id = {person} returning 1 as "Value"
        """,
        """update assist_consent set given_by_id = null where given_by_id = {person} returning 1 as "Value" """,
        """update assist_consent set withdrawn_by_id = null where withdrawn_by_id = {person} returning 1 as "Value" """,
        """update assist_mandate set created_by = {stand-in}, created_by_id = {nobody} where created_by_id = {person} returning 1 as "Value" """,
        """update assist_mandate set ended_by = {stand-in}, ended_by_id = null where ended_by_id = {person} returning 1 as "Value" """,
        """update assist_company set changed_by = {stand-in}, changed_by_id = null where changed_by_id = {person} returning 1 as "Value" """,

        // From here on nothing leads from what the log names to his orders, on which his name stands.
        """update assisted_session set buyer_id = {nobody}, membership_id = {nobodys-place} where buyer_id = {person} returning 1 as "Value" """,
        """update assisted_session set operator_buyer_id = {nobody}, operator_membership_id = {nobodys-place} where operator_buyer_id = {person} returning 1 as "Value" """,
        """update assist_case set buyer_id = {nobody} where buyer_id = {person} returning 1 as "Value" """,
        $$"""delete from assist_request where status = 'asked' and membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_request set membership_id = {nobodys-place} where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_link set membership_id = {nobodys-place} where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_ask set membership_id = {nobodys-place} where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_ask set operator_membership_id = {nobodys-place} where operator_membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_consent set membership_id = {nobodys-place} where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_consent set operator_membership_id = {nobodys-place} where operator_membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_mandate set membership_id = {nobodys-place} where membership_id in {{Places}} returning 1 as "Value" """,
        $$"""update assist_mandate set operator_membership_id = {nobodys-place} where operator_membership_id in {{Places}} returning 1 as "Value" """,
        $$"""delete from assist_spending where operator_id = {person} or operator_id in {{Places}} or customer_id in {{Places}} returning 1 as "Value" """,
        """delete from assist_watch where subject = {person} returning 1 as "Value" """,
        // Starts on their way, a few seconds old: whoever began one begins again.
        """delete from assist_hand_over where id is not null returning 1 as "Value" """);

    public static readonly PersonalRows Staff = new(
        "staff",
        "His name where he decided or wrote something down, and his own requests and links",
        "That a staff member acted, for whom and why, without saying who",
        """update assisted_session set network = null, browser = null where operator_staff_id = {person} returning 1 as "Value" """,
        """update assist_policy set created_by = {stand-in} where created_by_id = {person} returning 1 as "Value" """,
        """update assist_policy set decided_by = {stand-in} where decided_by_id = {person} returning 1 as "Value" """,
        """update assist_protection set set_by = {stand-in}, set_by_id = null where set_by_id = {person} returning 1 as "Value" """,
        """update assist_protection set lifted_by = {stand-in}, lifted_by_id = null where lifted_by_id = {person} returning 1 as "Value" """,
        """update assist_consent set given_by = {stand-in}, given_by_id = null where given_by_id = {person} returning 1 as "Value" """,
        """update assist_consent set withdrawn_by = {stand-in}, withdrawn_by_id = null where withdrawn_by_id = {person} returning 1 as "Value" """,
        """update assist_request set note = null where staff_id = {person} returning 1 as "Value" """,
        """update assist_ask set note = null where staff_id = {person} returning 1 as "Value" """,
        """update assist_request set decided_by = {stand-in} where decided_by_id = {person} returning 1 as "Value" """,
        """update assist_case set closed_by = {stand-in} where closed_by_id = {person} returning 1 as "Value" """,
        """update assist_closed set changed_by = {stand-in}, changed_by_id = null where changed_by_id = {person} returning 1 as "Value" """,
        """update assist_link set reason_text = null, ticket = null where made_by_id = {person} returning 1 as "Value" """,
        """delete from assist_hand_over where id is not null returning 1 as "Value" """);
}
