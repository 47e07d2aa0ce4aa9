using System.Text.RegularExpressions;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>How people are forgotten here: mails to somebody go, and mails to others no longer name him.</summary>
internal static class MailErasing
{
    private static readonly Phrase Goes = "Copies of mails to him, and his name and address in those to others";

    private const string Naming = """
        select id as "Id", to_name as "ToName", subject as "Subject", body as "Body" from mail
        where replace(lower(subject || body), lower({1}), '') <> lower(subject || body) or replace(subject || body, {0}, '') <> subject || body or to_name = {0}
        """;

    public static readonly PersonalRows Buyers = new(
        "buyer", Goes, null, """delete from mail where buyer_id = {person} or lower(to_address) = lower({email}) returning 1 as "Value" """)
    { Beyond = Unname };

    public static readonly PersonalRows Staff = new(
        "staff", Goes, null, """delete from mail where staff_id = {person} or lower(to_address) = lower({email}) returning 1 as "Value" """)
    { Beyond = Unname };

    // As words: an address may be the end of a longer one, and a name the beginning of another.
    private static async Task<int> Unname(Tx tx, ErasedPerson person)
    {
        var address = new Regex($@"(?<![\p{{L}}\p{{N}}.!#$%&'*+/=?^_`{{|}}~-]){Regex.Escape(person.Email)}(?![\p{{L}}\p{{N}}-]|\.[\p{{L}}\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var name = new Regex($@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(person.Name)}(?![\p{{L}}\p{{N}}])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var changed = 0;
        foreach (var mail in await tx.Db.Rows<Words>(Naming, person.Name, person.Email).ToListAsync(tx.Cancel))
        {
            var (to, subject, body) = (mail.ToName is null ? null : Plain(mail.ToName), Plain(mail.Subject), Plain(mail.Body));
            if ((to, subject, body) != (mail.ToName, mail.Subject, mail.Body))
            {
                await tx.Db.Rows<int>(
                    """update mail set to_name = {0}, subject = {1}, body = {2}, last_error = null where id = {3} returning 1 as "Value" """, to, subject, body, mail.Id).ToListAsync(tx.Cancel);
                changed++;
            }
        }

        return changed + (await tx.Db.Rows<int>(
            """update mail set last_error = null where replace(lower(last_error), lower({0}), '') <> lower(last_error) returning 1 as "Value" """, person.Email).ToListAsync(tx.Cancel)).Count;

        string Plain(string text) => name.Replace(address.Replace(text, ErasedPerson.StandIn), ErasedPerson.StandIn);
    }

    private sealed record Words(Guid Id, string? ToName, string Subject, string Body);
}
