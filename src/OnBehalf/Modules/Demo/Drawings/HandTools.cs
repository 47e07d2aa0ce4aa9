namespace OnBehalf.Modules.Demo.Drawings;

internal static class HandTools
{
    private static readonly Tint Dark = Tint.Graphite, Steel = Tint.Steel;

    /// <summary>Shape: 0 slotted, 1 cross.</summary>
    public static void Screwdriver(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 350, 110);
        on.Turned(38, 200, 200, () => Driver(on, 200, 30, tint, shape));
    }

    /// <summary>Shape: how many of them lie side by side.</summary>
    public static void ScrewdriverSet(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 366, 140);
        var step = 300 / shape;
        for (var i = 0; i < shape; i++) on.Moved(50 + (step / 2) + (i * step) - 200, (i % 2 * 12) - 6, () => Driver(on, 200, 28, tint, i % 2, slim: true));
    }

    /// <summary>Shape: how many bits the box holds, in rows of eight at most.</summary>
    public static void BitBox(Sketch on, Tint tint, int shape)
    {
        var rows = shape > 16 ? 3 : 2;
        var each = Math.Min(8, (shape + rows - 1) / rows);
        on.Ground(200, 344, 150);
        on.Rect(56, 74, 288, 262, tint.Darker(25), 24);
        on.Rect(56, 74, 288, 252, tint, 24);
        on.Rect(74, 92, 252, 216, Dark, 14);
        for (var row = 0; row < rows; row++)
        {
            var y = 108 + (row * (rows == 3 ? 66 : 98));
            on.Rect(86, y + 34, 228, 20, Dark.Lighter(16), 6);
            for (var bit = 0; bit < each; bit++)
            {
                var x = 100 + (bit * 200 / (each - 1));
                on.Rect(x - 7, y + 14, 14, 36, Steel, 3);
                on.Fill($"M{x - 5} {y + 14} l2 -14 h6 l2 14 Z", Steel.Lighter(30));
                on.Rect(x - 7, y + 30, 14, 7, row == 0 ? Tint.Of("Red") : row == 1 ? Tint.Of("Yellow") : Tint.Of("Blue"), 0);
            }
        }
        on.Rect(168, 312, 64, 20, Dark, 8);
    }

    /// <summary>Shape: 0 combination, 1 cutter, 2 long nose.</summary>
    public static void Pliers(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 364, 110);
        void Half()
        {
            on.Line($"M206 168 C 250 214 258 270 236 352", tint.Darker(22), 36);
            on.Line($"M206 168 C 250 214 258 270 236 352", tint, 28);
            on.Line($"M222 196 C 246 236 248 280 234 330", tint.Lighter(35), 6);
            on.Line($"M200 160 L216 180", Steel.Darker(25), 34);
            if (shape == 1) on.Fill($"M201 46 q44 26 38 78 q-2 36 -38 48 Z", Steel);
            else if (shape == 2) on.Fill($"M201 22 h9 l32 112 q2 30 -41 44 Z", Steel);
            else on.Fill($"M201 40 h22 q8 0 10 10 l10 76 q2 34 -42 46 Z", Steel);
        }
        on.Mirrored(Half);
        on.Mirrored(() => on.Fill($"M201 60 L201 130 L214 140 L214 66 Z", Steel.Darker(12)));
        Half();
        on.Line($"M200 {(shape == 2 ? 28 : 50)} V130", Steel.Darker(45), 3);
        if (shape != 1) for (var y = shape == 2 ? 44 : 54; y < 118; y += 8) on.Line($"M194 {y} H206", Steel.Darker(40), 2);
        on.Circle(200, 160, 22, Steel.Darker(30));
        on.Circle(200, 160, 15, Steel.Lighter(20));
        on.Circle(200, 160, 5, Steel.Darker(40));
    }

    public static void WaterPumpPliers(Sketch on, Tint tint, int shape)
    {
        on.Ground(206, 364, 100);
        on.Turned(10, 200, 200, () =>
        {
            on.Line($"M196 158 C 168 220 166 280 176 358", tint.Darker(20), 30);
            on.Line($"M196 158 C 168 220 166 280 176 358", tint, 23);
            on.Fill($"M246 44 q14 -2 16 12 l4 40 q-4 56 -46 92 l-36 -22 q44 -34 40 -88 Z", Steel.Darker(10));
            on.Fill($"M160 52 q34 -22 62 -10 l-6 26 q-26 -6 -36 14 q-6 40 30 96 l-34 20 q-60 -90 -16 -146 Z", Steel);
            on.Line($"M214 176 C 240 226 244 290 226 358", tint.Darker(28), 30);
            on.Line($"M214 176 C 240 226 244 290 226 358", tint, 23);
            on.Line($"M222 212 C 234 246 234 290 226 330", tint.Lighter(35), 5);
            on.Line($"M188 148 L204 178", Steel.Darker(40), 12);
            on.Circle(199, 166, 13, Steel.Lighter(25));
            on.Line($"M193 160 L205 172", Steel.Darker(40), 4);
            for (var y = 62; y < 108; y += 9) on.Line($"M{232 - ((y - 62) / 12)} {y} l10 3", Steel.Darker(45), 3);
        });
    }

    public static void Hammer(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 352, 120);
        on.Turned(32, 200, 200, () =>
        {
            on.Fill($"M188 96 h24 l6 170 q4 60 -4 102 q-14 8 -28 0 q-8 -42 -4 -102 Z", tint);
            on.Fill($"M188 96 h8 l-2 170 q-2 60 0 106 l-8 -4 q-8 -42 -4 -102 Z", tint.Lighter(25));
            on.Rect(180, 256, 40, 116, Dark, 16);
            for (var y = 276; y < 360; y += 16) on.Line($"M190 {y} H210", Dark.Lighter(28), 4);
            on.Fill($"M92 62 h40 l14 10 h66 l84 -2 q8 12 0 26 l-84 10 h-66 l-14 10 h-40 q-10 -27 0 -54 Z", Steel.Darker(30));
            on.Fill($"M92 62 h40 l14 10 h66 l84 -2 q4 6 4 12 H88 q0 -10 4 -20 Z", Steel);
            on.Rect(184, 58, 32, 62, Steel.Darker(45), 6);
        });
    }

    /// <summary>Shape: width across flats in millimetres.</summary>
    public static void Spanner(Sketch on, Tint tint, int shape)
    {
        var grip = 16 + (shape / 2);
        on.Ground(200, 354, 110);
        on.Turned(40, 200, 200, () =>
        {
            on.Fill($"M{200 - (grip / 2) - 4} 96 h{grip + 8} l-6 210 h-{grip - 4} Z", tint);
            on.Fill($"M{200 - (grip / 2) + 2} 112 h{grip / 3} v180 h-{grip / 4} Z", tint.Lighter(45));
            on.Ring(200, 328, 28, 19, tint);
            on.Ring(200, 328, 34, 4, tint.Lighter(35));
            on.Fill($"M164 26 L178 22 V66 L200 80 L222 66 V22 L236 26 Q256 60 240 92 Q226 116 200 116 Q174 116 160 92 Q144 60 164 26 Z", tint);
            on.Fill($"M164 26 L170 24 V72 L166 96 Q146 64 164 26 Z", tint.Lighter(40));
            on.Turned(90, 200, 200, () => on.Text(200, 206, 18, tint.Darker(45), FormattableString.Invariant($"{shape} mm")));
        });
    }

    private static void Driver(Sketch on, int x, int y, Tint tint, int tip, bool slim = false)
    {
        var half = slim ? 17 : 27;
        on.Rect(x - 5, y + 24, 10, 150, Steel, 2);
        on.Rect(x - 5, y + 24, 4, 150, Steel.Lighter(35), 2);
        if (tip == 0) on.Fill($"M{x - 5} {y + 30} L{x - 9} {y + 6} H{x + 9} L{x + 5} {y + 30} Z", Steel.Darker(25));
        else on.Fill($"M{x - 6} {y + 30} L{x - 4} {y + 12} L{x} {y + 2} L{x + 4} {y + 12} L{x + 6} {y + 30} Z", Steel.Darker(25));
        on.Fill($"M{x - 12} {y + 166} h24 l{half - 12} 26 q4 8 -2 18 l-2 14 q6 40 0 84 q-6 26 -{half - 2} 26 h-4 q-{half - 6} 0 -{half - 2} -26 q-6 -44 0 -84 l-2 -14 q-6 -10 -2 -18 Z", tint);
        on.Fill($"M{x - half + 3} {y + 226} q-4 44 0 78 q4 20 12 26 q-4 -50 0 -104 Z", tint.Lighter(30));
        on.Line($"M{x} {y + 232} V{y + 312} M{x + (half / 2)} {y + 232} V{y + 308}", Dark, 6);
        on.Rect(x - half + 1, y + 204, (half * 2) - 2, 12, Dark, 5);
    }
}
