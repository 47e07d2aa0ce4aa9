using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>The role of a membership as SQL: a built-in word, or what the company's own role says now. Nothing is copied, so that a change counts with the next question.</summary>
internal static class RoleSql
{
    /// <summary>What <see cref="HeldRole.Read"/> reads.</summary>
    /// <param name="membership">The alias of its row.</param>
    public static string Of(string membership) =>
        $"coalesce((select 'own ' || cast(z.rights as text) || ' ' || z.name from company_role z where z.id = {membership}.company_role_id), {membership}.role)";

    /// <summary>It has the right.</summary>
    public static string May(string membership, Right right) =>
        $"""
        ({membership}.role in ({string.Join(", ", Enum.GetValues<BuyerRole>().Where(role => BuyerRoles.RightsOf(role).Has(right)).Select(role => $"'{Data.Words.Kebab(role)}'"))})
            or exists (select 1 from company_role z where z.id = {membership}.company_role_id and z.rights & {1L << right.Bit} <> 0))
        """;
}
