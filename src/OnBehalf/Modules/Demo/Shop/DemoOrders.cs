using OnBehalf.Kernel;

namespace OnBehalf.Modules.Demo.Shop;

internal sealed record OrderLine(Product Product, int Quantity, long Price)
{
    public long Total => Quantity * Price;
}

internal sealed record Order(string Number, Company Company, string Contact, DateTime PlacedAt, OrderLine[] Lines)
{
    public string Purchase { get; init; } = "";

    public string Rep { get; init; } = "";

    public required long Shipping { get; init; }

    public required long Tax { get; init; }
}

/// <summary>What was bought so far: many orders of late and some from more than a year ago.</summary>
internal sealed class DemoOrders(IReadOnlyList<Person> people)
{
    private const int Count = 64, Days = 430;

    private static readonly Company[] Open = [.. DemoCompanies.All.Where(company => company.Status == "active")];

    private readonly Chance _chance = new(0x0DE25);

    public List<Order> Until(DateOnly today)
    {
        var times = Enumerable.Range(0, Count).Select(i => Moment(today, i)).Order().ToList();
        return [.. times.Select((placedAt, i) => Place(i, placedAt))];
    }

    private Order Place(int i, DateTime placedAt)
    {
        var company = Customer(i);
        var lines = Lines(company, old: i < Count / 2);
        var goods = lines.Sum(line => line.Total);
        var method = Terms.Shipping.First(each => each.Currency == company.Currency && each.Countries.Split(' ').Contains(company.Country));
        var shipping = goods >= method.FreeFrom ? 0 : method.Price;
        return new($"W{PackageFile.Text(50001 + i)}", company, Buyer(company), placedAt, lines)
        {
            Purchase = _chance.Percent(60) ? $"PO-{PackageFile.Text(_chance.Between(10000, 99999))}" : "",
            Rep = _chance.Below(10) switch { < 5 => company.Rep, 5 => Cast.Telesales, _ => "" },
            Shipping = shipping,
            Tax = Tax(company, lines, shipping),
        };
    }

    /// <summary>Who is no longer served has bought long ago; much of the business is Nordlicht's.</summary>
    private Company Customer(int i) => i switch
    {
        3 or 5 => DemoCompanies.All.First(company => company.Status == "blocked"),
        11 or 20 => DemoCompanies.All.First(company => company.Status == "on-hold"),
        _ when _chance.Percent(25) => DemoCompanies.All[0],
        _ => Open[_chance.Skewed(Open.Length)],
    };

    private string Buyer(Company company)
    {
        var buyers = people.Where(person => person.Company == company.Number && person.Role is ("administrator" or "purchaser"));
        return _chance.Pick([.. buyers]).Email;
    }

    private OrderLine[] Lines(Company company, bool old)
    {
        var range = DemoRange.Products
            .Where(product => old || !product.Item.Discontinued)
            .Where(product => company.Currency == "EUR" || !product.Family.NotForSwitzerland)
            .ToList();
        var products = Enumerable.Range(0, _chance.Between(1, 7)).Select(_ => _chance.Pick(range)).Distinct().ToList();
        return [.. products.Select(product => Line(company, product))];
    }

    private OrderLine Line(Company company, Product product)
    {
        var quantity = product.Item.Cents switch
        {
            < 1000 => 10 * _chance.Between(1, 8),
            < 5000 => _chance.Between(1, 15),
            < 15000 => _chance.Between(1, 6),
            _ => _chance.Between(1, 3),
        };
        return new(product, quantity, Terms.UnitPrice(company, product, quantity));
    }

    /// <summary>Rounded once for each rate, carriage taxed like the goods.</summary>
    private static long Tax(Company company, OrderLine[] lines, long shipping)
    {
        var (_, standard, reduced) = Terms.TaxRates.First(rate => rate.Country == company.Country);
        var books = lines.Where(line => line.Product.Family.TaxClass == "reduced").Sum(line => line.Total);
        var others = lines.Sum(line => line.Total) - books + shipping;
        return Round.Divide(others * standard, 1000, Rounding.HalfUp) + Round.Divide(books * reduced, 1000, Rounding.HalfUp);
    }

    /// <summary>A working day's hour, the nearer to today the denser.</summary>
    private DateTime Moment(DateOnly today, int i)
    {
        var day = today.AddDays(-1 - ((Count - 1 - i) * (Count - 1 - i) * Days / (Count * Count)));
        if (day.DayOfWeek == DayOfWeek.Sunday) day = day.AddDays(-2);
        if (day.DayOfWeek == DayOfWeek.Saturday) day = day.AddDays(-1);
        return day.ToDateTime(new TimeOnly(_chance.Between(6, 15), _chance.Below(60), _chance.Below(60)), DateTimeKind.Utc);
    }
}
