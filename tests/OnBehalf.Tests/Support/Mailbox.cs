using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Tests.Support;

/// <summary>A mail as its reader sees it.</summary>
public sealed record ReadMail(string File, string To, string From, string Subject, string Body, string Raw)
{
    /// <summary>The first link in it.</summary>
    public string Link => Regex.Match(Body, @"https?://\S+").Value;
}

/// <summary>The mail files of a test shop, decoded. `await shop.Mail("password-reset")` waits for the first of its kind.</summary>
public static class Mailbox
{
    /// <summary>Stores a mail as a module does, with a fact.</summary>
    public static async Task<MailId> Put(this TestShop shop, OutgoingMail mail)
    {
        await shop.Database.Write<Done>(Caller.Machine("test"), tx =>
        {
            tx.Add(new RowsTidied("test", 1));
            shop.Services.GetRequiredService<Outbox>().Add(tx, mail);
            return Task.FromResult<Outcome<Done>>(Done.It);
        });
        return new MailId(Guid.Parse(await shop.Scalar<string>("select cast(id as text) from mail order by id desc limit 1")));
    }

    public static IReadOnlyList<ReadMail> Mails(this TestShop shop, string kind = "")
    {
        var folder = new DirectoryInfo(Path.Combine(shop.Folder, "mail"));
        return !folder.Exists ? [] : [.. folder.EnumerateFiles($"*-{kind}*.eml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => Read(file.FullName))];
    }

    public static async Task<ReadMail> Mail(this TestShop shop, string kind, int number = 1)
    {
        await Eventually(() => Task.FromResult(shop.Mails(kind).Count >= number), $"mail {number} of kind {kind}");
        return shop.Mails(kind)[number - 1];
    }

    /// <summary>Waits until something is so that another thread does.</summary>
    public static async Task Eventually(Func<Task<bool>> isSo, string what)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 400, $"Waited too long for: {what}");
            await Task.Delay(25);
        }
    }

    public static ReadMail Read(string file) => Parse(file, File.ReadAllText(file));

    public static ReadMail Parse(string file, string raw)
    {
        var split = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = raw[..split].Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Select(line => line.Split(": ", 2))
            .Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => Header(pair[1]), StringComparer.OrdinalIgnoreCase);
        var body = headers["Content-Transfer-Encoding"].FirstOrDefault() switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(raw[(split + 4)..])),
            "quoted-printable" => Printed(raw[(split + 4)..]),
            _ => raw[(split + 4)..],
        };
        return new ReadMail(
            file, headers["To"].First(), headers["From"].First(), headers["Subject"].FirstOrDefault() ?? "", body.ReplaceLineEndings("\n").TrimEnd(), raw);
    }

    private static string Header(string value) => Regex.Replace(
        value.Replace("?==?", "?= =?", StringComparison.Ordinal), @"=\?utf-8\?(?<how>[QB])\?(?<text>[^?]*)\?=\s*",
        match => match.Groups["how"].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["text"].Value))
            : Printed(match.Groups["text"].Value.Replace('_', ' ')),
        RegexOptions.IgnoreCase);

    // Quoted-printable, RFC 2045 §6.7.
    private static string Printed(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]).ReplaceLineEndings("\n");
    }
}
