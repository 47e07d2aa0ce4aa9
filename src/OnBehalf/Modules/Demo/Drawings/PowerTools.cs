using System.Globalization;
using System.Text;

namespace OnBehalf.Modules.Demo.Drawings;

internal static class PowerTools
{
    private static readonly Tint Dark = Tint.Graphite, Steel = Tint.Steel;

    /// <summary>Shape: ampere hours of the battery in the foot, 0 for none.</summary>
    public static void Drill(Sketch on, Tint tint, int shape) => Pistol(on, tint, shape, nose: 100, () =>
    {
        on.Rect(22, 139, 60, 7, Steel, 3);
        on.Line($"M30 146 L38 139 M44 146 L52 139 M58 146 L66 139", Steel.Darker(30), 3);
        on.Fill($"M74 130 L114 116 V170 L74 156 Z", Dark);
        on.Fill($"M74 130 L114 116 V126 L74 138 Z", Dark.Lighter(20));
        on.Rect(112, 108, 26, 70, Steel.Darker(25), 5);
        on.Rect(112, 108, 26, 18, Steel, 5);
    });

    public static void HammerDrill(Sketch on, Tint tint, int shape)
    {
        on.Rect(112, 172, 24, 112, Dark.Lighter(8), 12);
        for (var y = 200; y < 270; y += 14) on.Line($"M114 {y} H134", Dark.Lighter(28), 3);
        Drill(on, tint, shape);
        on.Rect(106, 104, 20, 78, Dark, 6);
    }

    public static void ImpactDriver(Sketch on, Tint tint, int shape) => Pistol(on, tint, shape, nose: 128, () =>
    {
        on.Rect(58, 138, 50, 9, Steel, 3);
        on.Rect(90, 128, 26, 29, Steel.Darker(30), 4);
        on.Fill($"M112 122 L144 106 V180 L112 164 Z", Dark);
        on.Fill($"M112 122 L144 106 V120 L112 133 Z", Dark.Lighter(22));
    });

    /// <summary>Shape: diameter of the disc in millimetres; up to 200 one hand's tool, above it the big one.</summary>
    public static void AngleGrinder(Sketch on, Tint tint, int shape)
    {
        on.Line($"M364 184 q22 0 24 26 v20", Dark.Darker(30), 8);
        Grinder(on, tint, shape);
    }

    /// <summary>Shape: diameter of the disc in millimetres.</summary>
    public static void CordlessAngleGrinder(Sketch on, Tint tint, int shape)
    {
        Grinder(on, tint, shape);
        on.Rect(322, 142, 58, 92, Dark, 12);
        on.Rect(322, 142, 16, 92, tint, 6);
        on.Rect(350, 158, 8, 58, Dark.Lighter(28), 4);
    }

    private static void Grinder(Sketch on, Tint tint, int shape)
    {
        var radius = shape > 200 ? 96 : 76;
        on.Ground(210, 338, 140);
        on.Circle(112, 232, radius, Steel.Darker(35));
        on.Circle(112, 232, radius - 4, Steel.Darker(12));
        on.Ring(112, 232, radius - 22, 2, Steel.Darker(26));
        on.Circle(112, 232, 26, Tint.Of("Red").Darker(10));
        on.Circle(112, 232, 11, Steel.Lighter(30));
        on.Fill($"M{108 - radius} 222 A{radius + 8} {radius + 8} 0 0 1 {116 + radius} 222 L{100 + radius} 232 H{124 - radius} Z", Dark.Lighter(12));
        on.Line($"M112 150 V96", Dark, 30);
        on.Line($"M104 132 V102", Dark.Lighter(20), 5);
        on.Fill($"M64 150 q0 -14 14 -14 h70 q18 0 22 14 l6 72 H74 q-10 0 -10 -12 Z", Dark);
        on.Fill($"M152 146 H292 q14 0 16 12 l2 44 q0 14 -14 16 L166 222 q-14 -2 -16 -18 Z", tint);
        on.Fill($"M152 146 H292 q14 0 16 12 l1 12 H150 Z", tint.Lighter(18));
        on.Fill($"M304 156 h46 q14 0 14 14 v26 q0 14 -14 14 l-44 2 Z", Dark);
        on.Line($"M322 170 V198 M334 170 V198 M346 170 V198", Dark.Lighter(28), 4);
        on.Rect(206, 134, 54, 18, Dark, 8);
        on.Rect(184, 184, 88, 10, tint.Darker(28), 5);
    }

    /// <summary>Shape: diameter of the blade in millimetres.</summary>
    public static void CircularSaw(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 346, 160);
        Blade(on, 190, 240, shape > 180 ? 98 : 90);
        on.Circle(190, 240, 22, Dark);
        on.Circle(190, 240, 10, Steel.Lighter(20));
        on.Fill($"M78 244 A112 112 0 0 1 302 244 L270 244 A80 80 0 0 0 110 244 Z", tint);
        on.Fill($"M78 244 A112 112 0 0 1 190 132 V150 A94 94 0 0 0 96 244 Z", tint.Lighter(20));
        on.Fill($"M196 168 h74 q22 0 22 22 v48 h-96 Z", Dark);
        on.Line($"M214 184 V224 M230 184 V224 M246 184 V224", Dark.Lighter(26), 5);
        on.Line($"M148 132 q10 -54 66 -56 q74 -2 96 46 l16 62", Dark, 26);
        on.Line($"M160 118 q14 -32 56 -34 q60 -2 80 34", tint, 9);
        on.Fill($"M304 164 h34 q10 0 10 10 v44 q0 12 -12 12 h-38 Z", tint.Darker(20));
        on.Rect(40, 284, 320, 16, Steel.Darker(15), 6);
        on.Rect(40, 284, 320, 6, Steel.Lighter(25), 3);
    }

    /// <summary>Shape: 0 with a mains lead, else ampere hours.</summary>
    public static void Jigsaw(Sketch on, Tint tint, int shape)
    {
        on.Ground(210, 352, 140);
        on.Fill($"M110 268 h16 v78 l-8 8 l-8 -10 Z", Steel);
        for (var y = 282; y < 344; y += 9) on.Fill($"M126 {y} l7 4 l-7 5 Z", Steel.Darker(20));
        on.Fill($"M84 196 q0 -40 40 -42 h44 v72 h-72 q-12 0 -12 -14 Z", Dark);
        on.Fill($"M128 154 q10 -58 80 -62 h68 q54 4 58 58 l4 58 h-40 l-6 -44 q-4 -22 -28 -22 h-58 q-20 2 -20 24 v60 h-58 Z", tint);
        on.Fill($"M140 136 q16 -42 70 -44 h66 q36 2 50 30 q-20 -14 -50 -14 h-66 q-44 2 -70 28 Z", tint.Lighter(22));
        on.Rect(206, 134, 66, 16, Dark, 8);
        on.Rect(120, 214, 176, 40, tint.Darker(20), 10);
        on.Line($"M214 226 V244 M228 226 V244 M242 226 V244 M256 226 V244", tint.Darker(55), 5);
        if (shape > 0)
        {
            on.Rect(302, 158, 66, 86, Dark, 12);
            on.Rect(302, 158, 16, 86, tint.Darker(10), 6);
            on.Rect(336, 176, 8, 50, Dark.Lighter(28), 4);
        }
        else on.Line($"M334 206 q2 40 30 46", Dark.Darker(20), 10);
        on.Rect(52, 256, 280, 18, Steel.Darker(15), 6);
        on.Rect(52, 256, 280, 7, Steel.Lighter(25), 3);
    }

    /// <summary>Shape: ampere hours; more of them, more height.</summary>
    public static void Battery(Sketch on, Tint tint, int shape)
    {
        var height = 84 + (shape * 12);
        var top = 320 - height;
        on.Ground(200, 326, 130);
        on.Rect(142, top - 38, 116, 50, Dark.Lighter(10), 8);
        on.Rect(156, top - 50, 88, 18, Dark.Lighter(22), 6);
        for (var x = 166; x < 236; x += 20) on.Rect(x, top - 50, 8, 18, Tint.Brass, 2);
        on.Rect(82, top, 236, height, Dark, 22);
        on.Rect(82, top, 236, 44, tint, 22);
        on.Rect(82, top + 22, 236, 22, tint);
        on.Rect(100, top + 8, 200, 8, tint.Lighter(30), 4);
        on.Text(200, top + 22 + (height / 2), 30, Tint.White, FormattableString.Invariant($"{shape}.0 Ah"));
        on.Text(200, top + 36, 20, Tint.White, "18 V");
        for (var led = 0; led < 4; led++) on.Circle(170 + (led * 20), 306, 5, led < 3 ? Tint.Of("Green").Lighter(25) : Dark.Lighter(30));
    }

    /// <summary>Shape: how many batteries it takes.</summary>
    public static void Charger(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 322, 140);
        on.Line($"M322 270 q40 4 46 -40 t-10 -86", Dark.Darker(20), 9);
        on.Fill($"M66 312 q-10 0 -8 -12 l20 -96 q4 -16 20 -16 h204 q16 0 20 16 l20 96 q2 12 -8 12 Z", Dark);
        on.Fill($"M58 296 h284 l2 6 q0 10 -10 10 H66 q-10 0 -8 -12 Z", tint);
        var width = shape > 1 ? 100 : 130;
        for (var slot = 0; slot < shape; slot++)
        {
            var x = shape > 1 ? 92 + (slot * 116) : 135;
            on.Rect(x, 112, width, 104, Dark.Lighter(10), 14);
            on.Rect(x, 112, width, 34, tint, 14);
            on.Rect(x, 130, width, 18, tint);
            on.Rect(x + 10, 118, width - 20, 6, tint.Lighter(30), 3);
            on.Rect(x - 6, 206, width + 12, 18, Dark.Lighter(24), 6);
            on.Circle(x + (width / 2), 258, 9, Tint.Of("Green").Lighter(30));
            on.Circle(x + (width / 2) + 26, 258, 6, Dark.Lighter(34));
        }
    }

    private static void Pistol(Sketch on, Tint tint, int battery, int nose, Action front)
    {
        on.Ground(236, 350, 110);
        front();
        on.Fill($"M200 176 H272 L296 300 H224 Z", tint.Darker(18));
        on.Fill($"M226 190 H270 L290 292 H238 Z", Dark);
        for (var line = 0; line < 5; line++) on.Line($"M{240 + (line * 3)} {212 + (line * 16)} h{30 - line}", Dark.Lighter(26), 4);
        on.Fill($"M192 178 h22 l12 44 q-20 4 -28 -12 Z", Tint.Of("Red"));
        on.Fill($"M{nose + 34} 100 H282 q34 2 36 36 q0 40 -36 44 H{nose + 34} Z", tint);
        on.Fill($"M{nose + 34} 100 H282 q18 1 27 14 H{nose + 34} Z", tint.Lighter(20));
        on.Fill($"M284 100 q34 2 36 38 q-2 40 -36 42 Z", Dark);
        on.Line($"M300 122 V158 M310 128 V152", Dark.Lighter(30), 4);
        on.Rect(182, 132, 78, 10, tint.Darker(30), 5);
        on.Rect(182, 150, 52, 10, tint.Darker(30), 5);
        if (battery > 0) Foot(on, 196, 296, 40 + (battery * 3), tint);
        else on.Rect(214, 296, 98, 20, Dark, 8);
    }

    private static void Foot(Sketch on, int x, int y, int height, Tint tint)
    {
        on.Rect(x, y, 134, height, Dark, 12);
        on.Rect(x, y, 134, 14, tint, 7);
        on.Rect(x + 14, y + height - 16, 54, 6, Dark.Lighter(30), 3);
    }

    private static void Blade(Sketch on, int x, int y, int radius)
    {
        var teeth = new StringBuilder();
        for (var tooth = 0; tooth < 36; tooth++)
        {
            var (outer, inner) = (Math.Tau * tooth / 36, Math.Tau * (tooth + 0.8) / 36);
            teeth.Append(tooth == 0 ? 'M' : 'L').Append(Point(radius, outer)).Append('L').Append(Point(radius - 11, inner));
        }
        on.Fill($"{teeth}Z", Steel);
        on.Ring(x, y, radius - 34, 3, Steel.Darker(18));

        string Point(int from, double angle) =>
            string.Create(CultureInfo.InvariantCulture, $"{x + (from * Math.Cos(angle)):0} {y + (from * Math.Sin(angle)):0} ");
    }
}
