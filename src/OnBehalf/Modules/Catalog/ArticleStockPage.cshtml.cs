using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Catalog;

/// <summary>How much of an article there is, as staff count it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class ArticleStockPage(Database database, ArticleQueries articles, StockBook stock, ShopSettings settings) : ShopPage
{
    [BindProperty]
    public StockInput Input { get; set; } = new();

    public ArticleSheet Sheet { get; private set; } = null!;

    public Quantity? Reserved { get; private set; }

    public string Kept { get; private set; } = StockLevel.Off;

    public string Here => ArticlesPage.PathOf(Sheet.Sku) + "/stock";

    public async Task<IActionResult> OnGet(string sku)
    {
        await using var db = database.Read();
        if (!await Load(db, sku))
        {
            return Missing();
        }

        if (await StockBook.Of(db, Sheet.Sku, Cancel) is var (onHand, _, back))
        {
            Input = new StockInput
            {
                Seen = onHand.ToString(), OnHand = onHand.ToString(), BackOn = back?.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            };
        }

        return Page();
    }

    public async Task<IActionResult> OnPost(string sku)
    {
        await using var db = database.Read();
        if (!await Load(db, sku))
        {
            return Missing();
        }

        var outcome = await stock.Count(Caller, Sheet.Sku, Input.Seen, Input.OnHand, Input.BackOn, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Here);
    }

    private async Task<bool> Load(ShopDb db, string sku)
    {
        if (Numbers.Of(sku) is not { } number || await articles.Find(db, number, Cancel) is not { } kept)
        {
            return false;
        }

        (Sheet, Kept) = (kept.Sheet, await settings.Get(ShopSettings.Stock, Cancel));
        Reserved = (await StockBook.Of(db, number, Cancel))?.Reserved;
        return true;
    }
}

public sealed class StockInput
{
    /// <summary>The count that the page showed.</summary>
    public string? Seen { get; set; }

    public string? OnHand { get; set; }

    public string? BackOn { get; set; }
}
