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
/// Asks a buyer whether somebody may act for him once, or an administrator whether for his company as a whole, and takes the answer: a code that he reads out, the
/// link of the mail, or a tap on his open page. The code belongs to this operator, this customer and this question; it is good for a few minutes and <see cref="Tries"/> attempts.
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
    private const int PerOperatorAndHour = 40;

    private static readonly Refusal TooOften = Refusal.Conflict(
        "assistance.asked-too-often", "You have asked very often within an hour. Call the customer, or ask your supervisor.");

    private static readonly Refusal NotNeeded = Refusal.Conflict("assistance.consent-not-needed", "No consent is needed any more, or it is there already. Go on.");

    private static readonly Refusal NobodyToAsk = Refusal.Invalid(
        "assistance.nobody-to-ask", "Whom to ask: choose an administrator of the company from the list.", "ConsentBy");

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

    /// <summary>Asks; a newer question about the same customer makes the older worthless.</summary>
    /// <param name="administrator">Of a company as a whole: who of it is asked.</param>
    /// <param name="address">Where people reach the shop, for the link of the mail; null when nobody has set it.</param>
    public Task<Outcome<Done>> Ask(Caller caller, SessionSubject subject, MembershipId? administrator, string reason, string? note, int minutes, string? address, CancellationToken cancel) => _database.Write<Done>(
        caller,
        async tx =>
        {
            if (OperatorKey.Of(caller) is not { } actor)
            {
                return AccessGate.NotInSession;
            }

            if ((SessionReason.Check(note, null) ?? (Minutes.Contains(minutes) ? null : Refusal.Invalid("assistance.minutes-unknown", "For how long: choose from the list.", "Minutes"))) is { } invalid)
            {
                return invalid;
            }

            var found = await Subjects.Lock(tx, _policies, actor, subject, asker => Task.FromResult(new Attempt(Moment.Before, asker.Local) { ReasonCode = reason }));
            if (found is not { IsFound: true })
            {
                return Subjects.Missing;
            }

            if (!found.Decision.IsAllowed)
            {
                return found.Decision.Refusal;
            }

            if (found.Stopped is { } stopped)
            {
                return stopped;
            }

            if (found.Decision.Asks.All(asked => asked.Need != Need.Consent))
            {
                return NotNeeded;
            }

            if (await ReaderOf(tx, subject, administrator) is not { } reader)
            {
                return NobodyToAsk;
            }

            var since = tx.Now.AddHours(-1);
            var (of, whole) = (new MembershipId(reader.Membership), subject.Company);
            var recent = await By(tx, actor).Where(row => row.AskedAt > since).ToListAsync(tx.Cancel);
            if (recent.Count >= PerOperatorAndHour || recent.Count(row => row.MembershipId == of) >= PerBuyerAndHour)
            {
                return TooOften;
            }

            recent.FindAll(row => row.CompanyId == whole && (whole is not null || row.MembershipId == of) && row.Status == "asked").ForEach(row => row.Status = "over");
            await Add(tx, actor, found, reader, whole, reason, note, minutes, address);
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
    public async Task<Refusal?> Enter(Caller caller, SessionSubject subject, string? code, CancellationToken cancel)
    {
        var outcome = await _database.Write<Entered>(
            caller,
            async tx =>
            {
                if (OperatorKey.Of(caller) is not { } actor)
                {
                    return AccessGate.NotInSession;
                }

                var (membership, whole) = (subject.Membership, subject.Company);
                var open = await By(tx, actor).AsNoTracking()
                    .Where(row => row.CompanyId == whole && (whole != null || row.MembershipId == membership) && row.Status == "asked").OrderByDescending(row => row.AskedAt)
                    .FirstOrDefaultAsync(tx.Cancel);
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
                tx.Add(new ConsentCodeWrong(row.MembershipId, row.Tries));
                return new Entered(row.Status == "over" ? CodeDead : WrongCode);
            },
            cancel);
        return outcome.Refusal ?? outcome.Value.Wrong;
    }

    /// <summary>The code for the page of the buyer.</summary>
    internal string Reveal(string codeSealed) => _key.Decrypt(codeSealed);

    /// <summary>Binds what was agreed to once to the session that begins with it: it is good for no other.</summary>
    internal static async Task Use(Tx tx, OperatorKey actor, SessionSubject subject, AssistedSessionId session)
    {
        var (staff, colleague, membership, whole) = (actor.Staff, actor.Membership, subject.Membership, subject.Company);
        var rows = await tx.Db.Set<AssistConsentRow>()
            .Where(row => row.MembershipId == membership && row.CompanyId == whole && row.StaffId == staff && row.OperatorMembershipId == colleague
                && row.Kind == "once" && row.Status == "given" && row.SessionId == null && (row.Until == null || row.Until > tx.Now))
            .OrderByDescending(row => row.GivenAt).ToListAsync(tx.Cancel);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].SessionId = i == 0 ? session : null;
            rows[i].Status = i == 0 ? "given" : "over";
        }
    }

    private static IQueryable<AssistAskRow> By(Tx tx, OperatorKey actor)
    {
        var (staff, colleague) = (actor.Staff, actor.Membership);
        return tx.Db.Set<AssistAskRow>().Where(row => row.StaffId == staff && row.OperatorMembershipId == colleague);
    }

    // The buyer himself, or of a company as a whole the administrator who was chosen: nobody who is staff, too, and would ask himself.
    private static async Task<Reader?> ReaderOf(Tx tx, SessionSubject subject, MembershipId? administrator) => (await tx.Db.Rows<Reader>(
        $"""
        select m.id as "Membership", b.id as "Buyer", b.email as "Email", b.first_name as "FirstName", b.last_name as "LastName", c.name as "Company"
        from membership m join buyer b on b.id = m.buyer_id left join company c on c.id = m.company_id
        where m.id = {"{0}"} and m.status = 'active' and b.status = 'active'{(subject.Company is null ? "" : " and m.role = 'administrator' and m.company_id = {1} and not " + Operators.IsStaff)}
        """,
        (subject.Company is null ? subject.Membership : administrator)?.Value ?? Guid.Empty, subject.Company?.Value ?? Guid.Empty).ToListAsync(tx.Cancel)).SingleOrDefault();

    private async Task Add(Tx tx, OperatorKey actor, LockedSubject found, Reader asked, CompanyId? whole, string reason, string? note, int minutes, string? address)
    {
        var (buyerId, membership) = (new BuyerId(asked.Buyer), new MembershipId(asked.Membership));
        var id = Guid.CreateVersion7();
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
        var (link, linkHash) = Cookies.NewToken();
        tx.Db.Add(new AssistAskRow
        {
            Id = id, StaffId = actor.Staff, OperatorMembershipId = actor.Membership, MembershipId = membership, CompanyId = whole, ReasonCode = reason, Note = note, Mode = found.Decision.Highest, Minutes = minutes, Status = "asked",
            CodeHash = Hash(id, code), CodeSealed = _key.Encrypt(code), LinkHash = linkHash, Tries = 0, AskedAt = tx.Now, ExpiresAt = tx.Now.AddMinutes(GoodForMinutes),
        });
        tx.Add(new ConsentAsked(buyerId, membership, found.Company, found.Decision.Highest, minutes, reason, note, whole is not null) { Ask = id });
        var shop = await _settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        var who = tx.Caller.Staff is { } staff ? Phrase.Of($"{StaffRoles.Word(staff.Role)} of {shop}")
            : OperatorKey.DealerOf(tx.Caller, found.Company) is { } dealer ? Phrase.Of($"of your dealer {dealer}") : Phrase.Of("your colleague");
        _outbox.Add(tx, ConsentMails.Ask(
            buyerId, asked.Email, $"{asked.FirstName} {asked.LastName}", tx.Caller.Actor.Name, who, whole is null ? Phrase.Of("you") : Phrase.Of($"{asked.Company} as a whole"), shop, Phrase.Later(() => ConsentWords.Why(reason, note)), Phrase.Later(() => ConsentWords.What(found.Decision.Highest, minutes)),
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
            select m.buyer_id as "Buyer", m.company_id as "Company", m.role as "Role", b.first_name as "FirstName", b.last_name as "LastName"
            from membership m join buyer b on b.id = m.buyer_id where m.id = {0} and m.status = 'active' and b.status = 'active'
            """,
            row.MembershipId.Value).ToListAsync(tx.Cancel)).SingleOrDefault();
        if (place is null || (row.CompanyId is { } whole && (place.Company != whole.Value || place.Role != Words.Kebab(BuyerRole.Administrator))))
        {
            return Dead;
        }

        (row.Status, row.AnsweredAt, row.How) = (allows ? "allowed" : "refused", tx.Now, how);
        var buyer = new BuyerId(place.Buyer);
        if (!allows)
        {
            tx.Add(new ConsentRefused(buyer, row.MembershipId, row.StaffId, how) { Colleague = row.OperatorMembershipId, IsWhole = row.CompanyId is not null, Ask = row.Id });
            return Done.It;
        }

        var until = tx.Now.AddMinutes(row.Minutes);
        var whom = row.StaffId is null ? "colleague" : "staff";
        tx.Db.Add(new AssistConsentRow
        {
            Id = Guid.CreateVersion7(), MembershipId = row.CompanyId is null ? row.MembershipId : null, CompanyId = row.CompanyId, Kind = "once", Whom = whom, StaffId = row.StaffId,
            OperatorMembershipId = row.OperatorMembershipId, Status = "given", Highest = row.Mode, Withheld = 0,
            Until = until, How = how, GivenAt = tx.Now, GivenBy = by ?? $"{place.FirstName} {place.LastName}", GivenById = by is null ? place.Buyer : tx.Caller.Actor.Person,
        });
        tx.Add(new ConsentGiven(
            buyer, row.MembershipId, place.Company is { } company ? new CompanyId(company) : null, "once", whom, row.StaffId, row.Mode, Rights.None, until, how)
        {
            Colleague = row.OperatorMembershipId, IsWhole = row.CompanyId is not null, Ask = row.Id,
        });
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

    private sealed record Reader(Guid Membership, Guid Buyer, string Email, string FirstName, string LastName, string? Company);

    private sealed record Place(Guid Buyer, Guid? Company, string Role, string FirstName, string LastName);
}
