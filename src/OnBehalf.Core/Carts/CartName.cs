using OnBehalf.Kernel;

namespace OnBehalf.Carts;

/// <summary>What a buyer calls one of his carts.</summary>
public static class CartName
{
    public const int Longest = 60;

    /// <summary>One to which he gave no name.</summary>
    public const string Unnamed = "Cart";

    public static Outcome<string> Read(string? typed)
    {
        var name = typed?.Trim() ?? "";
        return name.Length is 0 or > Longest || name.Any(char.IsControl) ? CartRefusals.NameMissing : name;
    }
}
