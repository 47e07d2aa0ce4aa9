using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Exports;

/// <summary>A destination as somebody types it.</summary>
public sealed class StreamDraft
{
    public string? Name { get; set; }
    public string? Kind { get; set; } = "http";
    public string? Address { get; set; }
    public string? Form { get; set; } = "ecs";
    public string? Token { get; set; }
    public string? Authority { get; set; }
    public bool FromBeginning { get; set; }
}

/// <summary>Where the log is sent to: added, switched, tried and removed by administrators, each with a fact.</summary>
public sealed class Streams
{
    public const int LongestName = 60;
    public const int MostStreams = 20;

    public static IReadOnlyList<(string Value, string Words)> Kinds =>
        [("http", Say("HTTPS, lines of JSON")), ("syslog-tls", Say("Syslog over TLS")), ("syslog-tcp", Say("Syslog over TCP, own network")), ("syslog-udp", Say("Syslog over UDP, own network"))];

    public static IReadOnlyList<(string Value, string Words)> Forms =>
        [("ecs", "Elastic Common Schema"), ("cloudevents", Say("CloudEvents around it")), ("ocsf", "OCSF")];

    private readonly Database _database;
    private readonly MasterKey _key;
    private readonly StreamTarget _target;
    private readonly StreamDelivery _delivery;
    private readonly RecordQueries _records;
    private readonly TimeProvider _clock;

    internal Streams(Database database, MasterKey key, StreamTarget target, StreamDelivery delivery, RecordQueries records, TimeProvider clock) =>
        (_database, _key, _target, _delivery, _records, _clock) = (database, key, target, delivery, records, clock);

    /// <summary>Adds a destination. What is returned is the key of the signatures, for the receiver; it is not shown again.</summary>
    public Task<Outcome<string>> Add(Caller caller, StreamDraft draft, CancellationToken cancel)
    {
        if (Check(draft) is { } refusal)
        {
            return Task.FromResult<Outcome<string>>(refusal);
        }

        var isHttp = draft.Kind == "http";
        var secret = isHttp ? "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) : "";
        return _database.Write<string>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<AuditStreamRow>().CountAsync(tx.Cancel) >= MostStreams)
                {
                    return Refusal.Conflict("audit.streams-too-many", $"There are {MostStreams} already. Remove one first.");
                }

                // What is not kept any more is not waited for.
                var from = (await tx.Db.Rows<long>($"select {(draft.FromBeginning ? "pruned" : "size")} as \"Value\" from audit_tree").ToListAsync(tx.Cancel))[0];
                var row = new AuditStreamRow
                {
                    Id = Guid.CreateVersion7(), Name = draft.Name!.Trim(), Kind = draft.Kind!, Address = draft.Address!.Trim(), Form = draft.Form!,
                    Token = isHttp && Typed(draft.Token) is { } token ? _key.Encrypt(token) : null, SigningKey = isHttp ? _key.Encrypt(secret) : null,
                    Authority = draft.Kind is "http" or "syslog-tls" ? Typed(draft.Authority) : null,
                    IsOn = true, MadeById = tx.Caller.Staff!.Id, MadeAt = tx.Now, NextIndex = from, NextAttemptAt = tx.Now,
                };
                tx.Db.Add(row);
                tx.Add(new StreamAdded(row.Id, row.Kind, row.Form, row.Address, from));
                return secret;
            },
            cancel);
    }

    public Task<Outcome<Done>> Remove(Caller caller, Guid id, CancellationToken cancel) => Change(caller, id, (tx, row) =>
    {
        tx.Db.Remove(row);
        tx.Add(new StreamRemoved(row.Id, row.Address, row.NextIndex));
    }, cancel);

    /// <summary>Off: nothing is sent, and nothing is lost: it goes on where it stood.</summary>
    public Task<Outcome<Done>> Switch(Caller caller, Guid id, bool isOn, CancellationToken cancel) => Change(caller, id, (tx, row) =>
    {
        if (row.IsOn != isOn)
        {
            (row.IsOn, row.Failures, row.NextAttemptAt) = (isOn, 0, tx.Now);
            tx.Add(new StreamSwitched(row.Id, isOn, row.NextIndex));
        }
    }, cancel);

    /// <summary>Sends one record that is none of the log, with the index -1, and says whether it arrived.</summary>
    public async Task<Outcome<Done>> Test(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var db = _database.Read();
        if (await db.Set<AuditStreamRow>().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
        {
            return Missing;
        }

        Refusal? refusal = null;
        try
        {
            var origin = await _records.Origin(cancel);
            await _delivery.Send(Receiver(row), Batch(row, origin, [AuditRecord.Test(_clock.GetUtcNow(), origin)]), cancel);
        }
        catch (StreamException error)
        {
            refusal = Refusal.Conflict("audit.stream-test-failed", $"The test record did not arrive. {error.Message}");
        }

        await _database.Record(caller, new StreamTested(id, refusal is null), cancel);
        return refusal is null ? Done.It : refusal;
    }

    /// <summary>Where and how; secrets are opened here and go nowhere else.</summary>
    internal StreamReceiver Receiver(AuditStreamRow row)
    {
        try
        {
            return new StreamReceiver(
                row.Kind, row.Address, row.Token is null ? null : _key.Decrypt(row.Token),
                row.SigningKey is null ? null : Convert.FromBase64String(_key.Decrypt(row.SigningKey)["whsec_".Length..]), row.Authority);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            throw new StreamException("Its token cannot be opened with the master key of this node. Add the stream anew.", error);
        }
    }

    internal static StreamBatch Batch(AuditStreamRow row, string origin, IReadOnlyList<AuditRecord> records)
    {
        var isSyslog = row.Kind != "http";
        return new StreamBatch(
            $"{row.Id:N}-{records[0].Index}-{records[^1].Index}", origin, records[0].Index, records[^1].Index,
            [.. records.Select(record => isSyslog ? StreamMessage.Syslog(record, row.Form, origin) : StreamMessage.Json(record, row.Form, origin))]);
    }

    private static Refusal Missing => Refusal.Missing("audit.stream-gone", "This stream was removed meanwhile.");

    private Task<Outcome<Done>> Change(Caller caller, Guid id, Action<Tx, AuditStreamRow> change, CancellationToken cancel) => _database.Write<Done>(
        caller,
        async tx =>
        {
            if (await tx.Db.Set<AuditStreamRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is not { } row)
            {
                return Missing;
            }

            change(tx, row);
            return Done.It;
        },
        cancel);

    private Refusal? Check(StreamDraft draft)
    {
        if (Typed(draft.Name) is not { Length: <= LongestName } name || name.Any(char.IsControl))
        {
            return Refusal.Invalid("audit.stream-name", $"How it is called, in 1 to {LongestName} characters.", nameof(draft.Name));
        }

        if (Kinds.All(kind => kind.Value != draft.Kind))
        {
            return Refusal.Invalid("audit.stream-kind", "Choose how it is sent.", nameof(draft.Kind));
        }

        if (Forms.All(form => form.Value != draft.Form) || (draft.Kind != "http" && draft.Form == "cloudevents"))
        {
            return Refusal.Invalid("audit.stream-form", "Choose a form; CloudEvents go over HTTPS only.", nameof(draft.Form));
        }

        if (Typed(draft.Token) is { } token && (token.Length > 2_000 || token.Any(letter => letter is <= ' ' or >= '\x7F')))
        {
            return Refusal.Invalid("audit.stream-token", "A token has no blanks and only plain letters, digits and signs.", nameof(draft.Token));
        }

        return Typed(draft.Address) is not { Length: <= 400 } address
            ? Refusal.Invalid("audit.stream-address-missing", "Where it is sent to.", nameof(draft.Address))
            : _target.Check(draft.Kind!, address) ?? (Typed(draft.Authority) is { } pem && !IsCertificate(pem)
                ? Refusal.Invalid("audit.stream-authority", "A certificate as PEM, from -----BEGIN CERTIFICATE----- to the end.", nameof(draft.Authority)) : null);
    }

    private static bool IsCertificate(string pem)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return pem.Length < 20_000 && certificates.Count > 0 && certificates.All(certificate => !certificate.HasPrivateKey) && !pem.Contains("PRIVATE KEY", StringComparison.Ordinal);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
