using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>A role as somebody has it in his company: a built-in one, or one that the company made itself.</summary>
/// <param name="Word">What people call it.</param>
public sealed record HeldRole(BuyerRole Kind, Phrase Word, Rights Rights)
{
    private const string OwnPrefix = "own ";

    // By the word that is stored; these are the same for everybody, and asked for with every request.
    private static readonly Dictionary<string, HeldRole> BuiltIn = Enum.GetValues<BuyerRole>().Where(role => role != BuyerRole.Own)
        .ToDictionary(role => role.ToString().ToLowerInvariant(), role => new HeldRole(role, BuyerRoles.Word(role), BuyerRoles.RightsOf(role)), StringComparer.Ordinal);

    /// <summary>Its name, when the company made it itself.</summary>
    public string? OwnName => Kind == BuyerRole.Own ? Word : null;

    /// <param name="stored">`purchaser`, or of a role that a company made its rights and name: `own 47 Buyer of cable`.</param>
    public static HeldRole Read(string stored)
    {
        if (BuiltIn.TryGetValue(stored, out var role))
        {
            return role;
        }

        var end = stored.StartsWith(OwnPrefix, StringComparison.Ordinal) ? stored.IndexOf(' ', OwnPrefix.Length) : -1;
        return end > 0 && ulong.TryParse(stored.AsSpan(OwnPrefix.Length, end - OwnPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            ? new HeldRole(BuyerRole.Own, Phrase.Made(stored[(end + 1)..]), OwnRole.Bound(new Rights(bits)))
            : throw new ArgumentException("This is no role.", nameof(stored));
    }
}

/// <summary>A role that is to be given: a built-in one, or one of the company's own.</summary>
public readonly record struct GivenRole(BuyerRole Kind, CompanyRoleId? Own = null)
{
    /// <summary>As forms and interfaces write it: `purchaser`, or the id of an own one.</summary>
    public override string ToString() => Own?.ToString() ?? Kind.ToString().ToLowerInvariant();

    public static implicit operator GivenRole(BuyerRole role) => new(role);
}

/// <summary>A role that may be given, with what is said of it.</summary>
public sealed record RoleChoice(GivenRole Role, string Word, string Sentence)
{
    public static implicit operator RoleChoice(BuyerRole role) => Of(role);

    public static RoleChoice Of(BuyerRole role) => new(role, BuyerRoles.Word(role), BuyerRoles.Sentence(role));

    /// <summary>The one that was typed; null when it is none of these.</summary>
    public static RoleChoice? Find(IEnumerable<RoleChoice> among, string? typed) =>
        among.FirstOrDefault(choice => choice.Role.ToString().Equals(typed?.Trim(), StringComparison.OrdinalIgnoreCase));
}
