using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>In which quantities an article can be ordered: whole packages, from a least to a most in one order.</summary>
/// <param name="Pack">What one package holds; every quantity is a multiple of it. Above 0.</param>
/// <param name="Least">Null: one package.</param>
/// <param name="Most">Null: as much as a line may hold.</param>
/// <param name="Unit">In what it is counted: "piece", "m", "kg".</param>
public readonly record struct QuantityRule(Quantity Pack, Quantity? Least, Quantity? Most, string Unit)
{
    public const string Piece = "piece";

    /// <summary>By the piece, as many as somebody wants.</summary>
    public static readonly QuantityRule Pieces = new(Quantity.One, null, null, Piece);

    /// <summary>Whatever lies in a cart already and only changes its place.</summary>
    public static readonly QuantityRule Any = new(new Quantity(1), null, null, Piece);

    /// <summary>The smallest quantity that can be ordered.</summary>
    public Quantity First => Least is { } least && least > Pack ? Up(least) : Pack;

    public bool IsWhole(Quantity quantity) => quantity.Thousandths % Pack.Thousandths == 0;

    /// <summary>The largest number of whole packages in a quantity, at least the smallest that can be ordered.</summary>
    public Quantity Below(Quantity quantity) =>
        new Quantity(quantity.Thousandths / Pack.Thousandths * Pack.Thousandths) is var down && down > First ? down : First;

    /// <summary>The next whole number of packages from a quantity on, at least the smallest that can be ordered.</summary>
    public Quantity Above(Quantity quantity) => Up(quantity) is var up && up > First ? up : First;

    /// <summary>"In packages of 12 m, from 24 m on, at most 240 m in one order."; null where it is sold by the piece and nothing else is to be said.</summary>
    public string? InWords
    {
        get
        {
            var parts = new List<string>(3);
            if (Pack != Quantity.One)
            {
                parts.Add(Say($"in packages of {Of(Pack)}"));
            }

            if (First > Pack)
            {
                parts.Add(Say($"from {Of(First)} on"));
            }

            if (Most is { } most)
            {
                parts.Add(Say($"at most {Of(most)} in one order"));
            }

            return parts.Count == 0 ? null : string.Concat(parts[0][..1].ToUpperInvariant(), parts[0].AsSpan(1)) + string.Concat(parts.Skip(1).Select(part => ", " + part)) + ".";
        }
    }

    /// <summary>"12 pieces", "1 piece", "2.5 m".</summary>
    public string Of(Quantity quantity) => Unit == Piece ? quantity == Quantity.One ? Say("1 piece") : Say($"{quantity} pieces") : $"{quantity} {Unit}";

    private Quantity Up(Quantity quantity) => new((quantity.Thousandths + Pack.Thousandths - 1) / Pack.Thousandths * Pack.Thousandths);
}
