using System.Globalization;

namespace OnBehalf.Modules.Audit;

/// <summary>What a search asks for, in words.</summary>
internal static class AuditChips
{
    public static IEnumerable<(string Words, AuditInput Without)> Of(AuditAsked asked, AuditInput input, TimeZoneInfo zone)
    {
        var filter = asked.Filter;
        (string? Words, Action<AuditInput> Remove)[] all =
        [
            (filter.Action is { } action ? $"What: {AuditWords.Title(action)}" : null, one => one.Action = null),
            (filter.Person is { } person ? $"Person: {Named(person)}" : null, one => one.Person = null),
            (filter.Operator is { } acting ? $"Who acted: {Named(acting)}" : null, one => one.Operator = null),
            (asked.Company is { } company ? $"Company: {company.Name} {company.Number}" : null, one => one.Company = null),
            (asked.OrderNumber is { } order ? $"Order: {order}" : null, one => one.Order = null),
            (filter.Session is { } session ? $"Session: {session}" : null, one => one.Session = null),
            (asked.Thing is { } thing ? $"About: {thing}" : null, one => one.About = null),
            (asked.Ticket is { } ticket ? $"Ticket: {ticket}" : null, one => one.Ticket = null),
            (filter.Outcome is { } outcome ? $"Outcome: {outcome}" : null, one => one.Outcome = null),
            (filter.Reason is { } reason ? $"Reason: {OnBehalf.Assistance.Reasons.Word(reason)}" : null, one => one.Reason = null),
            (filter.Mode is { } mode ? $"Mode: {mode}" : null, one => one.Mode = null),
            (filter.From is { } from ? $"From: {Time(from)}" : null, one => one.From = null),
            (filter.To is { } to ? $"Before: {Time(to)}" : null, one => one.To = null),
        ];
        return all.Where(chip => chip.Words is not null).Select(chip => (chip.Words!, input.With(chip.Remove)));

        string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
    }

    private static string Named(AuditPerson person) => person.Kind is { } kind ? $"{person.Name} ({kind}{(person.IsKnown ? "" : ", never in the log")})" : person.Name;
}
