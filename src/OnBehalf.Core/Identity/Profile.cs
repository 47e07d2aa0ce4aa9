using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>A person's data as somebody typed them; the names of the properties are the names of the form's fields.</summary>
public sealed record ProfileDraft(string? Title, string? FirstName, string? LastName, string? Phone);

/// <summary>How a person is called and reached. Every text is trimmed and on one line.</summary>
public sealed record Profile(string? Title, string FirstName, string LastName, string? Phone)
{
    public const int LongestTitle = 50;
    public const int LongestName = 100;
    public const int LongestPhone = 50;

    /// <summary>The profile, or everything that is wrong with what was typed, each with its field.</summary>
    public static (Profile? Profile, IReadOnlyList<Refusal> Refusals) Read(ProfileDraft draft)
    {
        var refusals = new List<Refusal>();
        var title = Text(draft.Title, nameof(Title), "Title", LongestTitle);
        var first = Needed(draft.FirstName, nameof(FirstName), "First name");
        var last = Needed(draft.LastName, nameof(LastName), "Last name");
        var phone = Text(draft.Phone, nameof(Phone), "Telephone", LongestPhone);
        if (phone is not null && (phone.Count(char.IsAsciiDigit) < 3 || phone.Any(c => !char.IsAsciiDigit(c) && !"+-/().# x".Contains(c, StringComparison.Ordinal))))
        {
            refusals.Add(Refusal.Invalid("account.phone-invalid", "Telephone: digits, with + - / ( ) and blanks between, such as +49 431 555010.", nameof(Phone)));
        }

        return refusals.Count > 0 ? (null, refusals) : (new Profile(title, first!, last!, phone), []);

        string? Needed(string? typed, string field, string what)
        {
            if (!string.IsNullOrWhiteSpace(typed))
            {
                return Text(typed, field, what, LongestName);
            }

            refusals.Add(Refusal.Invalid($"account.{field.ToLowerInvariant()}-missing", $"{what}: please type it.", field));
            return null;
        }

        string? Text(string? typed, string field, string what, int longest)
        {
            var text = typed?.Trim() ?? "";
            if (text.Length > longest)
            {
                refusals.Add(Refusal.Invalid("account.too-long", $"{what}: at most {longest} characters.", field));
            }
            else if (text.Any(char.IsControl))
            {
                refusals.Add(Refusal.Invalid("account.not-one-line", $"{what}: on one line, without tabs.", field));
            }

            return text.Length == 0 ? null : text;
        }
    }

    /// <summary>What differs from another one, as words of the log: `first-name phone`; empty when nothing does.</summary>
    public string ChangesFrom(Profile other) => string.Join(' ', new[]
    {
        Title == other.Title ? null : "title", FirstName == other.FirstName ? null : "first-name", LastName == other.LastName ? null : "last-name",
        Phone == other.Phone ? null : "phone",
    }.OfType<string>());

    public override string ToString() => string.Join(", ", new[] { Title, $"{FirstName} {LastName}", Phone }.OfType<string>());
}
