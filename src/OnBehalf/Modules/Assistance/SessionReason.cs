using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What an operator may write about why he acts; which reasons and tickets count is for the policy.</summary>
public static class SessionReason
{
    public const int LongestText = 500;
    public const int LongestTicket = 60;

    public static Refusal? Check(string? text, string? ticket) =>
        text?.Length > LongestText ? Refusal.Invalid("assistance.text-too-long", $"Note: at most {LongestText} characters.", "Text")
        : ticket?.Length > LongestTicket ? Refusal.Invalid("assistance.ticket-too-long", $"Ticket: at most {LongestTicket} characters.", "Ticket")
        : HasControls(ticket) ? Refusal.Invalid("assistance.ticket-not-text", "Ticket: letters, digits and signs only, on one line.", "Ticket")
        : HasControls(text?.ReplaceLineEndings(" ")) ? Refusal.Invalid("assistance.text-not-text", "Note: letters, digits and signs only.", "Text")
        : null;

    /// <summary>Blank is nothing.</summary>
    public static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool HasControls(string? text) => text?.Any(char.IsControl) ?? false;
}
