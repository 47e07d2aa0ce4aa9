using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

public sealed record ArticleAdded(Code Article, Code Title) : Fact
{
    public override string Name => "catalog.article-added";
}

/// <summary>One thing about an article, before and after; long texts are cut.</summary>
public sealed record ArticleChanged(Code Article, Code What, Code Before, Code After) : Fact
{
    public override string Name => "catalog.article-changed";

    /// <summary>Of what was and is, in characters: more does not help who reads it.</summary>
    public const int Longest = 300;

    public static ArticleChanged Of(string article, string what, string before, string after) => new(article, what, Cut(before), Cut(after));

    /// <summary>All that changed about an article. Amount and units of a price that change together are one price: "12.00 per 100".</summary>
    public static IEnumerable<ArticleChanged> Of(string article, IEnumerable<(string What, string Before, string After)> parts)
    {
        var all = parts.ToList();
        var (amount, units) = (all.FindIndex(part => part.What == "unit_price"), all.FindIndex(part => part.What == "price_per"));
        if (amount >= 0 && units >= 0)
        {
            all[amount] = ("unit_price", $"{all[amount].Before} per {all[units].Before}", $"{all[amount].After} per {all[units].After}");
            all.RemoveAt(units);
        }

        return all.Select(part => Of(article, part.What, part.Before, part.After));
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}

/// <summary>A file that buyers of an article download.</summary>
/// <param name="Digest">SHA-256.</param>
/// <param name="Size">In bytes.</param>
public sealed record ArticleFileAdded(Code Article, Code File, Code Digest, long Size) : Fact
{
    public override string Name => "catalog.file-added";
}

public sealed record ArticleFileRemoved(Code Article, Code File, Code Digest) : Fact
{
    public override string Name => "catalog.file-removed";
}

public sealed record CategoryAdded(Code Category, Code Title) : Fact
{
    public override string Name => "catalog.category-added";
}

/// <summary>One thing about a category, before and after.</summary>
public sealed record CategoryChanged(Code Category, Code What, Code Before, Code After) : Fact
{
    public override string Name => "catalog.category-changed";
}

public sealed record CategoryRemoved(Code Category, Code Title) : Fact
{
    public override string Name => "catalog.category-removed";
}
