using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>The price lists of the shop: find one, add one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class PriceListsPage(PriceListQueries lists, PriceLists changes) : ShopPage
{
    public const string Here = "/admin/prices";

    public static IReadOnlyList<(string Value, string Words)> Sources =>
        [.. PriceSources.All.Reverse().Select(source => (PriceSources.Code(source), char.ToUpperInvariant(PriceSources.Word(source)[0]) + PriceSources.Word(source)[1..]))];

    [BindProperty]
    public PriceListInput Input { get; set; } = new() { Source = PriceSources.Code(PriceSource.List) };

    public string Query { get; private set; } = "";

    public IReadOnlyList<ListedPrices> Lists { get; private set; } = [];

    /// <summary>Where the next page begins.</summary>
    public string? Next { get; private set; }

    public async Task OnGet(string? q, string? after, string? code)
    {
        Query = q?.Trim() is { Length: > 0 and <= 100 } typed ? typed : "";
        var found = await lists.All(Query, after ?? "", code ?? "", Cancel);
        Lists = [.. found.Take(PriceListQueries.PageSize)];
        Next = found.Count > PriceListQueries.PageSize
            ? Here + QueryString.Create(new Dictionary<string, string?> { ["q"] = Query, ["after"] = Lists[^1].Name, ["code"] = Lists[^1].Code }) : null;
    }

    public async Task<IActionResult> OnPost()
    {
        if ((await changes.Add(Caller, Input.Draft, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther($"{Here}/{Uri.EscapeDataString(Input.Code!.Trim())}");
        }

        await OnGet(null, null, null);
        return Refused(refusal);
    }
}

/// <summary>A price list as the forms have it.</summary>
public sealed class PriceListInput
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? Currency { get; set; }

    public string? Source { get; set; }

    public bool ForEverybody { get; set; }

    public string? Percent { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }

    /// <summary>The version that was shown.</summary>
    public int Version { get; set; }

    internal PriceListDraft Draft => new(Code, Name, Currency, Source, ForEverybody, Percent, From, Until);
}
