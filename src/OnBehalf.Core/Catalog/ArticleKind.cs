namespace OnBehalf.Catalog;

/// <summary>What an article is, as a word of its column; only what is physical is sent somewhere.</summary>
public static class ArticleKind
{
    public const string Physical = "physical";

    /// <summary>Somebody comes and does it.</summary>
    public const string Service = "service";

    /// <summary>A licence, a voucher: nothing that is sent, and no file.</summary>
    public const string Virtual = "virtual";

    /// <summary>Files that the buyer takes for himself when the order is paid.</summary>
    public const string Downloadable = "downloadable";

    public static IReadOnlyList<(string Value, string Words)> All =>
        [(Physical, Say("Goods that are sent")), (Service, Say("A service")), (Virtual, Say("Not sent: a licence, a voucher")), (Downloadable, Say("Files to download"))];

    public static string WordsOf(string kind) => All.FirstOrDefault(one => one.Value == kind).Words ?? kind;
}
