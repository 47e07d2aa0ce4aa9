namespace OnBehalf.Kernel;

/// <summary>
/// What a number of units costs: <paramref name="Amount"/> for <paramref name="PerUnits"/> (1, 10, 100 or 1000) units.
/// </summary>
public readonly record struct UnitPrice(Money Amount, int PerUnits = 1)
{
    /// <summary>The same with a tax on it, rounded once.</summary>
    public UnitPrice With(Percentage tax) => this with { Amount = Amount + Amount.Percent(tax) };

    /// <summary>The total of a line: the only rounding in it happens here, half up.</summary>
    public Money Times(Quantity quantity) =>
        new(Round.Divide((Int128)Amount.Minor * quantity.Thousandths, 1_000 * (Int128)PerUnits, Rounding.HalfUp), Amount.Currency);

    public override string ToString() => PerUnits == 1 ? Amount.ToString() : Say($"{Amount} per {PerUnits}");
}
