using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>The text of the terms to which people agree at the checkout: lines of plain text, with empty ones between paragraphs.</summary>
public static class OrderTermsText
{
    public const int Longest = 100_000;

    public static Outcome<string> Read(string? text)
    {
        var terms = (text ?? "").ReplaceLineEndings("\n").Trim();
        return terms.Length is 0 or > Longest || terms.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\t')) ? OrderRefusals.TermsUnreadable : terms;
    }

    /// <summary>Whether an order may be placed.</summary>
    /// <param name="current">The version that counts now; 0: there are no terms.</param>
    /// <param name="accepted">The version of the page on which the box was ticked; null: it was not.</param>
    public static Refusal? Check(int current, int? accepted) =>
        current == 0 || accepted == current ? null : accepted is null ? OrderRefusals.TermsNotAccepted : OrderRefusals.TermsChanged;
}
