using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Assistance;

/// <summary>What supervisors and those who asked them read by mail.</summary>
internal static class RequestMails
{
    public static OutgoingMail Asked(StaffId to, string address, string name, string asker, string kind, string customer, string? note) => new(
        "assist-request", address, name, kind == "access" ? $"{asker} asks for access to {customer}" : $"{asker} asks to act for {customer}{(kind == AssistRequests.Emergency ? " in an emergency" : "")}",
        $"""
        Dear {name},

        {asker} {(kind == "access" ? $"asks for access to {customer}" : $"wants to act for {customer}, {(kind == AssistRequests.Emergency ? "without consent, in an emergency" : "which needs the approval of a second person")}")}.
        {(note is null ? "" : $"\n\"{note}\"\n")}
        Decide in the Back Office, under "Requests".
        """)
    { Staff = to };

    public static OutgoingMail Decided(StaffId to, string address, string name, string decider, string kind, string customer, DateTimeOffset? until) => new(
        "assist-request-decided", address, name, until is null ? $"Not granted: {customer}" : $"Granted: {customer}",
        $"""
        Dear {name},

        {decider} has {(until is null ? "declined" : "granted")} what you asked for: {(kind == "access" ? $"access to {customer}" : $"acting for {customer}")}.
        {(until is { } end ? FormattableString.Invariant($"\nIt counts until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC.") : "")}
        """)
    { Staff = to };
}
