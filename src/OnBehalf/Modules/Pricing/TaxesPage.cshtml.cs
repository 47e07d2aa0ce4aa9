using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>The tax rates of the shop.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class TaxesPage(TaxesAndShipping changes) : ShopPage
{
    public const string Here = "/admin/taxes";

    [BindProperty]
    public TaxRateInput Input { get; set; } = new();

    public IReadOnlyList<TaxRateRow> Rates { get; private set; } = [];

    public async Task OnGet() => Rates = await changes.Rates(Cancel);

    public async Task<IActionResult> OnPost()
    {
        var outcome = FormFields.AllIn(Request, "Country", "Region", "TaxClass", "Percent")
            ? await changes.PutRate(Caller, new TaxRateDraft(Input.Country, Input.Region, Input.TaxClass, Input.Percent), Cancel) : FormFields.Missing;
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }
}

public sealed class TaxRateInput
{
    public string? Country { get; set; }

    public string? Region { get; set; }

    public string? TaxClass { get; set; } = Taxes.Standard;

    public string? Percent { get; set; }
}

/// <summary>The ways of sending.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class ShippingPage(TaxesAndShipping changes) : ShopPage
{
    public const string Here = "/admin/shipping";

    [BindProperty]
    public ShippingInput Input { get; set; } = new();

    public IReadOnlyList<ShippingMethodRow> Methods { get; private set; } = [];

    /// <param name="code">The one that the form shows.</param>
    public async Task OnGet(string? code)
    {
        Methods = await changes.Methods(Cancel);
        if (Methods.FirstOrDefault(method => method.Code == code) is { } known)
        {
            Input = new ShippingInput
            {
                Known = known.Code, Rates = await changes.RatesOf(known, Cancel), MostKilograms = known.MostMilligrams is { } most ? ShippingRateText.Weight(most) : null,
                Code = known.Code, Name = known.Name, Countries = known.Countries, Currency = known.Currency.Code, Price = new Money(known.PriceMinor, known.Currency).ToPlainString(),
                FreeFrom = known.FreeFromMinor is { } free ? new Money(free, known.Currency).ToPlainString() : null,
            };
        }
    }

    public Task<IActionResult> OnPost() => Then(!FormFields.AllIn(Request, "Countries", "FreeFrom", "Rates", "MostKilograms") ? Task.FromResult<Outcome<Done>>(FormFields.Missing)
        : changes.PutMethod(
            Caller, string.IsNullOrEmpty(Input.Known) ? null : Input.Known,
            new ShippingDraft(Input.Code, Input.Name, Input.Countries, Input.Price, Input.Currency, Input.FreeFrom, Input.Rates, Input.MostKilograms), Cancel));

    public Task<IActionResult> OnPostRemove(string? code) => Then(changes.RemoveMethod(Caller, code, Cancel));

    private async Task<IActionResult> Then(Task<Outcome<Done>> change)
    {
        if ((await change).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet(null);
        return Refused(refusal);
    }
}

public sealed class ShippingInput
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? Countries { get; set; }

    public string? Price { get; set; }

    public string? Currency { get; set; }

    public string? FreeFrom { get; set; }

    /// <summary>Code of the method that the form changes; empty: a new one.</summary>
    public string? Known { get; set; }

    /// <summary>Prices by zone, weight and sum, one a line.</summary>
    public string? Rates { get; set; }

    public string? MostKilograms { get; set; }
}
