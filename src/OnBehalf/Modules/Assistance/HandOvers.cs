using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>What the browser carries by one form from the staff host to the shop host.</summary>
/// <param name="Action">Where the form goes.</param>
public sealed record HandOver(Guid Id, string Code, string Action);

/// <summary>
/// The way of a start from the staff host to the shop host, an authorization code with PKCE in small: the shop host gave this browser a secret, of which
/// the staff host knows the hash; the staff host judges the start and gives a code for it, which counts once, for a minute, for this operator's sign-in and
/// in this browser; the shop host takes it by POST, judges again, and makes the credential of the session. Nothing secret is ever in a URL.
/// </summary>
public sealed class HandOvers(Database database, SignInQueries signIns, AssistedSessions sessions, Hosts hosts)
{
    /// <summary>The cookie on the shop host with the secret of this browser.</summary>
    public const string Cookie = "assist-tx";

    /// <summary>How long a code counts.</summary>
    public const int Seconds = 60;

    public static readonly Refusal Failed = Refusal.Conflict(
        "assistance.hand-over-failed", "This start did not arrive: it took too long, was used already, or began in another browser. Nothing has begun. Go back to your desk and start again.");

    private static readonly JsonSerializerOptions Json = new() { Converters = { new SubjectJson() } };

    private static readonly Caller Self = Caller.Machine("hand-over");

    /// <summary>Over the shop host, which gives this browser its secret, back to the same page.</summary>
    public string Way(HttpRequest request) =>
        $"{hosts.ShopOrigin(request)}/assist/accept?back={Uri.EscapeDataString(ReturnPath.Of(request.Path + request.QueryString, request.Path))}";

    /// <summary>The hash of this browser's secret, as the shop host put it into the address of the page; null when it was not there.</summary>
    public static byte[]? BrowserOf(HttpRequest request)
    {
        if (request.Query["browser"] is not [{ Length: 43 } text])
        {
            return null;
        }

        try
        {
            return WebEncoders.Base64UrlDecode(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Judges the start and gives the code for it; what the same operator wanted before is void.</summary>
    public async Task<Outcome<HandOver>> Make(HttpRequest at, Caller caller, SessionRequest request, string landing, byte[] browser, CancellationToken cancel)
    {
        var (code, hash) = Cookies.NewToken();
        var id = Guid.NewGuid();
        var outcome = await sessions.Prepare(
            caller,
            request,
            async (tx, staff) =>
            {
                tx.Db.RemoveRange(await tx.Db.Set<AssistHandOverRow>().Where(row => row.StaffId == staff).ToListAsync(tx.Cancel));
                tx.Db.Add(new AssistHandOverRow
                {
                    Id = id, CodeHash = hash, BrowserHash = browser, StaffId = staff, SignInId = caller.Staff!.SignIn, Landing = landing, MadeAt = tx.Now,
                    Request = JsonSerializer.Serialize(request with { Network = null }, Json),
                });
            },
            cancel);
        return outcome.Refusal is { } refusal ? refusal : new HandOver(id, code, hosts.ShopOrigin(at) + "/assist/redemption");
    }

    /// <summary>Begins the session for which a code was given, as the operator who got it and under his sign-in.</summary>
    /// <param name="secret">What the cookie of this browser says.</param>
    public async Task<Outcome<(StartedSession Session, string Landing, SignInId SignIn)>> Redeem(Guid id, string? code, string? secret, IPAddress? network, CancellationToken cancel)
    {
        AssistHandOverRow? row;
        await using (var db = database.Read())
        {
            row = await db.Set<AssistHandOverRow>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        }

        if (row is null)
        {
            return Failed;
        }

        var isOurCode = Fits(row.CodeHash, code);
        if (!isOurCode || !Fits(row.BrowserHash, secret))
        {
            await database.Record(Self, new HandOverRefused(row.StaffId, isOurCode ? "other-browser" : "other-code"), cancel);
            return Failed;
        }

        if (await signIns.FindStaff(row.SignInId, cancel) is not { } caller)
        {
            return Authority.SignInOver;
        }

        var request = JsonSerializer.Deserialize<SessionRequest>(row.Request, Json)! with { Network = network, HandOver = id };
        var started = await sessions.Start(caller, request, cancel);
        return started.Refusal is { } refusal ? refusal : (started.Value, row.Landing, row.SignInId);
    }

    /// <summary>Uses a code up in the transaction of the start, which comes after every other start of this operator; false when it no longer counts.</summary>
    internal static async Task<bool> Take(Tx tx, Guid id)
    {
        var earliest = tx.Now.AddSeconds(-Seconds);
        if (await tx.Db.Set<AssistHandOverRow>().SingleOrDefaultAsync(row => row.Id == id && row.MadeAt > earliest, tx.Cancel) is not { } row)
        {
            return false;
        }

        tx.Db.Remove(row);
        return true;
    }

    private static bool Fits(byte[] hash, string? token) => Cookies.Hash(token) is { } of && CryptographicOperations.FixedTimeEquals(hash, of);

    // One of the two ids, told apart by its name.
    private sealed class SubjectJson : JsonConverter<SessionSubject>
    {
        public override SessionSubject Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var (kind, id) = reader.GetString()!.Split(':') is [var name, var text] ? (name, Guid.Parse(text)) : throw new JsonException();
            return kind == "company" ? new CompanyId(id) : new MembershipId(id);
        }

        public override void Write(Utf8JsonWriter writer, SessionSubject subject, JsonSerializerOptions options) =>
            writer.WriteStringValue(subject.Company is { } company ? $"company:{company}" : $"membership:{subject.Membership}");
    }
}

/// <summary>A code for a start came with another browser's secret, or another code with its number: `other-browser`, `other-code`.</summary>
public sealed record HandOverRefused(StaffId Operator, Code Cause) : Fact, IRefusedFact
{
    public override string Name => "assistance.hand-over-refused";
}
