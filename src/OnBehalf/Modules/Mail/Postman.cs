using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Mail;

/// <summary>
/// Hands one mail over: by SMTP when `Smtp:Host` is set (`Smtp:Port`, `User`, `Password`, `UseTls`, `From`), else as an `.eml` file in the folder `mail`
/// of the data folder, where any mail program opens it.
/// </summary>
internal sealed class Postman(IConfiguration configuration, ShopSettings settings, TimeProvider clock)
{
    // Goes beside the worker, and so through a folder of its own.
    private const string Trial = "test";

    private readonly string? _host = configuration["Smtp:Host"] is { Length: > 0 } host ? host : null;
    private readonly string _folder = Path.GetFullPath(Path.Combine(ShopHost.DataFolder(configuration), "mail"));

    /// <summary>Delivers or throws. Doing it twice leaves one file, or two mails with the same Message-ID.</summary>
    public async Task Deliver(MailRow mail, string body, MailProof proof, CancellationToken cancel)
    {
        using var message = await Compose(mail, body, cancel);
        if (proof.Text is not null)
        {
            message.Attachments.Add(Attachment.CreateAttachmentFromString(proof.Text, proof.FileName!, Encoding.UTF8, MediaTypeNames.Application.Octet));
        }

        if (_host is null)
        {
            await ToFile(message, mail, cancel);
        }
        else
        {
            await BySmtp(message, cancel);
        }
    }

    /// <summary>Hands a mail over at once and outside the outbox, to see whether that works.</summary>
    /// <returns>Null when the mail server took it, else what it or the way to it says.</returns>
    public async Task<string?> Try(string address, string name, string subject, string body, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            await Deliver(
                new MailRow { Id = IId<MailId>.New(), Kind = Trial, ToAddress = address, ToName = name, Subject = subject, Body = body, Status = "pending", CreatedAt = now, NextAttemptAt = now },
                body, MailProof.None, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Say("The mail server did not answer within 20 seconds.");
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // The framework says "Failure sending mail." and hides why below.
            var words = string.Join(" ", Below(error).Select(one => one.Message).Distinct());
            return words[..Math.Min(words.Length, 500)];
        }
    }

    private static IEnumerable<Exception> Below(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }

    /// <summary>The address is none, or the server does not know it: trying again changes nothing.</summary>
    public static bool IsFinal(Exception error) => error is FormatException or SmtpFailedRecipientException
    {
        StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath,
    };

    private async Task<MailMessage> Compose(MailRow mail, string body, CancellationToken cancel)
    {
        var from = configuration["Smtp:From"] is { Length: > 0 } configured ? configured : "shop@localhost";
        var sender = new MailAddress(from, await settings.Get(ShopSettings.ShopName, cancel), Encoding.UTF8);
        var message = new MailMessage(sender, new MailAddress(mail.ToAddress, mail.ToName, Encoding.UTF8))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = body.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            // The framework's quoted-printable writes line ends as =0D=0A, against RFC 2045 (6.7, rule 4).
            BodyTransferEncoding = Ascii.IsValid(body) && body.Split('\n').All(line => line.Length < 900) ? TransferEncoding.SevenBit : TransferEncoding.Base64,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{sender.Host}>");

        // Asks holiday replies to keep quiet (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task BySmtp(MailMessage message, CancellationToken cancel)
    {
        using var client = new SmtpClient(_host, configuration.GetValue("Smtp:Port", 25))
        {
            EnableSsl = configuration.GetValue("Smtp:UseTls", false),
            DeliveryFormat = SmtpDeliveryFormat.International,
        };
        if (configuration["Smtp:User"] is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, configuration["Smtp:Password"]);
        }

        await client.SendMailAsync(message, cancel);
    }

    // Written aside and moved, so that whoever watches the folder sees whole mails only. The framework chooses the file's name itself, so aside is a folder of
    // this process, which has one worker; making one for each mail cost more than the mail.
    private async Task ToFile(MailMessage message, MailRow mail, CancellationToken cancel)
    {
        var own = mail.Kind == Trial ? $"-{mail.Id.Value:N}" : "";
        var aside = Directory.CreateDirectory(Path.Combine(_folder, $".new-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}{own}"));
        foreach (var left in aside.EnumerateFiles())
        {
            left.Delete();
        }

        using (var client = new SmtpClient())
        {
            client.DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory;
            client.PickupDirectoryLocation = aside.FullName;
            client.DeliveryFormat = SmtpDeliveryFormat.International;
            await client.SendMailAsync(message, cancel);
        }

        File.Move(aside.EnumerateFiles("*.eml").Single().FullName, FileOf(mail), overwrite: true);
        if (own.Length > 0)
        {
            aside.Delete();
        }
    }

    private string FileOf(MailRow mail) => Path.Combine(
        _folder, string.Create(CultureInfo.InvariantCulture, $"{mail.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}-{mail.Kind}-{mail.Id.Value:N}.eml"));
}

/// <summary>Where mail goes, in words for the Back Office.</summary>
public sealed class MailRoute(IConfiguration configuration)
{
    public string Sender => configuration["Smtp:From"] is { Length: > 0 } from ? from : "shop@localhost";

    public string Words => configuration["Smtp:Host"] is { Length: > 0 } host ? Say($"the mail server {host}") : Say("files in the folder mail of the data folder");
}
