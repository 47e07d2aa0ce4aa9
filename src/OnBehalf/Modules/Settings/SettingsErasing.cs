using OnBehalf.Data;

namespace OnBehalf.Modules.Settings;

/// <summary>How people are forgotten here.</summary>
internal static class SettingsErasing
{
    public static readonly PersonalRows Staff = new(
        "staff", null, null, """update setting set changed_by = {stand-in}, changed_by_id = null where changed_by_id = {person} returning 1 as "Value" """);
}
