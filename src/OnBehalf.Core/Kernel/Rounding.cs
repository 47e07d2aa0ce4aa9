namespace OnBehalf.Kernel;

/// <summary>How a fraction of a minor unit is rounded.</summary>
public enum Rounding
{
    /// <summary>Half away from zero: 0.5 → 1, −0.5 → −1. What invoices use.</summary>
    HalfUp,

    /// <summary>Half to the even neighbour: 0.5 → 0, 1.5 → 2.</summary>
    HalfEven,

    /// <summary>Towards zero.</summary>
    Down,
}

/// <summary>The one place of the product where amounts are rounded.</summary>
public static class Round
{
    /// <summary>Divides and rounds once. Throws <see cref="OverflowException"/> when the result does not fit a <see cref="long"/>.</summary>
    public static long Divide(Int128 numerator, Int128 denominator, Rounding rounding)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        var twice = Int128.Abs(remainder) * 2;
        var away = rounding switch
        {
            Rounding.HalfUp => twice >= denominator,
            Rounding.HalfEven => twice > denominator || (twice == denominator && !Int128.IsEvenInteger(quotient)),
            _ => false,
        };
        return checked((long)(away ? quotient + Int128.Sign(numerator) : quotient));
    }
}
