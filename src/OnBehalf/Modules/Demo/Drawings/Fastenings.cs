namespace OnBehalf.Modules.Demo.Drawings;

internal static class Fastenings
{
    private static readonly Tint Dark = Tint.Graphite, Card = new(0xD8, 0xB0, 0x80);

    /// <summary>Shape: length in millimetres.</summary>
    public static void Screws(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 350, 140);
        on.Fill($"M170 150 L330 130 L352 300 L196 336 Z", Card);
        on.Fill($"M170 150 L330 130 L322 108 L158 126 Z", Card.Lighter(25));
        on.Fill($"M170 150 L158 126 L150 300 L196 336 Z", Card.Darker(22));
        on.Fill($"M206 190 L316 174 L326 244 L218 266 Z", Tint.White);
        on.Fill($"M208 198 L316 182 L318 200 L211 217 Z", Tint.Of("Red"));
        var length = 80 + shape;
        foreach (var (x, y, degrees) in new[] { (86, 190, -24), (134, 176, 8) })
        {
            on.Turned(degrees, x, y, () =>
            {
                on.Rect(x - 6, y - 40, 12, length + 10, tint, 3);
                on.Fill($"M{x - 6} {y + length - 34} h12 l-6 26 Z", tint);
                for (var turn = y - 6; turn < y + length - 26; turn += 9) on.Line($"M{x - 9} {turn + 4} L{x + 9} {turn - 2}", tint.Darker(28), 4);
                on.Fill($"M{x - 22} {y - 62} h44 q4 4 0 8 l-14 16 h-16 l-14 -16 q-4 -4 0 -8 Z", tint.Lighter(14));
                on.Fill($"M{x - 22} {y - 62} h44 q3 3 1 6 h-46 q-2 -3 1 -6 Z", tint.Lighter(45));
            });
        }
    }

    /// <summary>Shape: diameter in millimetres.</summary>
    public static void WallPlugs(Sketch on, Tint tint, int shape)
    {
        var half = 14 + shape;
        on.Ground(200, 346, 130);
        foreach (var (x, y, degrees) in new[] { (118, 210, -22), (206, 196, 6), (292, 212, 28) })
        {
            on.Turned(degrees, x, y, () =>
            {
                on.Rect(x - half - 4, y - 112, (half * 2) + 8, 14, tint.Lighter(16), 5);
                on.Rect(x - half, y - 104, half * 2, 60, tint, 3);
                for (var rib = 0; rib < 4; rib++)
                {
                    var top = y - 46 + (rib * 36);
                    on.Fill($"M{x - half + 3} {top} H{x + half - 3} L{x + half + 3} {top + 34} H{x - half - 3} Z", tint.Darker(rib % 2 * 8));
                }
                on.Fill($"M{x - half - 2} {y + 98} h{(half * 2) + 4} l-8 22 h-{(half * 2) - 12} Z", tint.Darker(10));
                on.Rect(x - 3, y - 44, 6, 160, tint.Darker(42), 3);
                on.Rect(x - half + 3, y - 100, 7, 52, tint.Lighter(38), 3);
            });
        }
    }

    /// <summary>Shape: 1 small to 3 large.</summary>
    public static void StackingBin(Sketch on, Tint tint, int shape)
    {
        var grow = shape * 14;
        on.Ground(200, 330, 110 + grow);
        on.Fill($"M{110 - grow} {150 - grow} H{290 + grow} L{276 + grow} 240 H{124 - grow} Z", tint.Darker(40));
        on.Fill($"M{110 - grow} {150 - grow} L{130 - grow} {240} L{120 - grow} 322 L{92 - grow} {190 - grow} Z", tint.Darker(15));
        on.Fill($"M{290 + grow} {150 - grow} L{270 + grow} {240} L{280 + grow} 322 L{308 + grow} {190 - grow} Z", tint.Darker(15));
        on.Fill($"M{92 - grow} 222 H{308 + grow} L{286 + grow} 326 H{114 - grow} Z", tint);
        on.Rect(86 - grow, 214, 228 + (grow * 2), 18, tint.Lighter(24), 8);
        on.Line($"M{110 - grow} {150 - grow} H{290 + grow}", tint.Lighter(12), 12);
        on.Rect(150 - (grow / 2), 254, 100 + grow, 44, Tint.White, 5);
        on.Rect(160 - (grow / 2), 266, 56 + (grow / 2), 7, Dark, 3);
        on.Rect(160 - (grow / 2), 281, 34 + (grow / 2), 6, Tint.Steel, 3);
    }

    public static void ToolCase(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 338, 150);
        on.Line($"M146 122 V92 q0 -22 22 -22 h64 q22 0 22 22 v30", Dark, 18);
        on.Rect(46, 116, 308, 212, Dark.Darker(15), 24);
        on.Rect(46, 116, 308, 202, Dark, 24);
        on.Rect(46, 116, 308, 92, tint, 24);
        on.Rect(46, 160, 308, 48, tint.Darker(8));
        on.Rect(64, 126, 272, 10, tint.Lighter(30), 5);
        on.Rect(46, 204, 308, 8, Dark.Darker(40));
        foreach (var x in new[] { 98, 262 })
        {
            on.Rect(x, 182, 40, 56, Tint.Steel, 8);
            on.Rect(x + 6, 188, 28, 18, Tint.Steel.Lighter(40), 5);
        }
        for (var x = 84; x < 330; x += 34) on.Rect(x, 262, 18, 40, Dark.Lighter(14), 6);
    }
}
