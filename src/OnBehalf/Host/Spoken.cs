using System.Globalization;
using System.Reflection;
using System.Text.Json;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// In which language somebody is answered: the one that he chose, else his company's, else the shop's; who is not signed in may choose one, else his browser
/// says. In a session it is the buyer's, for it is his shop; only the bar speaks to the operator. Words, numbers and dates follow.
/// </summary>
public static class Spoken
{
    /// <summary>What who is not signed in has chosen: a code, and nothing about him.</summary>
    public const string Cookie = "language";

    private static readonly object OfferedKey = new();
    private static readonly object OperatorKey = new();

    private static readonly Dictionary<string, CultureInfo> Cultures = new(StringComparer.Ordinal)
    {
        ["en"] = Phrasebook.English, ["de"] = CultureInfo.GetCultureInfo("de-DE"), ["fr"] = CultureInfo.GetCultureInfo("fr-FR"),
    };

    /// <summary>Every language with its own name for itself.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")];

    /// <summary>Reads the words of all languages; once, before anything is said.</summary>
    public static void Learn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        Phrasebook.Fill(assembly.GetManifestResourceNames().Where(name => name.StartsWith("OnBehalf.Texts.", StringComparison.Ordinal)).Select(name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            var words = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
            return (name.Split('.')[2], (IEnumerable<KeyValuePair<string, string>>)words);
        }));
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = Cultures["en"];
    }

    /// <summary>From here on this request speaks to whoever asks, and knows to whom its bar speaks.</summary>
    /// <param name="offered">Codes with blanks between: what the shop offers.</param>
    /// <param name="shop">The shop's own.</param>
    internal static void Begin(HttpContext context, string offered, string shop)
    {
        // A shop of one language has nothing to choose, nor to remember.
        if (offered == "en" && shop == "en")
        {
            return;
        }

        context.Items[OfferedKey] = offered;
        Speak(Choose(context, context.Caller().Language, offered, shop));
        if (context.Caller().Session is { } session)
        {
            context.Items[OperatorKey] = Choose(context, session.OperatorLanguage, offered, shop);
        }
    }

    /// <summary>The languages that somebody may choose on this surface; one: there is nothing to choose.</summary>
    public static IReadOnlyList<(string Code, string Name)> Offered(HttpContext context) => context.Items[OfferedKey] is not string offered ? []
        : [.. All.Where(language => offered.Contains(language.Code, StringComparison.Ordinal) && (language.Code != "fr" || IsShop(context)))];

    /// <summary>Two letters: what is spoken now.</summary>
    public static string Now => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>To the operator of a session, until it is left: his bar stands on a page that speaks to the buyer.</summary>
    public static IDisposable ToOperator(HttpContext context) => To(context.Items[OperatorKey] as string);

    /// <summary>To somebody who reads this language, until it is left. Null: English.</summary>
    public static IDisposable To(string? language)
    {
        var before = CultureInfo.CurrentUICulture;
        Speak(language);
        return new Back(before);
    }

    /// <summary>One of ours; null for anything else.</summary>
    public static string? Known(string? code) => code is not null && Cultures.ContainsKey(code) ? code : null;

    // What is spoken already is not set again: each time everything that flows with the request is copied.
    private static void Speak(string? language)
    {
        var culture = Cultures.GetValueOrDefault(language ?? "en", Cultures["en"]);
        if (CultureInfo.CurrentUICulture != culture)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        }
    }

    private static string Choose(HttpContext context, string? own, string offered, string shop)
    {
        var wanted = own is not null ? [own]
            : context.Caller().Actor is not Actor.Nobody ? []
            : context.Request.Cookies[Cookie] is { } chosen ? [chosen]
            : context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.Value?.Split('-')[0] ?? "");
        return wanted.FirstOrDefault(IsSpoken) ?? (IsSpoken(shop) ? shop : "en");

        bool IsSpoken(string language) =>
            (language == "en" || language == shop || (language.Length == 2 && offered.Contains(language, StringComparison.Ordinal))) && (language != "fr" || IsShop(context));
    }

    private static bool IsShop(HttpContext context) => context.Surface() is Surface.Shop or Surface.Assisted;

    private sealed class Back(CultureInfo before) : IDisposable
    {
        public void Dispose()
        {
            if (CultureInfo.CurrentUICulture != before)
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
            }
        }
    }
}
