using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>What a cell may hold, and with that how it is staged.</summary>
internal enum CellKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Text that may have line breaks.</summary>
    LongText,

    /// <summary>A word of a list.</summary>
    Word,

    /// <summary>A person's own mail address; staged as written and, as `…_normalized`, as it is looked up.</summary>
    Email,

    /// <summary>The mail address of somebody who stands elsewhere; staged as it is looked up.</summary>
    EmailReference,
    Country,

    /// <summary>Countries with blanks between.</summary>
    Countries,
    Currency,

    /// <summary>An amount of a currency that may stand elsewhere; staged in ten-thousandths and, as `…_places`, with the number of its decimals.</summary>
    Amount,

    /// <summary>Staged in thousandths.</summary>
    Quantity,

    /// <summary>A quantity that may be nothing; staged in thousandths.</summary>
    Count,

    /// <summary>A share written as a fraction; staged in millionths.</summary>
    Fraction,

    /// <summary>A share written in percent; staged in millionths.</summary>
    Percent,

    /// <summary>A weight in grams; staged in milligrams.</summary>
    Grams,
    Flag,

    /// <summary>A tax id; what begins like a VAT number of the European Union must be one.</summary>
    TaxId,

    /// <summary>A moment of ISO 8601 in UTC.</summary>
    Time,
}

/// <summary>A column of a file of the package.</summary>
/// <param name="Default">What an empty or absent cell means; null: nothing.</param>
/// <param name="Longest">In characters.</param>
internal sealed record Column(string Name, CellKind Kind = CellKind.Text, bool Required = false, string? Default = null, int Longest = 200)
{
    /// <summary>The words of a <see cref="CellKind.Word"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public static Column Key(string name, int longest = 64) => new(name, Required: true, Longest: longest);

    public static Column Reference(string name) => new(name, Longest: 64);

    public static Column OneOf(string name, string? otherwise, params IReadOnlyList<string> words) =>
        new(name, CellKind.Word, Required: otherwise is null, Default: otherwise) { Words = words };

    public static Column OneOf<T>(string name, string? otherwise)
        where T : struct, Enum => OneOf(name, otherwise, [.. Enum.GetValues<T>().Select(Data.Words.Kebab)]);

    /// <summary>One of some words, or nothing.</summary>
    public static Column Choice(string name, IReadOnlyList<string> words) => new(name, CellKind.Word) { Words = words };

    public static Column Flag(string name) => new(name, CellKind.Flag, Default: "false");

    /// <summary>The columns of the staging table, with the type that PostgreSQL gives them.</summary>
    public IEnumerable<(string Name, string Type)> Staged => Kind switch
    {
        CellKind.Email => [(Name, "text"), (Name + "_normalized", "text")],
        CellKind.Amount => [(Name, "bigint"), (Name + "_places", "bigint")],
        CellKind.Quantity or CellKind.Count or CellKind.Fraction or CellKind.Percent or CellKind.Grams => [(Name, "bigint")],
        CellKind.Flag => [(Name, "boolean")],
        CellKind.Time => [(Name, "timestamptz")],
        _ => [(Name, "text")],
    };
}
