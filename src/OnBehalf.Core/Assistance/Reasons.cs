namespace OnBehalf.Assistance;

/// <summary>Why somebody acts for a buyer: a short list, so that it can be counted; details go into the text beside it.</summary>
public static class Reasons
{
    public static readonly IReadOnlyList<(string Code, string Word)> All =
    [
        ("phone-order", "Order by telephone"),
        ("mail-order", "Order by mail"),
        ("visit", "Visit or at the counter"),
        ("support", "Help with the shop"),
        ("complaint", "Complaint or return"),
        ("other", "Something else"),
    ];

    public static string Word(string code)
    {
        foreach (var (known, word) in All)
        {
            if (known == code)
            {
                return word;
            }
        }

        return code;
    }
}
