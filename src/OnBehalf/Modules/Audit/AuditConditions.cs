using System.Globalization;

namespace OnBehalf.Modules.Audit;

/// <summary>What is taken from the log as a whole; null is anything.</summary>
/// <param name="Action">Beginning of the event's name: `orders` or `orders.placed`.</param>
/// <param name="Person">A whole mail address, of a staff member or a buyer.</param>
/// <param name="Company">Its number.</param>
/// <param name="Order">Its number.</param>
/// <param name="To">Before this moment.</param>
public sealed record AuditFilter(string? Action, string? Person, string? Company, string? Order, Guid? Session, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>What a search of the log asks for.</summary>
    public static AuditFilter Of(AuditAsked asked) => new(asked.Filter.Action, null, asked.Company?.Number, asked.OrderNumber, asked.Filter.Session?.Value, asked.Filter.From, asked.Filter.To)
    {
        Names = asked.Filter.Action is { } action ? AuditWords.NamesOf(action) : [], PersonRef = asked.Filter.Person?.Ref, OperatorRef = asked.Filter.Operator?.Ref,
        Outcome = asked.Filter.Outcome, Reason = asked.Filter.Reason, Mode = asked.Filter.Mode, TicketRef = asked.Filter.TicketRef, About = asked.Filter.About,
    };

    /// <summary>The names that an action of a search stands for; where there are none, its beginning counts.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What stands for people whom a search has found already.</summary>
    public Guid? PersonRef { get; init; }

    public Guid? OperatorRef { get; init; }

    /// <summary>Made of the ticket by its key.</summary>
    public string? TicketRef { get; init; }

    /// <summary>`product:ID`, `setting:NAME`.</summary>
    public string? About { get; init; }

    /// <summary>A whole mail address of who acted.</summary>
    public string? Operator { get; init; }

    /// <summary>`done`, `refused`.</summary>
    public string? Outcome { get; init; }

    /// <summary>Of the session: its reason code, and its mode.</summary>
    public string? Reason { get; init; }

    public string? Mode { get; init; }
}

/// <summary>What an <see cref="AuditFilter"/> means as SQL over `audit_event e`, with its arguments.</summary>
internal sealed class AuditConditions
{
    // What the log does not keep any more has no name.
    private readonly List<string> _conditions = ["e.name <> ''"];
    private readonly List<object?> _arguments = [];

    public string Where => "where " + string.Join(" and ", _conditions);

    public object?[] Arguments => [.. _arguments];

    /// <summary>A condition with `{0}` for its value; nothing when there is no value.</summary>
    public void Add(object? value, string condition)
    {
        if (value is not null)
        {
            _conditions.Add(condition.Replace("{0}", "{" + _arguments.Count.ToString(CultureInfo.InvariantCulture) + "}", StringComparison.Ordinal));
            _arguments.Add(value);
        }
    }

    public void Add(AuditFilter filter)
    {
        if (filter.Names.Count > 0)
        {
            _conditions.Add($"e.name in ({string.Join(", ", filter.Names.Select((_, i) => $"{{{_arguments.Count + i}}}"))})");
            _arguments.AddRange(filter.Names);
        }
        else if (filter.Action is { } action)
        {
            // A range instead of "like", so that the index on the name serves it.
            Add(action, "e.name >= {0}");
            Add(action + "\uffff", "e.name < {0}");
        }

        Add(
            filter.Person?.Trim().ToLowerInvariant(),
            "(e.operator_staff_ref = (select k.ref from person_key k join staff p on p.id = k.person_id where p.email_normalized = {0}) "
            + "or e.operator_buyer_ref = (select k.ref from person_key k join buyer p on p.id = k.person_id where p.email_normalized = {0}) "
            + "or e.buyer_ref = (select k.ref from person_key k join buyer p on p.id = k.person_id where p.email_normalized = {0}))");
        Add(
            filter.Operator?.Trim().ToLowerInvariant(),
            "(e.operator_staff_ref = (select k.ref from person_key k join staff p on p.id = k.person_id where p.email_normalized = {0}) "
            + "or e.operator_buyer_ref = (select k.ref from person_key k join buyer p on p.id = k.person_id where p.email_normalized = {0}))");
        if (filter.PersonRef is { } person)
        {
            var place = _arguments.Count;
            _conditions.Add($"(e.operator_staff_ref = {{{place}}} or e.operator_buyer_ref = {{{place}}} or e.buyer_ref = {{{place}}} or e.about = {{{place + 1}}})");
            _arguments.AddRange([person, $"person:{person}"]);
        }

        Add(filter.OperatorRef, "(e.operator_staff_ref = {0} or e.operator_buyer_ref = {0})");
        Add(filter.TicketRef, "e.ticket_ref = {0}");
        Add(filter.About, "e.about = {0}");
        Add(filter.Outcome, "e.outcome = {0}");
        Add(filter.Reason, "e.reason_code = {0}");
        Add(filter.Mode, "e.session_mode = {0}");
        Add(filter.Company, "e.company_id = (select id from company where number = {0})");
        Add(filter.Order, "e.order_id = (select id from orders where number = {0})");
        Add(filter.Session, "e.session_id = {0}");
        Add(filter.From, "e.at >= {0}");
        Add(filter.To, "e.at < {0}");
    }
}
