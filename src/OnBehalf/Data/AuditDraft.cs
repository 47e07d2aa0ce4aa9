using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// A fact on its way to be an event: who acted for whom, from where and by which right comes from the caller, what happened from the fact's own properties. Only
/// its place in the session is missing, which is known when all is ready to be stored.
/// </summary>
internal sealed class AuditDraft
{
    /// <summary>Of the form of entries.</summary>
    public const int Version = 1;

    private static readonly ConcurrentDictionary<Type, FactProperty[]> Known = new();

    private readonly CanonicalObject _entry = new();
    private readonly Caller _caller;
    private readonly DateTimeOffset _at;
    private readonly EventId _id;
    private readonly Fact _fact;
    private readonly FactProperty[] _properties;
    private readonly IReadOnlyDictionary<Guid, PersonKey> _keys;
    private readonly List<AuditPrivateRow> _privates = [];

    /// <param name="keys">Of all people of whom it speaks.</param>
    public AuditDraft(Caller caller, DateTimeOffset at, EventId id, Fact fact, IReadOnlyDictionary<Guid, PersonKey> keys, TicketKey tickets)
    {
        (_caller, _at, _id, _fact, _keys) = (caller, at, id, fact, keys);
        _properties = PropertiesOf(fact);
        Session = SessionEntries.Of(caller, fact);
        _entry.Add("v", Version);
        _entry.Add("id", id.Value.ToString());
        _entry.Add("name", fact.Name);
        _entry.Add("at", Time(at));
        _entry.Add("outcome", Outcome);
        AddCaller();
        foreach (var property in _properties)
        {
            if (property.Of(fact) is string personal)
            {
                TicketRef = property.Name == "Ticket" ? tickets.Of(personal) : TicketRef;
                Seal(property.Word, personal, keys[FactPeople.Of(fact).OwnerOf(caller, fact, property.Name, at).Id]);
            }
            else
            {
                Add(property.Word, property.Of(fact));
            }
        }
    }

    /// <summary>The session whose entry it is; null when it is none's.</summary>
    public AssistedSessionId? Session { get; }

    public Fact Fact => _fact;

    /// <summary>Of the ticket that the fact itself names.</summary>
    public string? TicketRef { get; }

    public IReadOnlyList<AuditPrivateRow> Privates => _privates;

    private string Outcome => _fact is IRefusedFact ? "refused" : "done";

    /// <summary>What the entry commits itself to for a personal value; null without one.</summary>
    public string? CommitmentOf(string field) => _entry.TextOf(field + "#");

    /// <param name="place">In its session; null when that is over, or there is none.</param>
    public AuditEventRow Finish(SessionEntry? place)
    {
        if (Session is { } session && place is not { })
        {
            _entry.Add("after-session", session.Value.ToString());
        }
        else if (Session is { } of && place is { } entry)
        {
            _entry.Add("in-session", of.Value.ToString());
            _entry.Add("n", entry.N);
            if (_fact is IEndsSession)
            {
                _entry.Add("entries", entry.N);
            }

            if (entry.Ticket is { } ticket)
            {
                _entry.Add("session-ticket#", ticket);
            }
        }

        var operatorStaff = Ref(((_caller.Actor as Actor.Staff)?.Id ?? (_caller.Actor is Actor.Buyer ? null : Find<StaffId>("Operator")))?.Value);
        // In a session all is about him who is acted for; otherwise about whomever the fact names.
        var buyer = Ref(Subject(_caller.Buyer?.Id, Find<BuyerId>("Buyer"))?.Value);
        return new AuditEventRow
        {
            Id = _id,
            At = _at,
            Name = _fact.Name,
            // A buyer who ends a session did that himself; whose session it was stands in the entry.
            OperatorStaffRef = operatorStaff,
            OperatorBuyerRef = Ref(((_caller.Actor as Actor.Buyer)?.Id ?? (_caller.Actor is Actor.Staff ? null : Find<BuyerId>("OperatorBuyer")))?.Value),
            ActorPart = (_caller.Actor as Actor.Machine)?.Part,
            BuyerRef = buyer,
            CompanyId = Subject(_caller.Company?.Id, Find<CompanyId>("Company")),
            SessionId = Session ?? Find<AssistedSessionId>("Session"),
            OrderId = Find<OrderId>("Order"),
            About = About() ?? SomebodyElse(operatorStaff, buyer),
            SessionMode = (Session is null ? null : _caller.Session?.Mode ?? Find<Mode>("Mode")) is { } mode ? Words.Kebab(mode) : null,
            ReasonCode = Session is null ? null : _caller.Session?.ReasonCode ?? Find<Code>("Reason")?.Value,
            TicketRef = place?.TicketRef ?? TicketRef,
            Outcome = Outcome,
            Entry = _entry.ToString(),
        };
    }

    /// <summary>What a fact says, property by property.</summary>
    public static IEnumerable<object?> ValuesOf(Fact fact) => PropertiesOf(fact).Select(property => property.Of(fact));

    internal static byte[] Commitment(byte[] salt, string field, string value) =>
        HMACSHA256.HashData(salt, (byte[])[.. Encoding.UTF8.GetBytes(field), 0, .. Encoding.UTF8.GetBytes(value)]);

    private static FactProperty[] PropertiesOf(Fact fact) => Known.GetOrAdd(fact.GetType(), FactProperty.OfType);

    private TId? Subject<TId>(TId? ofCaller, TId? ofFact)
        where TId : struct =>
        _caller.IsAssisting ? ofCaller ?? ofFact : ofFact ?? ofCaller;

    private T? Find<T>(string name)
        where T : struct => Array.Find(_properties, property => property.Name == name)?.Of(_fact) is T value ? value : null;

    /// <summary>The thing that the fact is about, by which its history is found: of several the article.</summary>
    private string? About()
    {
        var about = (string?)null;
        foreach (var property in _properties)
        {
            if (property.Thing is { } kind && property.Of(_fact) is { } value && (about is null || kind is "article" or "product"))
            {
                about = $"{kind}:{value}";
            }
        }

        return about;
    }

    /// <summary>A person whom the fact names and who has no column of his own in this event: the staff member whose account somebody closed.</summary>
    private string? SomebodyElse(Guid? operatorStaff, Guid? buyer)
    {
        foreach (var property in _properties)
        {
            var reference = property.Of(_fact) switch { StaffId staff => Ref(staff.Value), BuyerId other => Ref(other.Value), _ => null };
            if (reference is { } somebody && somebody != operatorStaff && somebody != buyer && somebody != Ref((_caller.Actor as Actor.Buyer)?.Id.Value))
            {
                return $"person:{somebody}";
            }
        }

        return null;
    }

    private void AddCaller()
    {
        switch (_caller.Actor)
        {
            case Actor.Staff staff:
                _entry.Add("actor-staff", Person(staff.Id.Value));
                _entry.Add("actor-role", Words.Kebab(staff.Role));
                _entry.Add("actor-sign-in", staff.SignIn.ToString());
                break;
            case Actor.Buyer buyer:
                _entry.Add("actor-buyer", Person(buyer.Id.Value));
                _entry.Add("actor-sign-in", buyer.SignIn.ToString());
                break;
            case Actor.Machine machine:
                _entry.Add("actor-part", machine.Part);
                break;
        }

        if (_caller.Buyer is { } subject)
        {
            _entry.Add("for-buyer", Person(subject.Id.Value));
            _entry.Add("for-membership", Person(subject.Membership.Value));
        }

        if (_caller.Company is { } company)
        {
            _entry.Add("for-company", company.Id.ToString());
        }

        if (_caller.Session is { } session && session.Id == Session)
        {
            _entry.Add("session-mode", Words.Kebab(session.Mode));
            _entry.Add("session-reason", session.ReasonCode);
            if (session.AllowedBy is var (rule, policy))
            {
                _entry.Add("session-rule", rule);
                _entry.Add("session-policy", policy);
            }
        }

        if (_caller.Request is { } request)
        {
            Add("right", request.Right);
            Add("request", request.Id);
            Add("trace", request.Trace);
            Add("device", Reference("device", request.Device));
            Add("network", Reference("network", request.Network));
        }

        // Under the key of the month too: when that is gone, not even who has the key outside of the database can try addresses.
        string? Reference(string kind, string? value) => value is null ? null : Base64Url.EncodeToString(
            HMACSHA256.HashData(_keys[KeyOwner.Of(_at).Id].Key, Encoding.UTF8.GetBytes($"reference of a {kind}\0{value}")).AsSpan(0, 16));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                _entry.Add(name, value);
            }
        }
    }

    private void Seal(string name, string personal, PersonKey key)
    {
        var (text, salt) = (Text(personal), RandomNumberGenerator.GetBytes(32));
        _privates.Add(new AuditPrivateRow { EventId = _id, Field = name, Value = PersonKeys.Seal(key, _id, name, salt, text), KeyRef = key.Ref });
        _entry.Add(name + "#", Convert.ToBase64String(Commitment(salt, name, text)));
    }

    private void Add(string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case bool flag:
                _entry.Add(name, flag);
                break;
            case int or long:
                _entry.Add(name, Convert.ToInt64(value, null));
                break;
            case DateTimeOffset time:
                _entry.Add(name, Time(time));
                break;
            case Enum word:
                _entry.Add(name, Words.Kebab(word.ToString()));
                break;
            case BuyerId buyer:
                _entry.Add(name, Person(buyer.Value));
                break;
            case StaffId staff:
                _entry.Add(name, Person(staff.Value));
                break;
            case MembershipId membership:
                _entry.Add(name, Person(membership.Value));
                break;
            default:
                // Other ids, codes, money, quantities, rights: their plain text says all.
                _entry.Add(name, value.ToString() ?? "");
                break;
        }
    }

    /// <summary>What stands in an entry for a person: the one place where people are written. It is his as long as he is not erased.</summary>
    private string Person(Guid id) => _keys[id].Ref.ToString();

    private Guid? Ref(Guid? person) => person is { } id ? _keys[id].Ref : null;

    /// <summary>A personal value as both databases can keep it, and as it is committed to: no U+0000, no half of a character.</summary>
    private static string Text(string personal) =>
        !personal.Contains('\0') && personal.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? personal
        : string.Concat(personal.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));

    /// <summary>As times are written in entries: UTC, with microseconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private sealed record FactProperty(string Name, string Word, string? Thing, Func<object, object?> Of)
    {
        // People, companies, orders and sessions have columns of their own; a cart is found by whose it is.
        private static readonly Type[] Elsewhere =
            [typeof(BuyerId), typeof(MembershipId), typeof(StaffId), typeof(CompanyId), typeof(OrderId), typeof(AssistedSessionId), typeof(SignInId), typeof(EventId), typeof(CartId), typeof(CartLineId)];

        public static FactProperty[] OfType(Type type) =>
            [.. type.GetProperties().Where(property => property.Name is not ("Name" or "EqualityContract") && !property.IsDefined(typeof(UntoldAttribute)))
                .Select(property => new FactProperty(property.Name, Words.Kebab(property.Name), ThingOf(property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), property.GetValue))];

        private static string? ThingOf(string name, Type type) =>
            Array.Exists(type.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>)) ? Elsewhere.Contains(type) ? null : Words.Kebab(type.Name[..^2])
            : (name, type) switch
            {
                ("Article" or "Category" or "Setting", _) when type == typeof(Code) => Words.Kebab(name),
                ("List", _) when type == typeof(Code) => "price-list",
                ("Mandate", _) when type == typeof(Guid) => "mandate",
                _ => null,
            };
    }
}

/// <summary>Marks facts that say "this was tried and refused".</summary>
public interface IRefusedFact;
