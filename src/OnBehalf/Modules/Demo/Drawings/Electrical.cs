namespace OnBehalf.Modules.Demo.Drawings;

internal static class Electrical
{
    private static readonly Tint Dark = Tint.Graphite, Steel = Tint.Steel, Plastic = new(0xEE, 0xF1, 0xF4);
    private static readonly Tint[] Cores = [Tint.Of("Brown"), Tint.Of("Blue"), Tint.Of("Green-yellow"), Tint.Of("Black"), Tint.Of("Grey")];

    /// <summary>Shape: how many cores look out of the end; 1 is a single wire in the colour itself.</summary>
    public static void CableRing(Sketch on, Tint tint, int shape)
    {
        var width = shape > 1 ? 15 : 9;
        on.Ground(200, 352, 130);
        Coil(on, tint, width);
        on.Line($"M318 236 q34 34 24 84", tint.Darker(20), width);
        on.Line($"M318 236 q34 34 24 84", tint, width - 3);
        for (var core = 0; core < shape; core++)
        {
            var x = shape > 1 ? 342 + (core * 6) - (shape * 3) : 342;
            var colour = shape > 1 ? Cores[core] : tint;
            on.Line($"M{342 + ((x - 342) / 2)} 320 L{x} 346", colour, 5, "butt");
            on.Line($"M{x} 346 L{x + ((x - 342) / 3)} 366", Tint.Copper, 4, "butt");
        }
    }

    /// <summary>Shape: 0 wooden flanges, 1 plastic ones with a socket.</summary>
    public static void CableDrum(Sketch on, Tint tint, int shape)
    {
        var flange = shape == 0 ? new Tint(0xD9, 0xB0, 0x7C) : Tint.Of("Orange");
        on.Ground(200, 352, 140);
        on.Ellipse(262, 200, 62, 146, flange.Darker(25));
        on.Ellipse(256, 200, 62, 146, flange.Darker(10));
        on.Fill($"M146 78 H252 A52 122 0 0 1 252 322 H146 Z", tint);
        for (var x = 158; x < 268; x += 13) on.Line($"M{x} 80 A52 122 0 0 1 {x} 320", tint.Darker(26), 3);
        on.Fill($"M146 84 H256 q14 10 24 30 H146 Z", tint.Lighter(16));
        on.Ellipse(146, 200, 62, 146, flange.Darker(18));
        on.Ellipse(140, 200, 62, 146, flange);
        if (shape == 0) for (var x = 100; x < 190; x += 20) on.Line($"M{x} {80 + (Math.Abs(140 - x) * 2 / 3)} V{320 - (Math.Abs(140 - x) * 2 / 3)}", flange.Darker(16), 3);
        on.Ellipse(140, 200, shape == 0 ? 26 : 18, shape == 0 ? 60 : 40, shape == 0 ? flange.Darker(22) : Dark);
        on.Ellipse(140, 200, 9, 22, shape == 0 ? flange.Darker(55) : Dark.Darker(50));
        if (shape > 0) foreach (var y in new[] { 112, 288 }) on.Ellipse(140, y, 15, 22, Dark);
        on.Line($"M270 300 q60 40 92 20", tint.Darker(10), 12);
    }

    public static void PatchCable(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 352, 130);
        for (var turn = 0; turn < shape; turn++)
        {
            on.Ring(200, 196 + (turn * 4), 112 - (turn * 15), 14, tint.Darker(18));
            on.Ring(200, 194 + (turn * 4), 112 - (turn * 15), 9, tint);
        }
        on.Line($"M110 128 C 90 60 130 50 118 92", tint.Darker(18), 13);
        on.Line($"M290 128 C 310 200 330 240 316 268", tint.Darker(18), 13);
        Plug(on, 104, 84, 0, tint);
        Plug(on, 316, 300, 180, tint);
        on.Rect(188, 292, 24, 34, Dark, 6);
        on.Rect(188, 72, 24, 34, Dark, 6);
    }

    /// <summary>Shape: how many sockets lie side by side.</summary>
    public static void SocketEarthed(Sketch on, Tint tint, int shape) => Frames(on, tint, shape, (x, y, half) =>
    {
        on.Circle(x, y, half * 72 / 100, tint.Darker(16));
        on.Circle(x, y, half * 66 / 100, tint.Darker(7));
        on.Circle(x, y + 3, half * 60 / 100, tint.Darker(11));
        on.Circle(x - (half * 28 / 100), y, half * 9 / 100, Dark.Darker(40));
        on.Circle(x + (half * 28 / 100), y, half * 9 / 100, Dark.Darker(40));
        on.Rect(x - 6, y - (half * 68 / 100), 12, half * 20 / 100, Steel.Darker(15), 3);
        on.Rect(x - 6, y + (half * 48 / 100), 12, half * 20 / 100, Steel.Darker(15), 3);
        on.Circle(x, y, 6, Steel.Darker(20));
    });

    public static void SocketSwiss(Sketch on, Tint tint, int shape) => Frames(on, tint, shape, (x, y, half) =>
    {
        var (w, h) = (half * 62 / 100, half * 36 / 100);
        on.Fill($"M{x - w} {y} L{x - w + 22} {y - h} H{x + w - 22} L{x + w} {y} L{x + w - 22} {y + h} H{x - w + 22} Z", tint.Darker(18));
        on.Fill($"M{x - w + 8} {y} L{x - w + 26} {y - h + 7} H{x + w - 26} L{x + w - 8} {y} L{x + w - 26} {y + h - 7} H{x - w + 26} Z", tint.Darker(9));
        on.Circle(x - (w / 2), y - 4, half / 11, Dark.Darker(40));
        on.Circle(x + (w / 2), y - 4, half / 11, Dark.Darker(40));
        on.Circle(x, y + 9, half / 11, Dark.Darker(40));
    });

    /// <summary>Shape: how many rockers.</summary>
    public static void Switch(Sketch on, Tint tint, int shape)
    {
        Frames(on, tint, 1, (x, y, half) =>
        {
            var (size, each) = (half * 124 / 100, half * 124 / 100 / shape);
            for (var rocker = 0; rocker < shape; rocker++)
            {
                var left = x - (size / 2) + (rocker * each);
                on.Rect(left, y - (size / 2), each - 3, size, tint.Darker(14), 6);
                on.Rect(left, y - (size / 2), each - 3, size / 2, tint.Lighter(20), 6);
                on.Rect(left + (each / 2) - 9, y + (size / 2) - 26, 16, 5, tint.Darker(35), 2);
            }
        });
    }

    /// <summary>Shape: how many sockets.</summary>
    public static void PowerStrip(Sketch on, Tint tint, int shape)
    {
        var length = 74 + (shape * 54);
        var left = 200 - (length / 2);
        on.Turned(-24, 200, 200, () =>
        {
            on.Line($"M{left} 200 C {left - 40} 200 {left - 30} 300 {left + 40} 300 S {left + 120} 270 {left + 150} 300", Dark, 11);
            on.Rect(left, 158, length, 92, tint.Darker(22), 26);
            on.Rect(left, 154, length, 86, tint, 26);
            on.Rect(left + 16, 160, length - 32, 7, tint.Lighter(40), 4);
            for (var i = 0; i < shape; i++)
            {
                var x = left + 38 + (i * 54);
                on.Circle(x, 200, 24, tint.Darker(24));
                on.Circle(x, 200, 21, tint.Darker(10));
                on.Circle(x - 8, 200, 4, Dark.Darker(40));
                on.Circle(x + 8, 200, 4, Dark.Darker(40));
                on.Rect(x - 2, 179, 4, 8, Steel.Darker(20), 1);
                on.Rect(x - 2, 213, 4, 8, Steel.Darker(20), 1);
            }
            on.Rect(left + length - 38, 184, 22, 32, Tint.Of("Red"), 6);
            on.Rect(left + length - 38, 184, 22, 15, Tint.Of("Red").Lighter(25), 6);
        });
    }

    /// <summary>Shape: how many poles.</summary>
    public static void Breaker(Sketch on, Tint tint, int shape)
    {
        var width = shape == 1 ? 96 : 74;
        on.Ground(200, 358, 40 + (shape * 36));
        for (var pole = 0; pole < shape; pole++)
        {
            var x = 200 - (width * shape / 2) + (pole * width);
            on.Rect(x, 46, width - 2, 308, Plastic.Darker(12), 8);
            on.Rect(x, 46, width - 8, 308, Plastic, 8);
            on.Rect(x, 120, width - 2, 160, Plastic.Lighter(60), 6);
            on.Rect(x, 274, width - 2, 8, Plastic.Darker(18));
            foreach (var y in new[] { 80, 318 })
            {
                on.Circle(x + (width / 2), y, 17, Plastic.Darker(32));
                on.Circle(x + (width / 2), y, 12, Steel);
                on.Line($"M{x + (width / 2) - 7} {y - 5} l14 10", Steel.Darker(45), 3);
            }
            on.Rect(x + (width / 2) - 18, 184, 36, 76, Dark, 6);
        }
        var total = width * shape;
        on.Rect(200 - (total / 2) + (width / 2) - 15, 190, total - width + 30, 34, tint, 6);
        on.Rect(200 - (total / 2) + (width / 2) - 15, 190, total - width + 30, 12, tint.Lighter(28), 6);
        on.Rect(200 - (total / 2) + 14, 136, shape == 1 ? 66 : 46, 8, Dark.Lighter(15), 3);
        on.Rect(200 - (total / 2) + 14, 152, shape == 1 ? 44 : 32, 7, Steel, 3);
        on.Rect(200 - (total / 2) + 14, 166, shape == 1 ? 52 : 38, 7, Steel, 3);
    }

    /// <summary>Shape: how many poles, two or four.</summary>
    public static void ResidualCurrentBreaker(Sketch on, Tint tint, int shape)
    {
        Breaker(on, Dark.Lighter(10), shape);
        var x = 200 - (37 * shape);
        on.Rect(x, 120, (shape * 74) - 2, 60, Plastic.Lighter(60));
        on.Rect(x + (shape * 74) - 56, 134, 36, 30, tint, 6);
        on.Text(x + (shape * 74) - 38, 156, 20, Tint.White, "T");
        on.Text(x + 46, 144, 17, Dark, "40 A");
        on.Text(x + 46, 166, 15, Dark.Lighter(20), "30 mA");
    }

    /// <summary>Shape: modules, in rows of twelve.</summary>
    public static void DistributionBoard(Sketch on, Tint tint, int shape)
    {
        var rows = shape / 12;
        var height = 100 + (rows * 68);
        var top = 196 - (height / 2);
        on.Ground(200, top + height + 10, 150);
        on.Rect(52, top, 296, height, tint.Darker(18), 14);
        on.Rect(52, top, 290, height - 6, tint, 14);
        on.Rect(72, top + 20, 250, height - 46, tint.Darker(7), 10);
        for (var row = 0; row < rows; row++)
        {
            var y = top + 38 + (row * 68);
            on.Rect(86, y, 222, 46, Dark.Darker(10), 5);
            for (var module = 0; module < 12; module++)
            {
                if (row == rows - 1 && module > 8) continue;
                var x = 91 + (module * 18);
                on.Rect(x, y + 4, 16, 38, Plastic, 2);
                on.Rect(x + 4, y + 14, 8, 16, row == 0 && module < 2 ? Tint.Of("Blue") : module % 5 == 3 ? Tint.Of("Red") : Dark, 2);
            }
        }
        on.Rect(326, top + (height / 2) - 22, 10, 40, tint.Darker(32), 5);
    }

    /// <summary>A ring of something wound, as seen from above: shared with the pipes that come on a coil.</summary>
    public static void Coil(Sketch on, Tint tint, int width)
    {
        for (var radius = 78; radius <= 134; radius += width)
        {
            on.Ring(200, 196, radius, width, tint.Darker(26));
            on.Ring(200, 195, radius, width - 4, tint);
            on.Ring(200, 193, radius - (width / 5), Math.Max(1, width / 5), tint.Lighter(32));
        }
        for (var tie = 0; tie < 3; tie++) on.Turned(30 + (tie * 120), 200, 196, () => on.Rect(192, 50, 16, 80, Dark, 6));
    }

    private static void Plug(Sketch on, int x, int y, int degrees, Tint tint) => on.Turned(degrees, x, y, () =>
    {
        on.Rect(x - 14, y, 28, 44, tint.Darker(30), 7);
        on.Rect(x - 18, y - 44, 36, 50, new Tint(0xDD, 0xE6, 0xEC), 4);
        on.Rect(x - 8, y - 20, 16, 34, new Tint(0xC2, 0xCE, 0xD8), 3);
        for (var pin = 0; pin < 6; pin++) on.Rect(x - 14 + (pin * 5), y - 42, 2, 14, Tint.Brass);
    });

    private static void Frames(Sketch on, Tint tint, int count, Action<int, int, int> inside)
    {
        var half = count == 1 ? 130 : count == 2 ? 84 : 58;
        var left = 200 - (half * count);
        on.Ground(200, 200 + half + 14, half * count);
        on.Rect(left - 4, 196 - half, (half * 2 * count) + 8, (half * 2) + 12, tint.Darker(24), 16);
        on.Rect(left - 4, 196 - half, (half * 2 * count) + 8, (half * 2) + 4, tint, 16);
        for (var i = 0; i < count; i++)
        {
            var x = left + half + (i * half * 2);
            var inner = half * 80 / 100;
            on.Rect(x - inner, 198 - inner, inner * 2, inner * 2, tint.Darker(12), 10);
            on.Rect(x - inner + 2, 198 - inner + 2, (inner * 2) - 4, (inner * 2) - 4, tint.Lighter(12), 10);
            inside(x, 198, half);
        }
    }
}
