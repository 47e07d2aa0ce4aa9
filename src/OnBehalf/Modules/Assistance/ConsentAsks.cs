using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Asks a buyer whether a staff member may act for him once, and takes the answer: a code that he reads out, the link of the mail, or a tap on his open page.
/// The code belongs to this staff member, this buyer and this question; it is good for a few minutes and <see cref="Tries"/> attempts.
/// </summary>
public sealed class ConsentAsks
{
    public const int Tries = 5;
    public const int GoodForMinutes = 10;

    /// <summary>For how long a session can be asked for.</summary>
    public static readonly IReadOnlyList<int> Minutes = [15, 30, 60, 120];

    public static readonly Refusal Dead = Refusal.Conflict(
        "assistance.ask-over", "This question is over: it was answered, it is too old, or a newer one was asked. Nothing was changed.");

    private const int PerBuyerAndHour = 5;
    private const int PerStaffAndHour = 40;

    private static readonly Refusal TooOften = Refusal.Conflict(
        "assistance.asked-too-often", "You have asked very often within an hour. Call the customer, or ask your supervisor.");

    private static readonly Refusal NotNeeded = Refusal.Conflict("assistance.consent-not-needed", "No consent is needed any more, or it is there already. Go on.");

    private static readonly Refusal WrongCode = Refusal.Invalid(
        "assistance.code-wrong", "Code: that is not what the customer sees. Let him read out the six digits again.", "ConsentCode");

    private static readonly Refusal CodeDead = Refusal.Invalid(
        "assistance.code-over", "Code: it is no longer good – it is too old, or was typed wrongly too often. Ask the customer again.", "ConsentCode");

    private readonly Database _database;
    private readonly ShopPolicies _policies;
    private readonly ShopSettings _settings;
    private readonly Outbox _outbox;
    private readonly MasterKey _key;

    internal ConsentAsks(Database database, ShopPolicies policies, ShopSettings settings, Outbox outbox, MasterKey key) =>
        (_database, _policies, _settings, _outbox, _key) = (database, policies, settings, outbox, key);

    /// <summary>Asks; a newer question to the same buyer makes the older worthless.</summary>
    /// <param name="address">Where people reach the shop, for the link of the mail; null when nobody has set it.</param>
    public Task<Outcome<Done>> Ask(Caller caller, MembershipId membership, string reason, string? note, int minutes, string? address, CancellationToken cancel) => _database.Write<Done>(
        caller,
        async tx =>
        {
            if (OperatorKey.Of(caller) is not { Staff: { } staff } actor)
            {
                return AccessGate.NotInSession;
            }

            if ((SessionReason.Check(note, null) ?? (Minutes.Contains(minutes) ? null : Refusal.Invalid("assistance.minutes-unknown", "For how long: choose from the list.", "Minutes"))) is { } invalid)
            {
                return invalid;
            }

            var found = await Subjects.Lock(tx, _policies, actor, membership, now => new Attempt(Moment.Before, now) { ReasonCode = reason });
            if (found is not { IsFound: true })
            {
                return Subjects.Missing;
            }

            if (!found.Decision.IsAllowed)
            {
                return found.Decision.Refusal;
            }

            if (await StartStops.Find(tx, found) is { } stopped)
            {
                return stopped;
            }

            if (found.Decision.Asks.All(asked => asked.Need != Need.Consent))
            {
                return NotNeeded;
            }

            var since = tx.Now.AddHours(-1);
            var recent = await tx.Db.Set<AssistAskRow>().Where(row => row.StaffId == staff && row.AskedAt > since).ToListAsync(tx.Cancel);
            if (recent.Count >= PerStaffAndHour || recent.Count(row => row.MembershipId == membership) >= PerBuyerAndHour)
            {
                return TooOften;
            }

            recent.FindAll(row => row.MembershipId == membership && row.Status == "asked").ForEach(row => row.Status = "over");
            await Add(tx, staff, found, found.Buyer!.Value, membership, reason, note, minutes, address);
            return Done.It;
        },
        cancel);

    /// <summary>The answer of the buyer who is signed in.</summary>
    public Task<Outcome<Done>> Answer(Caller caller, Guid id, bool allows, CancellationToken cancel) => _database.Write<Done>(
        caller,
        async tx => caller is { Actor: Actor.Buyer, Session: null, Buyer: { } buyer } && await Locked(tx, "id = {0}", id) is { } row && row.MembershipId == buyer.Membership
            ? await Close(tx, row, allows, "tap", buyer.Name)
            : Dead,
        cancel);

    /// <summary>The answer of who holds the link of the mail.</summary>
    public Task<Outcome<Done>> Answer(byte[] link, bool allows, CancellationToken cancel) => _database.Write<Done>(
        Caller.Anonymous, async tx => await Locked(tx, "link_hash = {0}", link) is { } row ? await Close(tx, row, allows, "link", null) : Dead, cancel);

    /// <summary>The code that the staff member was told. A wrong one counts, also when nothing else happens.</summary>
    public async Task<Refusal?> Enter(Caller caller, MembershipId membership, string? code, CancellationToken cancel)
    {
        var outcome = await _database.Write<Entered>(
            caller,
            async tx =>
            {
                if (caller is not { Staff: { } staff, Session: null })
                {
                    return AccessGate.NotInSession;
                }

                var open = await tx.Db.Set<AssistAskRow>().AsNoTracking()
                    .Where(row => row.StaffId == staff.Id && row.MembershipId == membership && row.Status == "asked").OrderByDescending(row => row.AskedAt).FirstOrDefaultAsync(tx.Cancel);
                if (open is null || await Locked(tx, "id = {0}", open.Id) is not { } row || row.Status != "asked" || row.ExpiresAt <= tx.Now)
                {
                    return CodeDead;
                }

                var typed = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
                if (CryptographicOperations.FixedTimeEquals(Hash(row.Id, typed), row.CodeHash))
                {
                    return (await Close(tx, row, allows: true, "code", null)).Refusal is { } refusal ? refusal : new Entered(null);
                }

                // A refusal would roll the count back.
                row.Tries++;
                row.Status = row.Tries >= Tries ? "over" : row.Status;
                tx.Add(new ConsentCodeWrong(membership, row.Tries));
                return new Entered(row.Status == "over" ? CodeDead : WrongCode);
            },
            cancel);
        return outcome.Refusal ?? outcome.Value.Wrong;
    }

    /// <summary>The code for the page of the buyer.</summary>
    internal string Reveal(string codeSealed) => _key.Decrypt(codeSealed);

    /// <summary>Binds what was agreed to once to the session that begins with it: it is good for no other.</summary>
    internal static async Task Use(Tx tx, StaffId staff, MembershipId membership, AssistedSessionId session)
    {
        var rows = await tx.Db.Set<AssistConsentRow>()
            .Where(row => row.MembershipId == membership && row.StaffId == staff && row.Kind == "once" && row.Status == "given" && row.SessionId == null)
            .OrderByDescending(row => row.GivenAt).ToListAsync(tx.Cancel);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].SessionId = i == 0 ? session : null;
            rows[i].Status = i == 0 ? "given" : "over";
        }
    }

    private async Task Add(Tx tx, StaffId staff, LockedSubject found, BuyerId buyerId, MembershipId membership, string reason, string? note, int minutes, string? address)
    {
        var id = Guid.CreateVersion7();
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
        var (link, linkHash) = Cookies.NewToken();
        tx.Db.Add(new AssistAskRow
        {
            Id = id, StaffId = staff, MembershipId = membership, ReasonCode = reason, Note = note, Mode = found.Decision.Highest, Minutes = minutes, Status = "asked",
            CodeHash = Hash(id, code), CodeSealed = _key.Encrypt(code), LinkHash = linkHash, Tries = 0, AskedAt = tx.Now, ExpiresAt = tx.Now.AddMinutes(GoodForMinutes),
        });
        tx.Add(new ConsentAsked(buyerId, membership, found.Company, found.Decision.Highest, minutes, reason, note));
        var shop = await _settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        var buyer = (await tx.Db.Rows<Reader>("select email as \"Email\", first_name as \"FirstName\", last_name as \"LastName\" from buyer where id = {0}", buyerId.Value).ToListAsync(tx.Cancel))[0];
        _outbox.Add(tx, ConsentMails.Ask(
            buyerId, buyer.Email, $"{buyer.FirstName} {buyer.LastName}", tx.Caller.Staff!, shop, ConsentWords.Why(reason, note), ConsentWords.What(found.Decision.Highest, minutes),
            code, address is null ? null : $"{address}/consent?code={link}"));
    }

    private static async Task<Outcome<Done>> Close(Tx tx, AssistAskRow row, bool allows, string how, string? by)
    {
        if (row.Status != "asked" || row.ExpiresAt <= tx.Now)
        {
            return Dead;
        }

        var place = (await tx.Db.Rows<Place>(
            """
            select m.buyer_id as "Buyer", m.company_id as "Company", b.first_name as "FirstName", b.last_name as "LastName"
            from membership m join buyer b on b.id = m.buyer_id where m.id = {0} and m.status = 'active' and b.status = 'active'
            """,
            row.MembershipId.Value).ToListAsync(tx.Cancel)).SingleOrDefault();
        if (place is null)
        {
            return Dead;
        }

        (row.Status, row.AnsweredAt, row.How) = (allows ? "allowed" : "refused", tx.Now, how);
        var buyer = new BuyerId(place.Buyer);
        if (!allows)
        {
            tx.Add(new ConsentRefused(buyer, row.MembershipId, row.StaffId, how));
            return Done.It;
        }

        var until = tx.Now.AddMinutes(row.Minutes);
        tx.Db.Add(new AssistConsentRow
        {
            Id = Guid.CreateVersion7(), MembershipId = row.MembershipId, Kind = "once", Whom = "staff", StaffId = row.StaffId, Status = "given", Highest = row.Mode, Withheld = 0,
            Until = until, How = how, GivenAt = tx.Now, GivenBy = by ?? $"{place.FirstName} {place.LastName}",
        });
        tx.Add(new ConsentGiven(
            buyer, row.MembershipId, place.Company is { } company ? new CompanyId(company) : null, "once", "staff", row.StaffId, row.Mode, Rights.None, until, how));
        return Done.It;
    }

    private static async Task<AssistAskRow?> Locked(Tx tx, string where, object key)
    {
        var sql = $"select * from assist_ask where {where}" + (tx.Database.Kind == DatabaseKind.Postgres ? " for update" : "");
        return (await tx.Db.Set<AssistAskRow>().FromSqlRaw(sql, key).AsTracking().ToListAsync(tx.Cancel)).SingleOrDefault();
    }

    private static byte[] Hash(Guid id, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{id:N} {code}"));

    // The refusal of a wrong code as a value: the transaction that counts it commits.
    private readonly record struct Entered(Refusal? Wrong);

    private sealed record Reader(string Email, string FirstName, string LastName);

    private sealed record Place(Guid Buyer, Guid? Company, string FirstName, string LastName);
}
