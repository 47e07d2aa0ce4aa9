using System.Globalization;

namespace OnBehalf.Modules.Demo.Drawings;

/// <summary>A flat colour and its own light and shadow.</summary>
internal readonly record struct Tint(byte R, byte G, byte B)
{
    public static readonly Tint White = new(0xFF, 0xFF, 0xFF), Black = new(0x10, 0x14, 0x1A);
    public static readonly Tint Graphite = new(0x2F, 0x37, 0x42), Steel = new(0xB4, 0xBE, 0xC9), Copper = new(0xC9, 0x7B, 0x4A), Brass = new(0xD6, 0xB0, 0x5A);

    public Tint Lighter(int percent) => Towards(White, percent);

    public Tint Darker(int percent) => Towards(Black, percent);

    /// <summary>The colour that a product's <c>color</c> column names.</summary>
    public static Tint Of(string name) => name switch
    {
        "White" => new(0xF2, 0xF4, 0xF6),
        "Aluminium" => new(0xC3, 0xCA, 0xD1),
        "Grey" => new(0x8F, 0x9A, 0xA6),
        "Anthracite" => new(0x46, 0x4F, 0x5B),
        "Black" => new(0x2B, 0x30, 0x38),
        "Red" => new(0xD0, 0x43, 0x3B),
        "Orange" => new(0xEA, 0x82, 0x2C),
        "Yellow" => new(0xF2, 0xBE, 0x2E),
        "Green" => new(0x4C, 0x9A, 0x54),
        "Green-yellow" => new(0x8C, 0xB8, 0x3A),
        "Teal" => new(0x1C, 0x82, 0x80),
        "Blue" => new(0x2E, 0x6F, 0xC2),
        "Brown" => new(0x80, 0x57, 0x3A),
        "Copper" => Copper,
        "Brass" => Brass,
        "Steel" => Steel,
        "Warm white" => new(0xFF, 0xD8, 0x8A),
        "Neutral white" => new(0xFF, 0xF0, 0xC8),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The drawings know no such colour."),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    private Tint Towards(Tint other, int percent) => new(Blend(R, other.R, percent), Blend(G, other.G, percent), Blend(B, other.B, percent));

    private static byte Blend(byte from, byte to, int percent) => (byte)(from + ((to - from) * percent / 100));
}
