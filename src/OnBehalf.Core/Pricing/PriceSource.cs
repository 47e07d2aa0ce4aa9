namespace OnBehalf.Pricing;

/// <summary>Where a price comes from. In which order they count says <see cref="PricePrecedence"/>.</summary>
public enum PriceSource
{
    /// <summary>The price of the article itself, or of a list of base prices for another currency.</summary>
    Base,

    /// <summary>Cheaper from a quantity on, for everybody.</summary>
    Volume,

    /// <summary>A percentage off the base price in a category and those below it.</summary>
    Category,

    /// <summary>A percentage off the base price for a company.</summary>
    Company,

    /// <summary>Prices or percentages of a customer group.</summary>
    Group,

    /// <summary>For a time, for everybody or for some.</summary>
    Promotion,

    /// <summary>The price list of a company.</summary>
    List,

    /// <summary>A price that a company has for an article.</summary>
    CompanyProduct,

    /// <summary>What a contract says.</summary>
    Contract,
}

public static class PriceSources
{
    public static readonly IReadOnlyList<PriceSource> All = Enum.GetValues<PriceSource>();

    /// <summary>As people say it: "contract price".</summary>
    public static string Word(PriceSource source) => source switch
    {
        PriceSource.Volume => Say("volume price"),
        PriceSource.Category => Say("category discount"),
        PriceSource.Company => Say("company discount"),
        PriceSource.Group => Say("price of the customer group"),
        PriceSource.Promotion => Say("promotion"),
        PriceSource.List => Say("price list"),
        PriceSource.CompanyProduct => Say("company price of the article"),
        PriceSource.Contract => Say("contract price"),
        _ => Say("base price"),
    };

    /// <summary>As files and settings write it: `company-product`.</summary>
    public static string Code(PriceSource source) => source == PriceSource.CompanyProduct ? "company-product" : source.ToString().ToLowerInvariant();
}
