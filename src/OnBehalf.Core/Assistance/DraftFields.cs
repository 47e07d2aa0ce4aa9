using System.Globalization;
using System.Net;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Reads typed fields one after the other and collects what is wrong with each.</summary>
internal sealed class DraftFields
{
    public List<Refusal> Refusals { get; } = [];

    public void Refuse(string field, Phrase sentence) => Refusals.Add(Refusal.Invalid("policy.field-invalid", sentence, field));

    /// <summary>One line of text, trimmed; null when there is none.</summary>
    public string? Line(string field, Phrase what, string? typed, int longest)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length > longest)
        {
            Refuse(field, $"{what}: at most {longest} characters.");
        }
        else if (text.Any(char.IsControl))
        {
            Refuse(field, $"{what}: on one line, without tabs.");
        }

        return text.Length == 0 ? null : text;
    }

    public int? Number(string field, Phrase what, string? typed, int least, int most)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(field, $"{what}: a whole number from {least:N0} to {most:N0}.");
        return null;
    }

    /// <summary>One word of an enumeration; the default when nothing is typed.</summary>
    public T Word<T>(string field, Phrase what, string? typed, T otherwise)
        where T : struct, Enum => Words<T>(field, what, typed) is [var first, ..] ? first : otherwise;

    public IReadOnlyList<T> Words<T>(string field, Phrase what, string? typed)
        where T : struct, Enum
    {
        var words = new List<T>();
        foreach (var part in Parts(typed))
        {
            if (PolicySpelling.TryParse<T>(part, out var value))
            {
                words.Add(value);
            }
            else
            {
                Refuse(field, $"{what}: “{part}” is none of {string.Join(", ", Enum.GetValues<T>().Select(PolicySpelling.Of))}.");
            }
        }

        return [.. words.Distinct().Order()];
    }

    public IReadOnlyList<Money> Amounts(string field, Phrase what, string? typed)
    {
        var amounts = new List<Money>();
        var parts = Parts(typed);
        for (var i = 0; i < parts.Length; i += 2)
        {
            if (i + 1 < parts.Length && Currency.TryParse(parts[i + 1].ToUpperInvariant(), out var currency) && Money.TryParse(parts[i], currency, out var amount))
            {
                amounts.Add(amount);
            }
            else
            {
                Refuse(field, $"{what}: amounts with their currency, such as 5000 EUR, 6000 USD.");
                return [];
            }
        }

        if (amounts.DistinctBy(amount => amount.Currency).Count() != amounts.Count)
        {
            Refuse(field, $"{what}: one amount per currency.");
        }

        return amounts;
    }

    public IReadOnlyList<IPNetwork> Networks(string field, Phrase what, string? typed)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in Parts(typed))
        {
            if (IPNetwork.TryParse(part, out var network) || (IPAddress.TryParse(part, out var address)
                && IPNetwork.TryParse(part + (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "/32" : "/128"), out network)))
            {
                networks.Add(network);
            }
            else
            {
                Refuse(field, $"{what}: “{part}” is not a network such as 192.0.2.0/24 or 2001:db8::/32.");
            }
        }

        return networks;
    }

    public TimeOnly Time(string field, Phrase what, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return TimeOnly.MinValue;
        }

        if (TimeOnly.TryParseExact(typed.Trim(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Refuse(field, $"{what}: hours and minutes, such as 08:00.");
        return TimeOnly.MinValue;
    }

    public static string[] Parts(string? typed) => (typed ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>`SalesRep` is `sales-rep` in fields and in what is stored.</summary>
public static class PolicySpelling
{
    public static string Of<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Of(candidate), word, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
