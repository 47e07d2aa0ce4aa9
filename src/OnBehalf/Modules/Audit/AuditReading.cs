using System.Globalization;
using System.Text.RegularExpressions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Audit;

/// <summary>A search that was understood: what it asks for, and the names of whom and what its references stand for.</summary>
public sealed record AuditAsked(AuditWanted Filter, long? Behind)
{
    public AuditCompany? Company { get; init; }

    public string? OrderNumber { get; init; }

    public string? Ticket { get; init; }

    public string? Thing { get; init; }

    /// <summary>The same search to be kept: whoever stands in it by an id stands there by his reference.</summary>
    public AuditInput Kept(AuditInput input) => input.With(one => (one.Person, one.Operator) = (Filter.Person?.Ref.ToString(), Filter.Operator?.Ref.ToString()));

    /// <summary>The fact of looking: by what, and never whom by name.</summary>
    public AuditRead Read(int events) => new(events, null)
    {
        ByAction = Filter.Action is { } action ? action : default(Code?),
        ByPerson = Filter.Person?.Ref,
        ByOperator = Filter.Operator?.Ref,
        ByCompany = Company?.Number is { } company ? company : default(Code?),
        ByOrder = OrderNumber is { } order ? order : default(Code?),
        BySession = Filter.Session?.Value,
        ByThing = Filter.About is { } about ? about : default(Code?),
        ByOutcome = Filter.Outcome is { } outcome ? outcome : default(Code?),
        ByReason = Filter.Reason is { } reason ? reason : default(Code?),
        ByMode = Filter.Mode is { } mode ? mode : default(Code?),
        ByTicket = Filter.TicketRef is { } ticket ? ticket : default(Code?),
        From = Filter.From,
        To = Filter.To,
    };
}

/// <summary>Reads searches: those of URLs, and the form, in which people, companies and tickets stand as they are called.</summary>
public sealed partial class AuditReading(Database database, AuditLookupQueries lookup, ShopSettings settings)
{
    private const int Longest = 254;

    /// <summary>What a URL asks for, or what is wrong with it, naming the field.</summary>
    public async Task<Outcome<AuditAsked>> Of(AuditInput input, CancellationToken cancel)
    {
        await using var db = database.Read();
        var zone = await settings.TimeZone(cancel);
        var (from, to) = (AuditInput.Time(input.From, "From", zone, isEnd: false), AuditInput.Time(input.To, "To", zone, isEnd: true));
        if (from.IsRefused || to.IsRefused)
        {
            return from.Refusal ?? to.Refusal!;
        }

        if (from.Value >= to.Value)
        {
            return Invalid("To", "the end lies before the beginning. Choose a later time.");
        }

        long? behind = null;
        if (Typed(input.Behind) is { } place)
        {
            if (!long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Refusal.Invalid("audit.no-such-page", "This page of the log does not exist. Begin at the first one.");
            }

            behind = number;
        }

        var asked = new AuditAsked(new AuditWanted(Typed(input.Action), From: from.Value, To: to.Value) { OldestFirst = input.Sort == "oldest" }, behind);
        var people = await People(db, input, asked, cancel);
        return people.IsRefused ? people : await Things(db, input, people.Value, cancel);
    }

    private async Task<Outcome<AuditAsked>> People(ShopDb db, AuditInput input, AuditAsked asked, CancellationToken cancel)
    {
        var (person, acting) = (await Person(Typed(input.Person)), await Person(Typed(input.Operator)));
        return person.IsRefused ? person.Refusal with { Field = "Person" }
            : acting.IsRefused ? acting.Refusal with { Field = "Operator" }
            : asked with { Filter = asked.Filter with { Person = person.Value, Operator = acting.Value } };

        async Task<Outcome<AuditPerson?>> Person(string? key) =>
            key is null ? (AuditPerson?)null
            : !Guid.TryParse(key, out var reference) ? Refusal.Invalid("audit.not-a-person", "Person: this address of the page does not name anybody. Type a name, an e-mail address or a number into the form.")
            : await lookup.Person(db, reference, cancel) ?? new AuditPerson(reference, null, Say("somebody who is erased"));
    }

    private async Task<Outcome<AuditAsked>> Things(ShopDb db, AuditInput input, AuditAsked asked, CancellationToken cancel)
    {
        if (Typed(input.Company) is { } number)
        {
            if (await lookup.Company(db, number, cancel) is not { } company)
            {
                return Invalid("Company", $"there is none with the number {number}.");
            }

            asked = asked with { Company = company, Filter = asked.Filter with { Company = new CompanyId(company.Id) } };
        }

        if (Typed(input.Order) is { } document)
        {
            if (await lookup.Order(db, document, cancel) is not { } order)
            {
                return Invalid("Order", $"there is none with the number {document}.");
            }

            asked = asked with { OrderNumber = document, Filter = asked.Filter with { Order = order } };
        }

        if (Typed(input.Session) is { } handle)
        {
            if (await lookup.Session(db, handle, cancel) is not { } session)
            {
                return Invalid("Session", "there is none with this id or handle. Copy what an event, or the address of the session, shows.");
            }

            asked = asked with { Filter = asked.Filter with { Session = session } };
        }

        if (Typed(input.Outcome) is { } outcome && outcome is not ("done" or "refused"))
        {
            return Invalid("Outcome", "done or refused.");
        }

        if (Typed(input.Action) is { } action && AuditWords.NamesOf(action).Count == 0)
        {
            return Invalid("What", "there is no such kind of event. Choose one of the list.");
        }

        if (Typed(input.Mode) is { } mode && !Words.TryParse<Mode>(mode, out _))
        {
            return Invalid("Mode", "view, cart or order.");
        }

        // They go into the log as they are, so they are what they have to be, and no words of somebody's own.
        if ((Typed(input.Reason) is { } reason && !Plain().IsMatch(reason)) || (Typed(input.About) is { } thing && !ThingOf().IsMatch(thing)) || (Typed(input.Ticket) is { } mark && !Plain().IsMatch(mark)))
        {
            return Refusal.Invalid("audit.not-understood", "This address of the page is not one of ours. Use the form.");
        }

        var (about, ticket) = (Typed(input.About), Typed(input.Ticket));
        return asked with
        {
            Filter = asked.Filter with { Outcome = Typed(input.Outcome), Mode = Typed(input.Mode), Reason = Typed(input.Reason), About = about, TicketRef = ticket },
            Thing = about is null ? null : await lookup.Thing(db, about, cancel),
            Ticket = ticket is null ? null : await lookup.Ticket(db, ticket, cancel) ?? Say("without a session"),
        };
    }

    /// <summary>The URL for a form. People and companies of whom several fit are left for the reader to choose.</summary>
    public async Task<Outcome<AuditFound>> Of(AuditForm form, CancellationToken cancel)
    {
        var input = new AuditInput
        {
            Action = form.Action, Order = Typed(form.Order), Session = Typed(form.Session), About = Typed(form.About), Outcome = form.Outcome, Reason = form.Reason, Mode = form.Mode,
            From = Typed(form.From), To = Typed(form.To), Sort = form.Sort == "oldest" ? "oldest" : null,
        };
        var ticket = Typed(form.Ticket);
        input.Ticket = ticket is null ? null : ticket == form.TicketName ? Typed(form.TicketKey) : database.Tickets.Of(ticket);

        var choices = new List<AuditChoice>();
        var wrong = await Choose("Person", form.Person, form.PersonName, form.PersonKey, "nobody of this name, e-mail address or number is known.", lookup.People, (one, key) => one.Person = key)
            ?? await Choose("Operator", form.Operator, form.OperatorName, form.OperatorKey, "nobody of this name, e-mail address or number is known.", lookup.People, (one, key) => one.Operator = key)
            ?? await Choose("Company", form.Company, null, null, "no company of this number or name is known.", lookup.Companies, (one, key) => one.Company = key);
        return wrong is null ? new AuditFound(input, choices) : wrong;

        async Task<Refusal?> Choose(
            string field, string? text, string? shown, string? key, string none, Func<string, CancellationToken, Task<IReadOnlyList<AuditMatch>>> find, Action<AuditInput, string?> set)
        {
            if (Typed(text) is not { } typed)
            {
                return null;
            }

            if (typed == shown?.Trim() && Typed(key) is { } known)
            {
                set(input, known);
                return null;
            }

            var found = await find(typed, cancel);
            if (found.Count == 0)
            {
                return Invalid(field, none);
            }

            set(input, found[0].Key);
            if (found.Count > 1)
            {
                choices.Add(new AuditChoice(field, typed, found, set));
            }

            return null;
        }
    }

    /// <summary>`product:ID`, `setting:NAME`: as things stand in the log.</summary>
    public static bool IsThing(string text) => ThingOf().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Plain();

    [GeneratedRegex("^[a-z-]{1,20}:[A-Za-z0-9._/+# -]{1,60}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex ThingOf();

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var typed && typed.Length > Longest ? typed[..Longest] : typed;

    private static Refusal Invalid(string field, string sentence) => Refusal.Invalid("audit.not-understood", $"{field}: {sentence}", field);
}

/// <summary>A form that was understood.</summary>
/// <param name="Choices">Of whom or what several fit; the first of each stands in the input.</param>
public sealed record AuditFound(AuditInput Input, IReadOnlyList<AuditChoice> Choices);

/// <param name="Field">"Person"</param>
public sealed record AuditChoice(string Field, string Typed, IReadOnlyList<AuditMatch> Matches, Action<AuditInput, string?> Set);

/// <summary>Somebody looked for people by name, address or number in the form of the log, and was shown so many, or nobody. What he typed is nobody's business.</summary>
public sealed record AuditPeopleRead(int Found) : Fact
{
    public override string Name => "audit.people-read";
}

/// <summary>Somebody looked into the log: at so many events, found by these, or at one. Nobody stands here by name.</summary>
public sealed record AuditRead(int Events, Guid? Event) : Fact
{
    public override string Name => "audit.read";

    public Code? ByAction { get; init; }
    public Guid? ByPerson { get; init; }
    public Guid? ByOperator { get; init; }
    public Code? ByCompany { get; init; }
    public Code? ByOrder { get; init; }
    public Guid? BySession { get; init; }
    public Code? ByThing { get; init; }
    public Code? ByOutcome { get; init; }
    public Code? ByReason { get; init; }
    public Code? ByMode { get; init; }
    public Code? ByTicket { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
}
