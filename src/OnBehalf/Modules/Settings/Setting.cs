using System.Globalization;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Settings;

/// <summary>One thing an administrator can set: its name, the sentence that explains it, its default, and what it accepts.</summary>
public sealed record Setting(string Name, Phrase Title, Phrase Sentence, string Default, SettingKind Kind, int Least = 0, int Most = int.MaxValue)
{
    /// <summary>What a <see cref="SettingKind.Choice"/> accepts, each with its words; of <see cref="SettingKind.Words"/>, where only some words will do.</summary>
    public IReadOnlyList<(string Value, Phrase Words)> Choices { get; init; } = [];

    /// <summary>The words of a <see cref="SettingKind.Words"/>.</summary>
    public static IReadOnlyList<string> InWords(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public Refusal? Check(string value) => Kind switch
    {
        SettingKind.Number when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < Least || number > Most =>
            Refusal.Invalid("settings.out-of-range", $"{Title}: a whole number from {Least} to {Most:N0}.", Name),
        SettingKind.Switch when value is not ("true" or "false") => Refusal.Invalid("settings.not-a-switch", $"{Title}: on or off.", Name),
        SettingKind.Currency when !Currency.TryParse(value, out _) =>
            Refusal.Invalid("settings.not-a-currency", $"{Title}: a currency code of three capital letters, such as EUR.", Name),
        SettingKind.TimeZone when !TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) =>
            Refusal.Invalid("settings.not-a-time-zone", $"{Title}: a name of the time zone database, such as Europe/Berlin, or UTC.", Name),
        SettingKind.Address when value.Length > 0 && !Settings.ShopAddress.IsOne(value) =>
            Refusal.Invalid("settings.not-an-address", $"{Title}: https:// and a host name, without a path, or nothing.", Name),
        SettingKind.Choice when Choices.All(choice => choice.Value != value) =>
            Refusal.Invalid("settings.not-a-choice", $"{Title}: one of {string.Join(", ", Choices.Select(choice => choice.Value))}.", Name),
        SettingKind.PriceOrder when PricePrecedence.Parse(value) is null =>
            Refusal.Invalid("settings.not-a-price-order", $"{Title}: {string.Join(", ", PriceSources.All.Reverse().Select(PriceSources.Code))}, each once, with > or = between.", Name),
        SettingKind.Words when value.Length > 1_000 || value.Any(char.IsControl) || value.Split(',', StringSplitOptions.TrimEntries).Any(word => word.Length > 64) =>
            Refusal.Invalid("settings.not-words", $"{Title}: words of at most 64 characters with commas between, on one line of at most 1,000.", Name),
        SettingKind.Words when Choices.Count > 0 && InWords(value).Any(word => Choices.All(choice => choice.Value != word)) =>
            Refusal.Invalid("settings.not-choices", $"{Title}: of {string.Join(", ", Choices.Select(choice => choice.Value))}, with commas between.", Name),
        SettingKind.Reasons when value.Length > 1_000 || InWords(value).Any(word => PriceReasons.CodeOf(word) is null) =>
            Refusal.Invalid("settings.not-reasons", $"{Title}: letters, digits and blanks, each at most {PriceReasons.Longest} characters, with commas between.", Name),
        SettingKind.Text when value.Length is 0 or > 200 || value.Any(char.IsControl) =>
            Refusal.Invalid("settings.not-a-line", $"{Title}: 1 to 200 characters, on one line.", Name),
        _ => null,
    };
}

public enum SettingKind
{
    Number,
    Switch,
    Currency,
    TimeZone,
    Text,

    /// <summary>Sources of prices in the order in which they count.</summary>
    PriceOrder,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Any number of words with commas between; perhaps none.</summary>
    Words,

    /// <summary>The same, of which codes are made.</summary>
    Reasons,

    /// <summary>Scheme and host of a web address, or nothing.</summary>
    Address,
}

public sealed record SettingChanged(Code Setting, Code Before, Code After) : Fact
{
    public override string Name => "settings.changed";
}
