using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is asked of a buyer, in his words.</summary>
public static class ConsentWords
{
    /// <summary>"30 minutes, cart and order"</summary>
    public static string What(Mode highest, int minutes) => $"{(minutes == 1 ? "1 minute" : $"{minutes} minutes")}, {Mode(highest)}";

    public static string Mode(Mode highest) => highest switch
    {
        Kernel.Mode.View => "only looking",
        Kernel.Mode.Cart => "looking and filling the cart",
        _ => "cart and order",
    };

    public static string Why(string reason, string? note) => Reasons.Word(reason) is { Length: > 0 } word
        ? char.ToLowerInvariant(word[0]) + word[1..] + (note is null ? "" : $" – “{note}”") : note ?? "";
}
