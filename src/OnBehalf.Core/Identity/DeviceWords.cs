namespace OnBehalf.Identity;

/// <summary>
/// A browser in words, so that somebody knows his own again: "Chrome on Windows". Made from what the browser says of itself; nothing is decided by it.
/// </summary>
public static class DeviceWords
{
    // The first that fits: each of them also names those below it.
    private static readonly (string Sign, string Word)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Word)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => Say($"{browser} on {system}"),
        ({ } browser, null) => browser,
        (null, { } system) => Say($"A browser on {system}"),
        _ => Say("An unknown browser"),
    };

    private static string? Find((string Sign, string Word)[] known, string? text) =>
        text is null ? null : Array.Find(known, one => text.Contains(one.Sign, StringComparison.Ordinal)).Word;
}
