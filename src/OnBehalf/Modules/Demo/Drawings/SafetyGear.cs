namespace OnBehalf.Modules.Demo.Drawings;

internal static class SafetyGear
{
    private static readonly Tint Dark = Tint.Graphite, Steel = Tint.Steel;

    /// <summary>Shape: 0 dipped (palm and fingers in the colour, a knitted cuff), 1 rubber to above the wrist.</summary>
    public static void Gloves(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 366, 120);
        on.Turned(12, 200, 300, () => on.Moved(62, 0, () => on.Mirrored(() => Glove(on, tint.Darker(14), shape))));
        on.Turned(-8, 200, 300, () => on.Moved(-42, 6, () => Glove(on, tint, shape)));
    }

    public static void Helmet(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 326, 150);
        on.Fill($"M112 250 q20 62 88 62 t88 -62 h-24 q-14 38 -64 38 t-64 -38 Z", Dark.Lighter(10));
        on.Fill($"M70 250 C 66 140 122 78 206 78 C 292 78 334 150 326 250 Z", tint);
        on.Fill($"M70 250 C 66 140 122 78 206 78 C 150 96 112 150 112 250 Z", tint.Lighter(30));
        on.Fill($"M280 250 C 284 160 262 104 226 80 C 300 88 332 156 326 250 Z", tint.Darker(12));
        on.Fill($"M184 66 h40 q8 0 9 10 l10 174 h-76 l8 -174 q1 -10 9 -10 Z", tint.Darker(8));
        on.Fill($"M188 72 h16 l-6 178 h-24 l8 -170 q1 -8 6 -8 Z", tint.Lighter(22));
        on.Fill($"M44 250 q0 -14 16 -14 h276 q30 2 34 22 q2 14 -18 14 H64 q-20 0 -20 -22 Z", tint.Darker(10));
        on.Fill($"M46 246 q2 -10 14 -10 h276 q22 1 30 12 Z", tint.Lighter(18));
        on.Line($"M130 168 q6 -26 20 -42 M272 168 q-6 -26 -18 -42", tint.Darker(38), 7);
    }

    /// <summary>Shape: 0 clear, 1 tinted.</summary>
    public static void Glasses(Sketch on, Tint tint, int shape)
    {
        var glass = shape == 0 ? new Tint(0xD4, 0xE8, 0xF2) : new Tint(0x5A, 0x62, 0x6C);
        on.Ground(200, 290, 150);
        on.Line($"M52 168 L36 150 Q60 108 120 110 M348 168 L364 150 Q340 108 280 110", Dark.Lighter(15), 13);
        on.Fill($"M44 160 Q200 116 356 160 Q366 196 346 230 Q326 262 274 258 Q228 254 214 218 Q200 200 186 218 Q172 254 126 258 Q74 262 54 230 Q34 196 44 160 Z", glass.Darker(shape == 0 ? 16 : 25));
        on.Fill($"M54 170 Q200 130 346 170 Q352 196 336 224 Q318 250 276 246 Q236 242 222 208 Q200 184 178 208 Q164 242 124 246 Q82 250 64 224 Q48 196 54 170 Z", glass);
        on.Gleam($"M76 178 Q120 166 156 164 L120 236 Q84 236 74 214 Z", shape == 0 ? 60 : 22);
        on.Gleam($"M262 162 Q290 164 310 168 L282 238 Q262 238 250 226 Z", shape == 0 ? 45 : 16);
        on.Line($"M44 158 Q200 112 356 158", tint, 15);
        on.Line($"M186 214 Q200 196 214 214", Dark, 7);
    }

    public static void EarMuffs(Sketch on, Tint tint, int shape)
    {
        on.Ground(200, 348, 130);
        on.Line($"M96 224 V190 C 96 36 304 36 304 190 V224", Dark, 22);
        on.Line($"M112 140 C 134 66 266 66 288 140", tint.Darker(10), 11);
        foreach (var left in new[] { true, false })
        {
            void Cup()
            {
                on.Rect(122, 186, 32, 146, Dark.Lighter(14), 16);
                on.Rect(52, 176, 84, 166, tint, 40);
                on.Rect(62, 192, 18, 134, tint.Lighter(26), 9);
                on.Rect(88, 222, 34, 74, tint.Darker(24), 16);
                on.Line($"M96 214 V260", Steel, 7);
            }
            if (left) Cup();
            else on.Mirrored(Cup);
        }
    }

    private static void Glove(Sketch on, Tint tint, int shape)
    {
        var cuff = shape == 0 ? new Tint(0xE3, 0xE7, 0xEB) : tint;
        var cuffTop = shape == 0 ? 276 : 262;
        on.Fill($"M156 {cuffTop} h92 l{(shape == 0 ? 4 : 18)} 84 h-{(shape == 0 ? 100 : 128)} Z", cuff);
        if (shape == 0) for (var x = 164; x < 248; x += 12) on.Line($"M{x} 284 V352", cuff.Darker(14), 3);
        on.Turned(-38, 170, 262, () => on.Rect(146, 166, 40, 110, tint, 20));
        on.Turned(-38, 170, 262, () => on.Rect(152, 178, 10, 70, tint.Lighter(26), 5));
        foreach (var (x, y, degrees) in new[] { (160, 92, -6), (188, 70, -2), (216, 80, 3), (241, 112, 9) })
        {
            on.Turned(degrees, x + 12, 220, () =>
            {
                on.Rect(x - 5, y, 32, 140, tint, 16);
                on.Rect(x, y + 12, 8, 90, tint.Lighter(26), 4);
                on.Line($"M{x + 2} {y + 52} q10 6 20 0", tint.Darker(18), 3);
            });
        }
        on.Fill($"M152 190 Q206 172 262 192 Q266 250 250 290 H154 Q144 240 152 190 Z", tint);
        on.Fill($"M158 204 Q172 194 186 192 Q168 240 176 286 H158 Q148 240 158 204 Z", tint.Lighter(16));
        on.Rect(150, shape == 0 ? 278 : 336, shape == 0 ? 104 : 110, 12, shape == 0 ? Dark : tint.Darker(22), 6);
    }
}
