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
/// A "no" that is part of the rules: a stable code (`carts.quantity-not-positive`), a sentence that says what, why and what now, and the form field it is about.
/// </summary>
public sealed record Refusal(RefusalKind Kind, string Code, string Sentence, string? Field = null)
{
    public static Refusal Invalid(string code, string sentence, string? field = null) => new(RefusalKind.Invalid, code, sentence, field);

    public static Refusal Forbidden(string code, string sentence) => new(RefusalKind.Forbidden, code, sentence);

    public static Refusal Conflict(string code, string sentence) => new(RefusalKind.Conflict, code, sentence);

    /// <summary>Also the answer to what exists but may not be seen.</summary>
    public static Refusal Missing(string code, string sentence) => new(RefusalKind.Missing, code, sentence);
}
