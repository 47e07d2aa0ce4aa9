namespace OnBehalf.Kernel;

/// <summary>What kind of "no" it is; the host maps it to 422, 403, 409, 404.</summary>
public enum RefusalKind
{
    Invalid,
    Forbidden,
    Conflict,
    Missing,
}

/// <summary>
/// A "no" that is part of the rules: a stable code (`carts.quantity-not-positive`), a sentence that says what, why and what now in the language of who reads it, and the form field it is about.
/// </summary>
public sealed record Refusal(RefusalKind Kind, string Code, Phrase Sentence, string? Field = null)
{
    public static Refusal Invalid(string code, Phrase sentence, string? field = null) => new(RefusalKind.Invalid, code, sentence, field);

    public static Refusal Forbidden(string code, Phrase sentence) => new(RefusalKind.Forbidden, code, sentence);

    public static Refusal Conflict(string code, Phrase sentence) => new(RefusalKind.Conflict, code, sentence);

    /// <summary>Also the answer to what exists but may not be seen.</summary>
    public static Refusal Missing(string code, Phrase sentence) => new(RefusalKind.Missing, code, sentence);
}
