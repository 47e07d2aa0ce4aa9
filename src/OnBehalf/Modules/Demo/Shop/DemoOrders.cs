using System.Globalization;

namespace OnBehalf.Modules.Demo.Shop;

internal sealed record OrderLine(Product Product, int Quantity, long Price);

internal sealed record Order(string Number, Company Company, string Contact, DateTime PlacedAt, string Purchase, long Tax, long Shipping, string Rep, OrderLine[] Lines);

/// <summary>What was bought so far: many orders of late and some from more than a year ago.</summary>
internal static class DemoOrders
{
    private const int Count = 64, Days = 430;

    public static List<Order> Until(DateOnly today, IReadOnlyList<Person> people)
    {
        var chance = new Chance(0x0DE25);
        var times = Enumerable.Range(0, Count).Select(i => Moment(today, i, chance)).Order().ToList();
        var open = DemoCompanies.All.Where(company => company.Status == "active").ToList();
        var orders = new List<Order>();
        for (var i = 0; i < Count; i++)
        {
            // A company that is no longer served has bought long ago; a third of all business is Nordlicht's and its neighbours'.
            var company = i is 3 or 5 ? DemoCompanies.All.First(each => each.Status == "blocked") : i is 11 or 20 ? DemoCompanies.All.First(each => each.Status == "on-hold")
                : chance.Percent(25) ? DemoCompanies.All[0] : open[chance.Skewed(open.Count)];
            orders.Add(Order(i, company, times[i], people, chance));
        }
        return orders;
    }

    private static Order Order(int i, Company company, DateTime placedAt, IReadOnlyList<Person> people, Chance chance)
    {
        var old = i < Count / 2;
        var buyers = people.Where(person => person.Company == company.Number && person.Role is ("administrator" or "purchaser")).ToList();
        var range = DemoRange.Products.Where(product => (old || !product.Item.Discontinued) && (company.Currency == "EUR" || !product.Family.NotForSwitzerland)).ToList();
        var lines = Enumerable.Range(0, chance.Between(1, 7)).Select(_ => chance.Pick(range)).Distinct().Select(product => Line(company, product, chance)).ToArray();
        var goods = lines.Sum(line => line.Quantity * line.Price);
        var method = Terms.Shipping.First(each => each.Currency == company.Currency && each.Countries.Contains(company.Country, StringComparison.Ordinal));
        var shipping = goods >= method.FreeFrom ? 0 : method.Price;
        var rep = chance.Below(10) switch { < 5 => company.Rep, 5 => Cast.Telesales, _ => "" };
        var purchase = chance.Percent(60) ? string.Create(CultureInfo.InvariantCulture, $"PO-{chance.Between(10000, 99999)}") : "";
        return new(string.Create(CultureInfo.InvariantCulture, $"W{50001 + i}"), company, chance.Pick(buyers).Email, placedAt, purchase, Tax(company, lines, shipping), shipping, rep, lines);
    }

    private static OrderLine Line(Company company, Product product, Chance chance)
    {
        var quantity = product.Item.Cents switch
        {
            < 1000 => 10 * chance.Between(1, 8),
            < 5000 => chance.Between(1, 15),
            < 15000 => chance.Between(1, 6),
            _ => chance.Between(1, 3),
        };
        return new(product, quantity, Terms.UnitPrice(company, product, quantity));
    }

    /// <summary>Rounded once for each rate, carriage taxed like the goods.</summary>
    private static long Tax(Company company, OrderLine[] lines, long shipping)
    {
        var (_, standard, reduced) = Terms.TaxRates.First(rate => rate.Country == company.Country);
        var books = lines.Where(line => line.Product.Family.TaxClass == "reduced").Sum(line => line.Quantity * line.Price);
        var rest = lines.Sum(line => line.Quantity * line.Price) - books + shipping;
        return (((rest * standard) + 500) / 1000) + (((books * reduced) + 500) / 1000);
    }

    /// <summary>A working day's hour, the nearer to today the denser.</summary>
    private static DateTime Moment(DateOnly today, int i, Chance chance)
    {
        var back = 1 + ((Count - 1 - i) * (Count - 1 - i) * Days / (Count * Count));
        var day = today.AddDays(-back);
        if (day.DayOfWeek == DayOfWeek.Sunday) day = day.AddDays(-2);
        if (day.DayOfWeek == DayOfWeek.Saturday) day = day.AddDays(-1);
        return day.ToDateTime(new TimeOnly(chance.Between(6, 15), chance.Below(60), chance.Below(60)), DateTimeKind.Utc);
    }
}
