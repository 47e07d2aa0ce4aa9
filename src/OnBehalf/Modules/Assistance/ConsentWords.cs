using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is asked of a buyer, in his words.</summary>
public static class ConsentWords
{
    /// <summary>"30 minutes, cart and order"</summary>
    public static string What(Mode highest, int minutes) => $"{(minutes == 1 ? Say("1 minute") : Say($"{minutes} minutes"))}, {Mode(highest)}";

    public static string Mode(Mode highest) => highest switch
    {
        Kernel.Mode.View => Say("only looking"),
        Kernel.Mode.Cart => Say("looking and filling the cart"),
        _ => Say("cart and order"),
    };

    public static string Why(string reason, string? note) => Reasons.Inside(reason) is { Length: > 0 } word
        ? word + (note is null ? "" : $" – “{note}”") : note ?? "";
}
