using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

public enum CouponKind
{
    /// <summary>A share of what the lines cost to which it applies.</summary>
    Percent,

    /// <summary>A sum, at most what those lines cost.</summary>
    Amount,

    /// <summary>The shipping.</summary>
    FreeShipping,
}

/// <summary>What a coupon gives.</summary>
/// <param name="Percent">Of a percentage; else zero.</param>
/// <param name="Amount">Of a sum; it counts in this currency only.</param>
/// <param name="Least">What the lines of the order cost at least; null: any sum.</param>
public sealed record Coupon(string Code, string Name, CouponKind Kind, Percentage Percent, Money? Amount, Money? Least, bool IsCombinable);

/// <summary>A line of an order as coupons see it: what it costs, and which coupons apply to it.</summary>
public sealed record CouponLine(Money Total, IReadOnlySet<string> AppliesTo);

/// <summary>What coupons take off.</summary>
/// <param name="OfLines">Off each line, in their order; their sum is <see cref="Off"/> to the cent.</param>
/// <param name="OfCoupons">Off by each coupon that was given, in the order in which they count.</param>
public sealed record CouponResult(IReadOnlyList<Money> OfLines, IReadOnlyList<(Coupon Coupon, Money Off)> OfCoupons, bool ShipsFree, Money Off);

/// <summary>
/// Takes coupons off an order: percentages first, then sums, each by its code, whatever the order in which somebody typed them or filled the cart. Each takes from what
/// those before it left of the lines to which it applies, never more than that, and is shared out over them to the cent.
/// </summary>
public static class Coupons
{
    public const int MostAtOnce = 3;

    public static CouponResult Apply(Currency currency, IReadOnlyList<CouponLine> lines, IEnumerable<Coupon> coupons)
    {
        var left = lines.Select(line => line.Total).ToArray();
        var given = new List<(Coupon Coupon, Money Off)>();
        foreach (var coupon in coupons.OrderBy(coupon => coupon.Kind).ThenBy(coupon => coupon.Code, StringComparer.Ordinal))
        {
            int[] places = [.. Enumerable.Range(0, left.Length).Where(i => lines[i].AppliesTo.Contains(coupon.Code))];
            var basis = places.Aggregate(Money.Zero(currency), (sum, i) => sum + left[i]);
            var off = coupon.Kind switch
            {
                CouponKind.Percent => basis.Percent(coupon.Percent),
                CouponKind.Amount => coupon.Amount!.Value < basis ? coupon.Amount.Value : basis,
                _ => Money.Zero(currency),
            };
            if (!off.IsZero)
            {
                var parts = Prorate.Split(off, [.. places.Select(i => left[i].Minor)]);
                for (var i = 0; i < places.Length; i++)
                {
                    left[places[i]] -= parts[i];
                }
            }

            given.Add((coupon, off));
        }

        Money[] ofLines = [.. lines.Zip(left, (line, rest) => line.Total - rest)];
        return new CouponResult(ofLines, given, given.Exists(one => one.Coupon.Kind == CouponKind.FreeShipping), ofLines.Aggregate(Money.Zero(currency), (sum, off) => sum + off));
    }

    /// <summary>Why these coupons do not go together, or with an order of this sum; null: they do.</summary>
    public static Refusal? Judge(IReadOnlyList<Coupon> coupons, Money lines)
    {
        if (coupons.Count > 1 && coupons.FirstOrDefault(coupon => !coupon.IsCombinable) is { } alone)
        {
            return Refusal.Invalid("coupons.alone", $"Coupon {alone.Code} cannot be combined with others: take it or the others away.", "Coupons");
        }

        foreach (var coupon in coupons)
        {
            if ((coupon.Amount ?? coupon.Least ?? lines).Currency != lines.Currency || (coupon.Least ?? lines).Currency != lines.Currency)
            {
                return Refusal.Invalid("coupons.currency", $"Coupon {coupon.Code} does not count for orders in {lines.Currency.Code}.", "Coupons");
            }

            if (lines < coupon.Least)
            {
                return Refusal.Invalid("coupons.least", $"Coupon {coupon.Code} counts from articles for {coupon.Least} on.", "Coupons");
            }
        }

        return null;
    }

    /// <summary>Codes as somebody typed them, with blanks or commas between: capital letters, each once.</summary>
    public static Outcome<string[]> ReadCodes(string? text)
    {
        string[] codes = [.. (text ?? "").Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        return codes.Length > MostAtOnce ? TooMany
            : Array.Find(codes, code => code.Length > CustomerGroup.LongestCode) is not null ? Unknown("this")
            : codes;
    }

    public static readonly Refusal TooMany = Refusal.Invalid("coupons.many", $"At most {MostAtOnce} coupons for one order.", "Coupons");

    public static Refusal Unknown(string code) => Refusal.Invalid("coupons.unknown", $"There is no coupon {code}, or it does not count now.", "Coupons");

    public static Refusal UsedUp(string code) => Refusal.Invalid("coupons.used-up", $"Coupon {code} is used up.", "Coupons");

    public static Refusal UsedByCustomer(string code) => Refusal.Invalid("coupons.used-by-customer", $"Coupon {code} was used already, as often as it counts for one customer.", "Coupons");

    public static Refusal NothingFits(string code) => Refusal.Invalid("coupons.nothing", $"Coupon {code} is for other articles than those in the cart.", "Coupons");
}

public sealed record CouponAdded(Code Coupon, Code Title, Code Kind) : Fact
{
    public override string Name => "pricing.coupon-added";
}

/// <summary>One thing about a coupon, before and after.</summary>
public sealed record CouponChanged(Code Coupon, Code What, Code Before, Code After) : Fact
{
    public override string Name => "pricing.coupon-changed";
}

/// <summary>An order took it; how often it has been used with that.</summary>
public sealed record CouponUsed(OrderId Order, Code Coupon, Money Off, int Times) : Fact
{
    public override string Name => "pricing.coupon-used";
}

/// <summary>The order did not come about: it can be used again.</summary>
public sealed record CouponReleased(OrderId Order, Code Coupon) : Fact
{
    public override string Name => "pricing.coupon-released";
}
