using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Assistance;

/// <summary>What supervisors and those who asked them read by mail.</summary>
internal static class RequestMails
{
    public static OutgoingMail Asked(StaffId to, string address, string name, string asker, string kind, string customer, string? note)
    {
        var (subject, wish) = kind switch
        {
            "access" => (Phrase.Of($"{asker} asks for access to {customer}"), Phrase.Of($"{asker} asks for access to {customer}.")),
            AssistRequests.Emergency => (
                Phrase.Of($"{asker} asks to act for {customer} in an emergency"), Phrase.Of($"{asker} wants to act for {customer}, without consent, in an emergency.")),
            _ => (Phrase.Of($"{asker} asks to act for {customer}"), Phrase.Of($"{asker} wants to act for {customer}, which needs the approval of a second person.")),
        };
        return new OutgoingMail(
            "assist-request", address, name, subject,
            $"""
            Dear {name},

            {wish}
            {(note is null ? "" : $"\n\"{note}\"\n")}
            Decide in the Back Office, under "Requests".
            """)
        { Staff = to };
    }

    public static OutgoingMail Decided(StaffId to, string address, string name, string decider, string kind, string customer, DateTimeOffset? until) => new(
        "assist-request-decided", address, name, until is null ? Phrase.Of($"Not granted: {customer}") : Phrase.Of($"Granted: {customer}"),
        $"""
        Dear {name},

        {(kind == "access"
            ? until is null ? Phrase.Of($"{decider} has declined what you asked for: access to {customer}.") : Phrase.Of($"{decider} has granted what you asked for: access to {customer}.")
            : until is null ? Phrase.Of($"{decider} has declined what you asked for: acting for {customer}.") : Phrase.Of($"{decider} has granted what you asked for: acting for {customer}."))}
        {(until is { } end ? Phrase.Of($"\nIt counts until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC.") : null)}
        """)
    { Staff = to };
}
