namespace OnBehalf.Modules.Demo.Drawings;

internal static class Plumbing
{
    private static readonly Tint Dark = Tint.Graphite;

    /// <summary>Shape: outer diameter in millimetres.</summary>
    public static void Pipes(Sketch on, Tint tint, int shape)
    {
        var radius = 14 + (shape * 2 / 3);
        on.Ground(206, 350, 140);
        on.Turned(-38, 200, 200, () =>
        {
            foreach (var (x, y) in new[] { (0, -radius * 2), (24, 0), (-14, radius * 2) })
            {
                on.Rect(60 + x, 200 + y - radius, 300, radius * 2, tint, 4);
                on.Rect(60 + x, 200 + y - radius + 4, 300, radius / 2, tint.Lighter(42), 3);
                on.Rect(60 + x, 200 + y + (radius / 2), 300, radius / 2, tint.Darker(24), 3);
                on.Ellipse(60 + x, 200 + y, radius / 2, radius, tint.Lighter(20));
                on.Ellipse(60 + x, 200 + y, (radius / 2) - 4, radius - 6, tint.Darker(62));
            }
        });
    }

    public static void PipeCoil(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 352, 130);
        Electrical.Coil(on, tint, shape > 16 ? 22 : 18);
        on.Line($"M326 228 q30 50 10 110", tint.Darker(26), 24, "butt");
        on.Line($"M326 228 q30 50 10 110", tint, 19, "butt");
        on.Ellipse(335, 340, 12, 6, tint.Darker(60));
    }

    /// <summary>Shape: outer diameter in millimetres.</summary>
    public static void Elbow(Sketch on, Tint tint, int shape)
    {
        var width = 62 + shape;
        on.Ground(200, 348, 110);
        on.Line($"M96 140 H190 Q252 140 252 202 V300", tint.Darker(22), width, "butt");
        on.Line($"M96 136 H190 Q256 136 256 202 V300", tint, width - 16, "butt");
        on.Line($"M96 122 H196 Q270 124 270 196 V300", tint.Lighter(38), 9, "butt");
        Collar(on, 68, 138, width, tint, upright: true);
        Collar(on, 252, 294, width, tint, upright: false);
    }

    /// <summary>Shape: outer diameter in millimetres.</summary>
    public static void Tee(Sketch on, Tint tint, int shape)
    {
        var width = 60 + shape;
        on.Ground(200, 338, 130);
        on.Line($"M200 166 V282", tint.Darker(14), width, "butt");
        on.Line($"M184 166 V282", tint.Lighter(34), 9, "butt");
        on.Line($"M80 158 H320", tint.Darker(22), width, "butt");
        on.Line($"M80 154 H320", tint, width - 16, "butt");
        on.Line($"M80 138 H320", tint.Lighter(38), 9, "butt");
        Collar(on, 56, 157, width, tint, upright: true);
        Collar(on, 316, 157, width, tint, upright: true);
        Collar(on, 200, 282, width, tint, upright: false);
    }

    /// <summary>Shape: nominal width in eighths of an inch.</summary>
    public static void BallValve(Sketch on, Tint tint, int shape)
    {
        var radius = 48 + (shape * 2);
        on.Ground(200, 322, 140);
        on.Rect(62, 184, 276, radius + 22, Tint.Brass.Darker(24), 6);
        on.Rect(62, 184, 276, (radius + 22) * 2 / 3, Tint.Brass, 6);
        on.Rect(62, 194, 276, 12, Tint.Brass.Lighter(40), 4);
        foreach (var x in new[] { 46, 284 })
        {
            on.Fill($"M{x} 186 l8 -14 h54 l8 14 v{radius + 18} l-8 14 h-54 l-8 -14 Z", Tint.Brass.Darker(10));
            on.Rect(x, 198, 70, 18, Tint.Brass.Lighter(35));
            on.Line($"M{x} 218 h70 M{x} {180 + radius} h70", Tint.Brass.Darker(30), 3, "butt");
        }
        on.Circle(200, 218, radius + 8, Tint.Brass.Darker(18));
        on.Circle(200, 214, radius + 2, Tint.Brass);
        on.Gleam($"M168 190 q18 -24 48 -20 q-26 10 -34 34 q-12 4 -14 -14 Z", 45);
        on.Rect(186, 118, 28, 52, Tint.Brass.Darker(28), 4);
        on.Fill($"M180 98 h40 q10 0 20 6 l98 10 q22 2 22 14 t-22 14 l-102 2 H184 q-12 0 -12 -12 v-22 q0 -12 8 -12 Z", tint);
        on.Fill($"M182 102 h38 q10 0 20 6 l98 10 q8 1 12 4 l-110 -4 H178 q0 -14 4 -16 Z", tint.Lighter(32));
        on.Circle(200, 122, 10, Dark);
    }

    private static void Collar(Sketch on, int x, int y, int width, Tint tint, bool upright)
    {
        var (w, h) = upright ? (34, width + 18) : (width + 18, 34);
        on.Rect(x - (upright ? 6 : w / 2), y - (upright ? h / 2 : 6), w, h, tint.Darker(14), 10);
        if (upright) on.Rect(x - 6, y - (h / 2) + 10, w, 12, tint.Lighter(45), 6);
        else on.Rect(x + (w / 2) - 24, y - 6, 12, h, tint.Lighter(45), 6);
        on.Line(upright ? $"M{x + 11} {y - (h / 2) + 3} V{y + (h / 2) - 3}" : (FormattableString)$"M{x - (w / 2) + 3} {y + 11} H{x + (w / 2) - 3}", Dark, 5, "butt");
    }
}
