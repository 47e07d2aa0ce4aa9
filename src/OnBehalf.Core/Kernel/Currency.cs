using System.Collections.Frozen;

namespace OnBehalf.Kernel;

/// <summary>
/// A currency of ISO 4217 with the number of decimals of its minor unit (0 to 4). The default value is no currency and is refused by <see cref="Money"/>.
/// Source of codes and decimals: ISO 4217 list one.
/// </summary>
public readonly record struct Currency
{
    private static readonly FrozenDictionary<string, int> DecimalsByCode = Table();

    private readonly string? _code;

    private Currency(string code, int decimals)
    {
        _code = code;
        Decimals = decimals;
    }

    /// <summary>Three capital letters.</summary>
    public string Code => _code ?? throw new InvalidOperationException("A default Currency has no code.");

    /// <summary>Digits after the dot of one major unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    public int Decimals { get; }

    /// <summary>Minor units in one major unit: 100 for EUR.</summary>
    public long MinorPerMajor => Decimals switch { 0 => 1, 1 => 10, 2 => 100, 3 => 1_000, _ => 10_000 };

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } =
        [.. DecimalsByCode.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Currency(pair.Key, pair.Value))];

    /// <summary>The currency of a code that is known to be right. Throws on an unknown code: use <see cref="TryParse"/> for anything from outside.</summary>
    public static Currency Of(string code) =>
        TryParse(code, out var currency) ? currency : throw new ArgumentException($"'{code}' is no currency of ISO 4217.", nameof(code));

    public static bool TryParse(string? code, out Currency currency)
    {
        if (code is not null && DecimalsByCode.TryGetValue(code, out var decimals))
        {
            currency = new Currency(code, decimals);
            return true;
        }

        currency = default;
        return false;
    }

    public override string ToString() => _code ?? "";

    private static FrozenDictionary<string, int> Table()
    {
        const string two = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP "
            + "DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
            + "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG "
            + "SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";
        const string none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
        const string three = "BHD IQD JOD KWD LYD OMR TND";
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (codes, decimals) in new[] { (two, 2), (none, 0), (three, 3) })
        {
            foreach (var code in codes.Split(' '))
            {
                table[code] = decimals;
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
