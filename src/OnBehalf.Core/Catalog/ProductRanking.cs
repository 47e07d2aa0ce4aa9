using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>An article that has every word asked for.</summary>
/// <param name="Score">Sum over the words asked for: weight of the word found, times three where it is the same, times two where it only begins so.</param>
public sealed record ProductCandidate(ProductId Id, string Sku, string SortName, int Score);

/// <summary>The one place that decides in which order found articles are shown.</summary>
public static class ProductRanking
{
    /// <summary>More candidates than these are not compared; whoever gets that many has to say more.</summary>
    public const int Most = 200;

    private const int IsNumber = 10_000;
    private const int IsName = 5_000;
    private const int BeginsName = 60;
    private const int InName = 30;

    /// <summary>Best first; equals by name and number, so the order is the same whatever database found them.</summary>
    public static IReadOnlyList<ProductId> Order(IEnumerable<ProductCandidate> candidates, string asked)
    {
        var number = Joined(asked);
        var name = SearchText.SortName(asked);
        return
        [
            .. candidates
                .OrderByDescending(candidate => candidate.Score + Bonus(candidate, number, name))
                .ThenBy(candidate => candidate.SortName, StringComparer.Ordinal)
                .ThenBy(candidate => candidate.Sku, StringComparer.Ordinal)
                .Select(candidate => candidate.Id),
        ];
    }

    /// <summary>Whether somebody asked for exactly this article: however the parts of the number are set apart, "FR-R92B-58" or "fr r92b 58".</summary>
    public static bool IsNumberOf(string sku, string asked) => Joined(sku) == Joined(asked);

    private static int Bonus(ProductCandidate candidate, string number, string name) =>
        Joined(candidate.Sku) == number ? IsNumber
        : candidate.SortName == name ? IsName
        : candidate.SortName.StartsWith(name, StringComparison.Ordinal) ? BeginsName
        : candidate.SortName.Contains(name, StringComparison.Ordinal) ? InName
        : 0;

    private static string Joined(string text) => SearchText.SortName(text).Replace(" ", "", StringComparison.Ordinal);
}
