using OnBehalf.Data;

namespace OnBehalf.Modules.Mail;

/// <summary>How people are forgotten here: mails to somebody go, and mails to others no longer name him.</summary>
internal static class MailErasing
{
    private const string Unnamed = """
        update mail set to_name = case when to_name = {name} then {stand-in} else to_name end, subject = replace(replace(subject, {email}, {stand-in}), {name}, {stand-in}),
            body = replace(replace(body, {email}, {stand-in}), {name}, {stand-in}), last_error = null
        where replace(subject || body, {email}, '') <> subject || body or replace(subject || body, {name}, '') <> subject || body returning 1 as "Value"
        """;

    public static readonly PersonalRows Buyers = new(
        "buyer", "Copies of mails to him, and his name and address in those to others", null,
        """delete from mail where buyer_id = {person} or to_address = {email} returning 1 as "Value" """, Unnamed);

    public static readonly PersonalRows Staff = new(
        "staff", "Copies of mails to him, and his name and address in those to others", null,
        """delete from mail where staff_id = {person} or to_address = {email} returning 1 as "Value" """, Unnamed);
}
