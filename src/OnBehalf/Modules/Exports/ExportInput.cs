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
    public string? Ticket { get; set; }
    public string? About { get; set; }
    public bool WithPersonal { get; set; }

    /// <summary>The search of the log that is taken away, as its address has it; nothing of the above but the form counts then.</summary>
    public string? Search { get; set; }

    public Outcome<ExportForm> ReadForm() => Enum.TryParse<ExportForm>(Form, ignoreCase: true, out var form) && Enum.IsDefined(form) ? form
        : Refusal.Invalid("audit.form-unknown", "The form is csv, ecs or ocsf.", nameof(Form));

    /// <summary>The request, or what is wrong with it.</summary>
    /// <param name="zone">The shop's, of which the days are.</param>
    /// <param name="ticketRef">What stands for a ticket in the log.</param>
    public Outcome<ExportRequest> Read(TimeZoneInfo zone, Func<string, string> ticketRef, string? by = null)
    {
        var form = ReadForm();
        var (from, to) = (AuditInput.Time(From, nameof(From), zone, isEnd: false), AuditInput.Time(To, nameof(To), zone, isEnd: true));
        if (form.IsRefused || from.IsRefused || to.IsRefused)
        {
            return form.Refusal ?? from.Refusal ?? to.Refusal!;
        }

        if (to.Value <= from.Value)
        {
            return Refusal.Invalid("audit.last-day-too-early", "A day that is not before the first one.", nameof(To));
        }

        if (Typed(About) is { } thing && !AuditReading.IsThing(thing))
        {
            return Refusal.Invalid("audit.thing-unreadable", "A thing as the address of its history has it, such as article:P-100 or setting:shop.name.", nameof(About));
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
            : new ExportRequest(form.Value, new AuditFilter(Typed(Action), Typed(Person), Typed(Company), Typed(Order), session, from.Value, to.Value)
            {
                Operator = Typed(Operator), Outcome = Typed(Outcome), Reason = Typed(Reason), Mode = Typed(Mode), About = Typed(About), TicketRef = Typed(Ticket) is { } ticket ? ticketRef(ticket) : null,
            }, WithPersonal, by);
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var typed && typed.Length > 254 ? typed[..254] : typed;
}
