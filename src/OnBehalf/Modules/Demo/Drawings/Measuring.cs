namespace OnBehalf.Modules.Demo.Drawings;

internal static class Measuring
{
    private static readonly Tint Dark = Tint.Graphite, Steel = Tint.Steel, Vial = new(0xC8, 0xE0, 0x4A);

    /// <summary>Shape: length in centimetres.</summary>
    public static void SpiritLevel(Sketch on, Tint tint, int shape)
    {
        var half = shape > 100 ? 180 : shape > 50 ? 156 : 124;
        on.Ground(200, 290, half);
        on.Turned(-14, 200, 200, () =>
        {
            on.Rect(200 - half, 162, half * 2, 76, tint, 6);
            on.Rect(200 - half, 162, half * 2, 14, tint.Lighter(28), 6);
            on.Rect(200 - half, 222, half * 2, 16, tint.Darker(22), 6);
            on.Rect(194 - half, 158, 16, 84, Dark, 5);
            on.Rect(190 + half, 158, 16, 84, Dark, 5);
            on.Rect(160, 162, 80, 32, Dark.Darker(20), 8);
            on.Rect(168, 166, 64, 22, Vial, 11);
            on.Ellipse(204, 175, 11, 8, Vial.Lighter(60));
            on.Line($"M190 166 V188 M218 166 V188", Dark, 3);
            foreach (var x in new[] { 244 - half, 156 + half })
            {
                on.Circle(x, 200, 27, Dark.Darker(20));
                on.Rect(x - 9, 178, 18, 44, Vial, 9);
                on.Ellipse(x, 198, 7, 9, Vial.Lighter(60));
                on.Line($"M{x - 9} 187 h18 M{x - 9} 211 h18", Dark, 3);
            }
        });
    }

    /// <summary>Shape: metres of tape.</summary>
    public static void TapeMeasure(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 332, 150);
        on.Rect(24, 294, 216, 26, Tint.Of("Yellow"), 2);
        on.Rect(24, 294, 216, 8, Tint.Of("Yellow").Lighter(35));
        for (var x = 40; x < 120; x += 8) on.Line($"M{x} 320 v-{(x % 40 == 0 ? 14 : 8)}", Dark, 2, "butt");
        on.Fill($"M18 288 h8 v44 h-8 q-4 0 -4 -6 v-32 q0 -6 4 -6 Z", Steel.Darker(20));
        on.Fill($"M118 324 V190 Q118 92 222 92 H268 Q356 92 356 196 V300 Q356 324 332 324 Z", Dark);
        on.Fill($"M136 300 V196 Q136 110 224 110 H266 Q338 110 338 200 V290 Q338 306 322 306 H142 Q136 306 136 300 Z", tint);
        on.Fill($"M136 210 V196 Q136 110 224 110 H266 Q322 110 335 164 Q300 128 240 132 Q160 138 136 210 Z", tint.Lighter(22));
        on.Circle(238, 212, 62, Dark);
        on.Circle(238, 212, 50, Tint.White);
        on.Text(238, 226, 42, Dark, FormattableString.Invariant($"{shape} m"));
        on.Rect(128, 136, 34, 20, Tint.Of("Red"), 6);
    }

    /// <summary>Shape: 0 plain, 1 with leads plugged in.</summary>
    public static void Multimeter(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 362, 100);
        if (shape > 0)
        {
            on.Line($"M176 322 C 150 390 60 380 60 280 V120", Tint.Of("Black"), 8);
            on.Line($"M224 322 C 260 396 344 372 344 270 V120", Tint.Of("Red"), 8);
            on.Rect(50, 70, 20, 80, Tint.Of("Black"), 8);
            on.Rect(334, 70, 20, 80, Tint.Of("Red"), 8);
            on.Line($"M60 70 V34 M344 70 V34", Steel.Darker(20), 5);
        }
        on.Rect(110, 36, 180, 322, tint.Darker(12), 30);
        on.Rect(122, 48, 156, 298, Dark, 22);
        on.Rect(138, 64, 124, 76, new Tint(0xCF, 0xDB, 0xC2), 8);
        on.Text(196, 116, 40, Dark.Darker(20), shape > 0 ? "230.4" : "12.03");
        on.Text(248, 82, 13, Dark, shape > 0 ? "V~" : "V=");
        on.Circle(200, 226, 52, Dark.Lighter(16));
        for (var step = 0; step < 9; step++) on.Turned((step * 30) - 120, 200, 226, () => on.Rect(198, 164, 4, 10, step % 3 == 0 ? tint.Lighter(30) : Tint.White, 2));
        on.Circle(200, 226, 38, tint);
        on.Turned(-30, 200, 226, () => on.Rect(193, 190, 14, 72, tint.Darker(35), 7));
        for (var key = 0; key < 3; key++) on.Rect(144 + (key * 40), 150, 32, 12, Dark.Lighter(30), 6);
        foreach (var (x, ring) in new[] { (150, Tint.Of("Yellow")), (176, Tint.Of("Black").Lighter(20)), (224, Tint.Of("Red")), (250, Tint.Of("Yellow")) })
        {
            on.Circle(x, 318, 11, ring);
            on.Circle(x, 318, 5, Dark.Darker(50));
        }
    }

    public static void VoltageTester(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 362, 90);
        on.Line($"M150 336 C 150 396 262 396 262 330", Dark, 9);
        on.Line($"M150 80 V26 M262 110 V48", Steel.Darker(20), 6);
        on.Rect(118, 76, 64, 266, tint, 26);
        on.Rect(126, 84, 14, 240, tint.Lighter(25), 7);
        on.Rect(108, 124, 84, 14, tint.Darker(25), 7);
        on.Rect(238, 104, 48, 232, tint, 20);
        on.Rect(230, 146, 64, 12, tint.Darker(25), 6);
        on.Rect(132, 154, 36, 142, Dark, 10);
        for (var led = 0; led < shape; led++)
        {
            var y = 278 - (led * 18);
            on.Rect(140, y, 20, 10, led < 4 ? Tint.Of("Green").Lighter(25) : led < 6 ? Tint.Of("Yellow") : Dark.Lighter(22), 5);
        }
    }

    /// <summary>Shape: range in metres.</summary>
    public static void LaserMeter(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 358, 90);
        on.Line($"M176 62 V0", Tint.Of("Red").Lighter(20), 4, "butt");
        on.Rect(126, 56, 148, 300, Dark, 26);
        on.Rect(116, 90, 168, 230, tint, 30);
        on.Rect(134, 70, 132, 272, Dark.Lighter(8), 20);
        on.Rect(150, 88, 100, 108, new Tint(0xD6, 0xE4, 0xEA), 8);
        on.Text(200, 126, 22, Dark, FormattableString.Invariant($"{shape - 3}.482"));
        on.Text(200, 152, 20, Dark.Lighter(30), FormattableString.Invariant($"{shape / 2}.107"));
        on.Line($"M158 164 H242", Dark.Lighter(40), 2);
        on.Text(200, 187, 20, Dark, "m²");
        on.Circle(200, 236, 26, Tint.Of("Red"));
        on.Circle(200, 236, 17, Tint.Of("Red").Lighter(20));
        foreach (var (x, y) in new[] { (158, 280), (200, 286), (242, 280), (158, 312), (200, 318), (242, 312) }) on.Rect(x - 15, y - 8, 30, 16, Dark.Lighter(30), 8);
        on.Rect(162, 50, 28, 14, Dark.Darker(30), 4);
    }

    public static void Book(Sketch on, Tint tint, int shape)
    {
        on.Ground(206, 350, 120);
        on.Fill($"M96 64 q0 -14 14 -14 h184 q16 0 16 16 v262 q0 16 -16 16 H112 q-16 0 -16 -16 Z", tint.Darker(30));
        on.Fill($"M110 316 H304 v22 H114 q-14 -10 -4 -22 Z", Tint.White);
        on.Line($"M116 324 H302 M116 331 H302", Steel, 2);
        on.Fill($"M96 64 q0 -14 14 -14 h184 q16 0 16 16 v250 H112 q-12 0 -16 10 Z", tint);
        on.Rect(96, 60, 22, 258, tint.Darker(18), 6);
        on.Rect(146, 92, 134, 62, Tint.White, 6);
        on.Text(213, 120, 19, tint.Darker(40), "INSTALLER'S");
        on.Text(213, 142, 19, tint.Darker(40), "HANDBOOK");
        on.Fill($"M222 182 l-42 62 h30 l-12 46 l50 -66 h-32 Z", Tint.Of("Yellow"));
        on.Text(270, 302, 15, tint.Lighter(60), FormattableString.Invariant($"{shape}th ed."));
    }
}
