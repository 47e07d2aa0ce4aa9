using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>A line of prices as people paste them: number, quantity from which it counts, price. Without a price it is taken out of the list.</summary>
public readonly record struct PastedPrice(int Line, string Sku, Quantity From, Money? Price);

/// <summary>Prices as text, one article a line: "P-100;10;85.00", with semicolons, commas or tabs between; a first line with the names of the columns may stand above.</summary>
public static class PriceText
{
    public const string Header = "sku;min_quantity;unit_price";
    public const int MostLines = 5_000;

    /// <summary>All lines, or every line that will not do, with its reason.</summary>
    public static (IReadOnlyList<PastedPrice> Prices, IReadOnlyList<(int Line, string Text, string Why)> Faults) Read(string? text, Currency currency)
    {
        var (prices, faults, seen) = (new List<PastedPrice>(), new List<(int, string, string)>(), new HashSet<(string, Quantity)>());
        var number = 0;
        foreach (var raw in (text ?? "").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || (number == 1 && line.StartsWith("sku", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (prices.Count + faults.Count >= MostLines)
            {
                faults.Add((number, line, Say($"More than {MostLines:N0} lines: import a file instead.")));
                break;
            }

            if (ReadLine(number, line, currency, out var price) is { } why)
            {
                faults.Add((number, line, why));
            }
            else if (!seen.Add((price.Sku, price.From)))
            {
                faults.Add((number, line, Say("The same article and quantity stand above.")));
            }
            else
            {
                prices.Add(price);
            }
        }

        return (prices, faults);
    }

    private static string? ReadLine(int number, string line, Currency currency, out PastedPrice price)
    {
        price = default;
        var cells = line.Split(line.Contains(';', StringComparison.Ordinal) ? ';' : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',');
        if (cells.Length != 3 || cells[0].Trim().Trim('"') is not { Length: > 0 and <= 64 } sku)
        {
            return Say("Needs three parts: article number, quantity, price.");
        }

        var (quantity, amount) = (cells[1].Trim(), cells[2].Trim());
        if (!Quantity.TryParse(quantity.Length == 0 ? "1" : quantity, out var from) || !from.IsPositive || from > Quantity.Most)
        {
            return Say("Quantity: above 0, at most 1000000, with at most three decimals after a dot.");
        }

        if (amount.Length == 0)
        {
            price = new PastedPrice(number, sku, from, null);
            return null;
        }

        if (!Money.TryParse(amount, currency, out var money) || money.Minor > 1_000_000_000_000)
        {
            return Say($"Price: an amount in {currency.Code} with a dot and at most {currency.Decimals} decimals, such as 85.00.");
        }

        price = new PastedPrice(number, sku, from, money);
        return null;
    }
}
