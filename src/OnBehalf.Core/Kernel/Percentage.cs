using System.Globalization;

namespace OnBehalf.Kernel;

/// <summary>A share in whole millionths: 9.5 % is 95,000. Files write it as a fraction ("0.095") or in percent ("9.5").</summary>
public readonly record struct Percentage(int Millionths)
{
    public static readonly Percentage Zero = new(0);

    public static bool TryParseFraction(string? text, out Percentage percentage) => TryParse(text, 1_000_000m, out percentage);

    public static bool TryParsePercent(string? text, out Percentage percentage) => TryParse(text, 10_000m, out percentage);

    /// <summary>In percent, as people write it: "9.5 %".</summary>
    public override string ToString() => (Millionths / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    private static bool TryParse(string? text, decimal scale, out Percentage percentage)
    {
        percentage = default;
        if (text is null || text.Length is 0 or > 12
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > 1_000m)
        {
            return false;
        }

        var millionths = value * scale;
        if (millionths != decimal.Truncate(millionths) || millionths > int.MaxValue)
        {
            return false;
        }

        percentage = new Percentage((int)millionths);
        return true;
    }
}
