using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>One price list: what it is, for whom it counts, what it takes off, and its prices.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class PriceListPage(Database database, PriceListQueries lists, PriceLists changes, CustomerGroups groups, Categories categories, ShopSettings settings) : ShopPage
{
    [BindProperty]
    public PriceListInput Input { get; set; } = new();

    [BindProperty]
    public PriceListParts Part { get; set; } = new();

    public PriceListHead List { get; private set; } = null!;

    public IReadOnlyList<ListedCompany> Companies { get; private set; } = [];

    public IReadOnlyList<string> Groups { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> AllGroups { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> AllCategories { get; private set; } = [];

    public IReadOnlyList<ListedDiscount> Discounts { get; private set; } = [];

    public IReadOnlyList<ListedPrice> Prices { get; private set; } = [];

    /// <summary>The one article whose prices are shown; empty: all.</summary>
    public string Sku { get; private set; } = "";

    public string? Next { get; private set; }

    /// <summary>Lines of pasted prices that will not do.</summary>
    public IReadOnlyList<(int Line, string Text, string Why)> Faults { get; private set; } = [];

    public int? Stored { get; private set; }

    public string Here => $"{PriceListsPage.Here}/{Uri.EscapeDataString(List.Code)}";

    public string AmountOf(ListedPrice price) => new UnitPrice(new Money(price.Minor, Currency.Of(List.Currency)), price.Per).ToString();

    public async Task<IActionResult> OnGet(string code, string? sku, string? after, long from, int? stored)
    {
        if (!await Load(code, sku, after, from))
        {
            return Missing();
        }

        Stored = stored;
        var zone = await settings.TimeZone(Cancel);
        Input = new PriceListInput
        {
            Code = List.Code, Name = List.Name, Currency = List.Currency, Source = List.Source, ForEverybody = List.ForEverybody, Version = List.Version,
            Percent = List.Off is { } off ? new Percentage(off).ToString()[..^2] : null, From = Day(List.From), Until = Day(List.Until?.AddSeconds(-1)),
        };
        return Page();

        string? Day(DateTimeOffset? time) => time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    public Task<IActionResult> OnPost(string code)
    {
        Input.Code = code;
        return Then(code, changes.Change(Caller, Input.Draft, Input.Version, Cancel), "Input");
    }

    public Task<IActionResult> OnPostCompany(string code) =>
        Then(code, Part.Take is { } taken ? changes.TakeCompany(Caller, code, taken, Cancel) : changes.GiveCompany(Caller, code, Part.Whom, Cancel));

    public Task<IActionResult> OnPostGroup(string code) => Then(code, changes.PutGroup(Caller, code, Part.Group, !Part.Removes, Cancel));

    public Task<IActionResult> OnPostDiscount(string code) => Then(code, changes.PutDiscount(Caller, code, Part.Category, Part.Off, Cancel));

    public async Task<IActionResult> OnPostPrices(string code)
    {
        var (changed, faults) = await changes.PutPrices(Caller, code, Part.Lines, Cancel);
        Faults = [.. faults.Take(100)];
        return changed.Refusal is { } refusal ? await Again(code, refusal, "Part") : SeeOther($"{PriceListsPage.Here}/{Uri.EscapeDataString(code)}?stored={changed.Value}#prices");
    }

    private async Task<IActionResult> Then(string code, Task<Outcome<Done>> change, string prefix = "Part") =>
        (await change).Refusal is { } refusal ? await Again(code, refusal, prefix) : SeeOther($"{PriceListsPage.Here}/{Uri.EscapeDataString(code)}");

    private async Task<IActionResult> Again(string code, Refusal refusal, string prefix)
    {
        if (prefix == "Input")
        {
            return await Load(code, null, null, 0) ? Refused(refusal) : Missing();
        }

        return await OnGet(code, null, null, 0, null) is StatusCodeResult missing ? missing : Refused(refusal, prefix);
    }

    private async Task<bool> Load(string code, string? sku, string? after, long from)
    {
        await using var db = database.Read();
        if (await lists.Find(db, code, Cancel) is not { } list)
        {
            return false;
        }

        (List, Sku) = (list, sku?.Trim() is { Length: <= 64 } typed ? typed : "");
        Companies = await lists.CompaniesOf(db, list, Cancel);
        Groups = await lists.GroupsOf(db, list, Cancel);
        Discounts = await lists.DiscountsOf(db, list, Cancel);
        var prices = await lists.PricesOf(db, list, Sku, after ?? "", from, Cancel);
        Prices = [.. prices.Take(PriceListQueries.PageSize)];
        Next = prices.Count > PriceListQueries.PageSize
            ? Here + QueryString.Create(new Dictionary<string, string?> { ["after"] = Prices[^1].Sku, ["from"] = Prices[^1].FromThousandths.ToString(CultureInfo.InvariantCulture) }) + "#prices" : null;
        AllGroups = [.. (await groups.All(Cancel)).Select(group => (group.Code, group.Name))];
        AllCategories = [.. (await categories.Tree(VisibleRange.All, Cancel)).Roots.SelectMany(root => root.Subtree).Take(1_000)
            .Select(category => (category.Code, string.Join(" › ", category.Path.Select(above => above.Name))))];
        return true;
    }
}

/// <summary>What the smaller forms of the page send.</summary>
public sealed class PriceListParts
{
    /// <summary>The number of a company that gets the list.</summary>
    public string? Whom { get; set; }

    /// <summary>The company from which it is taken instead.</summary>
    public Guid? Take { get; set; }

    public string? Group { get; set; }

    public bool Removes { get; set; }

    public string? Category { get; set; }

    public string? Off { get; set; }

    public string? Lines { get; set; }
}
