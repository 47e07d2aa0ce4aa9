namespace OnBehalf.Modules.Demo.Drawings;

internal static class Lighting
{
    private static readonly Tint Dark = Tint.Graphite, Steel = Tint.Steel;

    /// <summary>Shape: 0 pear, 1 candle, 2 globe.</summary>
    public static void Bulb(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 362, 60);
        switch (shape)
        {
            case 1: on.Fill($"M200 26 Q218 70 244 124 Q272 190 232 240 H168 Q128 190 156 124 Q182 70 200 26 Z", tint); break;
            case 2: on.Circle(200, 140, 108, tint); on.Fill($"M150 226 H250 L236 262 H164 Z", tint); break;
            default: on.Fill($"M200 34 C 286 34 308 122 276 172 Q254 206 246 246 H154 Q146 206 124 172 C 92 122 114 34 200 34 Z", tint); break;
        }
        on.Circle(200, 138, shape == 1 ? 34 : 62, tint.Lighter(45));
        on.Circle(200, 138, shape == 1 ? 18 : 36, tint.Lighter(75));
        on.Gleam($"M150 84 q18 -30 44 -30 q-26 18 -34 50 q-14 0 -10 -20 Z", shape == 1 ? 0 : 70);
        var neck = shape == 1 ? 32 : 46;
        on.Fill($"M{200 - neck} 238 H{200 + neck} L{196 + neck - 12} 292 H{204 - neck + 12} Z", Tint.White.Darker(5));
        on.Fill($"M200 238 H{200 + neck} L{196 + neck - 12} 292 H200 Z", Tint.White.Darker(12));
        for (var thread = 0; thread < 4; thread++) on.Rect(203 - neck + 9, 290 + (thread * 13), (neck * 2) - 24, 11, thread % 2 == 0 ? Steel : Steel.Darker(18), 5);
        on.Fill($"M{200 - neck + 18} 342 H{200 + neck - 18} L210 356 H190 Z", Dark);
    }

    public static void Panel(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 336, 130);
        on.Fill($"M110 70 L330 96 L312 320 L84 280 Z", Steel.Darker(22));
        on.Fill($"M104 64 L324 90 L306 312 L78 272 Z", Tint.White);
        on.Fill($"M122 82 L306 104 L290 292 L98 258 Z", tint);
        on.Gleam($"M122 82 L214 93 L178 272 L98 258 Z", 45);
    }

    /// <summary>Shape: length in centimetres.</summary>
    public static void Batten(Sketch on, Tint tint, int shape)
    {
        var half = shape > 130 ? 176 : 146;
        on.Turned(-32, 200, 200, () =>
        {
            on.Rect(200 - half, 170, half * 2, 64, Steel.Lighter(25), 12);
            on.Rect(200 - half, 214, half * 2, 22, Steel.Darker(12), 10);
            on.Rect(206 - half, 166, (half * 2) - 12, 48, tint, 24);
            on.Rect(216 - half, 172, (half * 2) - 32, 14, tint.Lighter(65), 7);
            on.Rect(194 - half, 164, 24, 74, Steel.Darker(30), 8);
            on.Rect(182 + half, 164, 24, 74, Steel.Darker(30), 8);
            on.Line($"M{206 + half} 202 q18 0 20 26", Dark, 8);
        });
    }

    /// <summary>Shape: how many heads; more than one stand on a tripod.</summary>
    public static void Floodlight(Sketch on, Tint tint, int shape)
    {
        if (shape == 1)
        {
            on.Ground(200, 350, 110);
            on.Line($"M112 346 L128 300 H272 L288 346", Dark, 14);
            on.Line($"M104 190 V300 H296 V190", Dark.Lighter(15), 14);
            Head(on, 78, 80, 244, 182, tint);
            on.Line($"M150 78 q0 -34 50 -34 t50 34", Dark, 14);
            return;
        }
        on.Ground(200, 364, 120);
        on.Line($"M200 170 L104 358 M200 170 L296 358", Dark.Lighter(10), 10);
        on.Line($"M200 90 V358", tint.Darker(15), 12);
        on.Line($"M150 268 H250", Dark.Lighter(20), 6);
        on.Rect(88, 150, 224, 14, Dark, 7);
        Head(on, 46, 44, 146, 112, tint);
        Head(on, 208, 44, 146, 112, tint);
        on.Circle(200, 172, 17, Dark);
    }

    public static void HeadTorch(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 330, 120);
        on.Line($"M86 214 C 60 60 340 60 314 214", Dark, 34, "butt");
        on.Line($"M86 214 C 60 60 340 60 314 214", tint.Darker(10), 12, "butt");
        on.Line($"M82 206 C 90 280 150 300 200 300 S 310 280 318 206", Dark.Lighter(12), 34, "butt");
        on.Rect(122, 180, 156, 116, Dark, 30);
        on.Rect(132, 188, 136, 92, tint, 24);
        on.Circle(200, 236, 50, Dark);
        on.Circle(200, 236, 40, Steel);
        on.Circle(200, 236, 31, Tint.Of("Neutral white"));
        on.Circle(200, 236, 14, Tint.White);
        on.Rect(182, 172, 36, 14, Tint.Of("Red"), 6);
    }

    public static void HandLamp(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 366, 70);
        on.Turned(12, 200, 200, () =>
        {
            on.Line($"M200 52 V34 q0 -16 16 -16 q14 0 14 14", Steel.Darker(30), 8);
            on.Rect(150, 48, 100, 200, Dark, 24);
            on.Rect(162, 62, 76, 172, Tint.Of("Neutral white"), 14);
            for (var row = 0; row < 6; row++)
                for (var column = 0; column < 3; column++) on.Circle(178 + (column * 22), 82 + (row * 26), 8, Tint.Of("Yellow").Lighter(20));
            on.Rect(162, 244, 76, 118, tint, 22);
            on.Rect(172, 252, 14, 98, tint.Lighter(28), 7);
            on.Circle(204, 280, 13, Dark);
            for (var y = 308; y < 348; y += 12) on.Line($"M192 {y} H226", tint.Darker(40), 5);
        });
    }

    private static void Head(Sketch on, int x, int y, int width, int height, Tint tint)
    {
        on.Rect(x, y + 6, width, height, tint.Darker(25), 20);
        on.Rect(x, y, width, height, tint, 20);
        on.Rect(x + 16, y + 16, width - 32, height - 32, Dark, 10);
        on.Rect(x + 22, y + 22, width - 44, height - 44, Tint.Of("Neutral white"), 8);
        var step = width > 200 ? 32 : 24;
        for (var row = y + 42; row < y + height - 30; row += step)
            for (var column = x + 42; column < x + width - 30; column += step) on.Circle(column, row, step / 4, Tint.Of("Yellow").Lighter(10));
        on.Gleam($"M{x + 24} {y + 24} h{width / 3} l-{width / 5} {height - 48} h-{width / 8} Z", 40);
    }
}
