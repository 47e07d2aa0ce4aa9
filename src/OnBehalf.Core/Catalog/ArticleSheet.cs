using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>
/// An article as staff keep it: what stands in a row of `products.csv`, read and judged. Forms, files and changes of many at once all come through <see cref="Read"/>, so that one rule holds
/// for all of them.
/// </summary>
/// <param name="Category">Its code; null: in none.</param>
/// <param name="Weight">Milligrams.</param>
/// <param name="Image">Name of a picture of the shop.</param>
/// <param name="ReplacedBy">Number of the article that is sold in its place.</param>
public sealed record ArticleSheet(
    string Sku, string Name, string Description, string? Category, string? Model, string? Color, string? Size, long? Weight, Money? Cost, UnitPrice Price, string TaxClass, string? Image,
    bool IsSold, QuantityRule Rule, string? ReplacedBy, string Kind = ArticleKind.Physical)
{
    public const int LongestSku = 64;
    public const int LongestName = 300;
    public const int LongestDescription = 20_000;
    public const string StandardTax = "standard";
    private const int Longest = 200;

    /// <summary>Those in which an article may have texts beside the shop's own, ISO 639-1.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de", "fr"];

    /// <summary>Names and descriptions in other languages, as `name_de`; the import takes the same.</summary>
    public static IReadOnlyList<string> TextColumns { get; } = [.. Languages.SelectMany(language => new[] { "name_" + language, "description_" + language })];

    /// <summary>The names of the columns, in the order of the file.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "sku", "name", "description", "category_code", "model", "color", "size", "weight_grams", "cost", "unit_price", "price_per", "currency", "tax_class", "image", "status", "unit",
        "pack_quantity", "min_quantity", "max_quantity", "replaced_by", "kind", .. TextColumns,
    ];

    /// <summary>By the names of <see cref="TextColumns"/>; what is missing is read in the shop's own words.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What every article has: nothing typed there is no other value than the one that stands.</summary>
    public static IReadOnlyCollection<string> NeverEmpty { get; } = ["kind", "price_per", "status", "tax_class"];

    /// <summary>Its values by the names of the columns, as a file has them; nothing is an empty text.</summary>
    public IReadOnlyDictionary<string, string> Values => new Dictionary<string, string>(TextColumns.Select(column => KeyValuePair.Create(column, Texts.GetValueOrDefault(column) ?? "")), StringComparer.Ordinal)
    {
        ["sku"] = Sku, ["name"] = Name, ["description"] = Description, ["category_code"] = Category ?? "", ["model"] = Model ?? "", ["color"] = Color ?? "", ["size"] = Size ?? "",
        ["weight_grams"] = Weight is { } milligrams ? (milligrams / 1_000m).ToString("0.###", CultureInfo.InvariantCulture) : "", ["cost"] = Cost?.ToPlainString() ?? "",
        ["unit_price"] = Price.Amount.ToPlainString(), ["price_per"] = Price.PerUnits.ToString(CultureInfo.InvariantCulture), ["currency"] = Price.Amount.Currency.Code,
        ["tax_class"] = TaxClass, ["image"] = Image ?? "", ["status"] = IsSold ? "active" : "discontinued", ["unit"] = Rule.Unit, ["pack_quantity"] = Rule.Pack.ToString(),
        ["min_quantity"] = Rule.Least?.ToString() ?? "", ["max_quantity"] = Rule.Most?.ToString() ?? "", ["replaced_by"] = ReplacedBy ?? "", ["kind"] = Kind,
    };

    /// <summary>The article that these values are, or everything that is wrong with them; a refusal names the column.</summary>
    public static (ArticleSheet? Sheet, IReadOnlyList<Refusal> Wrong) Read(IReadOnlyDictionary<string, string?> values)
    {
        var reading = new Reading(values);
        var currency = reading.Currency();
        var (sku, name, description) = (reading.Text("sku", LongestSku, isNeeded: true), reading.Text("name", LongestName, isNeeded: true), reading.Text("description", LongestDescription, mayBreak: true));
        var price = reading.Amount("unit_price", currency, isNeeded: true);
        var per = reading.OneOf("price_per", "1", "10", "100", "1000");
        var rule = new QuantityRule(
            reading.Quantity("pack_quantity") ?? Kernel.Quantity.One, reading.Quantity("min_quantity"), reading.Quantity("max_quantity"), reading.Text("unit", 20) ?? QuantityRule.Piece);
        var status = reading.OneOf("status", "active", "discontinued");
        var next = reading.Text("replaced_by", LongestSku);
        var kind = reading.OneOf("kind", [.. ArticleKind.All.Select(one => one.Value)]);
        if (rule.Most is { } most && most < rule.First)
        {
            reading.Refuse("max_quantity", "less than the smallest quantity that can be ordered: whole packages, from the least on.");
        }

        if (next is not null && next == sku)
        {
            reading.Refuse("replaced_by", "an article does not replace itself.");
        }

        var sheet = new ArticleSheet(
            sku ?? "", name ?? "", description ?? "", reading.Text("category_code", 64), reading.Text("model", Longest), reading.Text("color", Longest), reading.Text("size", Longest), reading.Weight(),
            reading.Amount("cost", currency), new UnitPrice(price ?? default, int.Parse(per, CultureInfo.InvariantCulture)), reading.Text("tax_class", 64) ?? StandardTax, reading.Text("image", 255),
            status == "active", rule, next, kind)
        { Texts = reading.Texts() };
        return reading.Wrong.Count == 0 ? (sheet, []) : (null, reading.Wrong);
    }

    /// <summary>A column for people: "unit_price" is "Unit price".</summary>
    public static string TitleOf(string column) => column switch
    {
        "sku" => "Number",
        "category_code" => "Category",
        "color" => Say("Colour"),
        "weight_grams" => Say("Weight in grams"),
        "unit_price" => Say("Base price"),
        "price_per" => Say("Price for"),
        "tax_class" => Say("Tax class"),
        "image" => Say("Picture"),
        "pack_quantity" => Say("Package of"),
        "min_quantity" => Say("At least"),
        "max_quantity" => Say("At most"),
        "replaced_by" => Say("Replaced by"),
        "name_en" => Say("Name in English"),
        "name_de" => Say("Name in German"),
        "name_fr" => Say("Name in French"),
        "description_en" => Say("Description in English"),
        "description_de" => Say("Description in German"),
        "description_fr" => Say("Description in French"),
        _ => char.ToUpperInvariant(column[0]) + column[1..],
    };

    private sealed class Reading(IReadOnlyDictionary<string, string?> values)
    {
        private const long LargestAmount = 1_000_000_000_000;

        public List<Refusal> Wrong { get; } = [];

        public void Refuse(string column, Phrase sentence) => Wrong.Add(Refusal.Invalid("catalog.article-value", $"{TitleOf(column)}: {sentence}", column));

        public string? Text(string column, int longest, bool isNeeded = false, bool mayBreak = false)
        {
            var text = values.GetValueOrDefault(column)?.Trim() ?? "";
            if (text.Length > longest || text.Any(c => char.IsControl(c) && !(mayBreak && c is '\n' or '\r' or '\t')))
            {
                Refuse(column, mayBreak ? Phrase.Of($"at most {longest:N0} characters.") : Phrase.Of($"at most {longest:N0} characters, on one line."));
            }
            else if (text.Length == 0 && isNeeded)
            {
                Refuse(column, "is missing.");
            }

            return text.Length == 0 ? null : mayBreak ? text.ReplaceLineEndings("\n") : text;
        }

        public Dictionary<string, string> Texts()
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var column in TextColumns)
            {
                var isName = column.StartsWith("name_", StringComparison.Ordinal);
                if (Text(column, isName ? LongestName : LongestDescription, mayBreak: !isName) is { } text)
                {
                    texts[column] = text;
                }
            }

            return texts;
        }

        public string OneOf(string column, params string[] words)
        {
            var word = values.GetValueOrDefault(column)?.Trim() is { Length: > 0 } typed ? typed : words[0];
            if (Array.IndexOf(words, word) >= 0)
            {
                return word;
            }

            Refuse(column, $"one of {string.Join(", ", words)}.");
            return words[0];
        }

        public Currency Currency()
        {
            if (Kernel.Currency.TryParse(values.GetValueOrDefault("currency")?.Trim() ?? "", out var currency))
            {
                return currency;
            }

            Refuse("currency", "a code of three capital letters, such as EUR.");
            return Kernel.Currency.Of("EUR");
        }

        public Money? Amount(string column, Currency currency, bool isNeeded = false)
        {
            var text = values.GetValueOrDefault(column)?.Trim() ?? "";
            if (text.Length == 0 && !isNeeded)
            {
                return null;
            }

            if (Money.TryParse(text, currency, out var money) && money.Minor <= LargestAmount)
            {
                return money;
            }

            Refuse(column, $"an amount in {currency.Code} with a dot and at most {currency.Decimals} decimals, such as 85.00.");
            return null;
        }

        public Quantity? Quantity(string column)
        {
            var text = values.GetValueOrDefault(column)?.Trim() ?? "";
            if (text.Length == 0)
            {
                return null;
            }

            if (Kernel.Quantity.TryParse(text, out var quantity) && quantity.IsPositive && quantity <= Kernel.Quantity.Most)
            {
                return quantity;
            }

            Refuse(column, "above 0, at most 1000000, with at most three decimals after a dot.");
            return null;
        }

        public long? Weight()
        {
            var text = values.GetValueOrDefault("weight_grams")?.Trim() ?? "";
            if (text.Length == 0)
            {
                return null;
            }

            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var grams) && grams < 1_000_000_000m)
            {
                return (long)decimal.Round(grams * 1_000m, MidpointRounding.AwayFromZero);
            }

            Refuse("weight_grams", "digits with a dot before the decimals, below a billion, such as 1016.04.");
            return null;
        }
    }
}
