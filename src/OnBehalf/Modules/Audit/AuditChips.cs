using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>What a search asks for, in words.</summary>
internal static class AuditChips
{
    public static IEnumerable<(string Words, AuditInput Without)> Of(AuditAsked asked, AuditInput input, TimeZoneInfo zone)
    {
        var filter = asked.Filter;
        (string? Words, Action<AuditInput> Remove)[] all =
        [
            (filter.Action is { } action ? Say($"What: {AuditWords.Title(action)}") : null, one => one.Action = null),
            (filter.Person is { } person ? Say($"Person: {Named(person)}") : null, one => one.Person = null),
            (filter.Operator is { } acting ? Say($"Who acted: {Named(acting)}") : null, one => one.Operator = null),
            (asked.Company is { } company ? Say($"Company: {company.Name} {company.Number}") : null, one => one.Company = null),
            (asked.OrderNumber is { } order ? Say($"Order: {order}") : null, one => one.Order = null),
            (filter.Session is { } session ? Say($"Session: {session}") : null, one => one.Session = null),
            (asked.Thing is { } thing ? Say($"About: {thing}") : null, one => one.About = null),
            (asked.Ticket is { } ticket ? Say($"Ticket: {ticket}") : null, one => one.Ticket = null),
            (filter.Outcome is { } outcome ? Say($"Outcome: {outcome}") : null, one => one.Outcome = null),
            (filter.Reason is { } reason ? Say($"Reason: {OnBehalf.Assistance.Reasons.Word(reason)}") : null, one => one.Reason = null),
            (filter.Mode is { } mode ? Say($"Mode: {mode}") : null, one => one.Mode = null),
            (filter.From is { } from ? Say($"From: {Time(from)}") : null, one => one.From = null),
            (filter.To is { } to ? Say($"Before: {Time(to)}") : null, one => one.To = null),
        ];
        return all.Where(chip => chip.Words is not null).Select(chip => (chip.Words!, input.With(chip.Remove)));

        string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString(Phrasebook.DatePattern("d MMM yyyy, HH:mm"), CultureInfo.CurrentCulture);
    }

    private static string Named(AuditPerson person) => person.Kind is { } kind ? $"{person.Name} ({kind}{(person.IsKnown ? "" : Say(", never in the log"))})" : person.Name;
}
