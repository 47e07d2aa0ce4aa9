using System.Globalization;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Exports;

/// <summary>What is typed on the page or behind the command.</summary>
public sealed class ExportInput
{
    public string? Form { get; set; } = "csv";
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Action { get; set; }
    public string? Person { get; set; }
    public string? Operator { get; set; }
    public string? Outcome { get; set; }
    public string? Reason { get; set; }
    public string? Mode { get; set; }
    public string? Company { get; set; }
    public string? Order { get; set; }
    public string? Session { get; set; }
    public bool WithPersonal { get; set; }

    /// <summary>The request, or what is wrong with it.</summary>
    public Outcome<ExportRequest> Read(string? by = null)
    {
        if (!Enum.TryParse<ExportForm>(Form, ignoreCase: true, out var form) || !Enum.IsDefined(form))
        {
            return Refusal.Invalid("audit.form-unknown", "The form is csv, ecs or ocsf.", nameof(Form));
        }

        var (from, to) = (Day(From), Day(To));
        if (from is null && Typed(From) is not null)
        {
            return Refusal.Invalid("audit.day-unreadable", "A day, such as 2026-03-01.", nameof(From));
        }

        if ((to is null && Typed(To) is not null) || to < from)
        {
            return Refusal.Invalid("audit.last-day-unreadable", "A day, such as 2026-03-31, not before the first one.", nameof(To));
        }

        if (Typed(Outcome) is not (null or "done" or "refused"))
        {
            return Refusal.Invalid("audit.outcome-unknown", "The outcome is done or refused.", nameof(Outcome));
        }

        if (Typed(Mode) is not (null or "view" or "cart" or "order"))
        {
            return Refusal.Invalid("audit.mode-unknown", "The mode is view, cart or order.", nameof(Mode));
        }

        if (Typed(Reason) is { } reason && (reason.Length > 60 || !reason.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')))
        {
            return Refusal.Invalid("audit.reason-unknown", "A reason code, such as phone-order.", nameof(Reason));
        }

        var session = Guid.TryParse(Session, out var id) ? id : (Guid?)null;
        return session is null && Typed(Session) is not null
            ? Refusal.Invalid("audit.session-unreadable", "The id of a session, as an event shows it.", nameof(Session))
            : new ExportRequest(form, new AuditFilter(Typed(Action), Typed(Person), Typed(Company), Typed(Order), session, from, to)
            {
                Operator = Typed(Operator), Outcome = Typed(Outcome), Reason = Typed(Reason), Mode = Typed(Mode),
            }, WithPersonal, by);
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var typed && typed.Length > 254 ? typed[..254] : typed;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999 ? day : null;
}
