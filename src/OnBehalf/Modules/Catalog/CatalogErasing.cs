using OnBehalf.Data;

namespace OnBehalf.Modules.Catalog;

/// <summary>How people are forgotten here.</summary>
internal static class CatalogErasing
{
    public static readonly PersonalRows Staff = new(
        "staff", null, null, """update assortment set changed_by = {stand-in} where changed_by = {name} returning 1 as "Value" """);
}
