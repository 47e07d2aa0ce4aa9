using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>Whether a form has its fields at all: one that is empty says something, one that is not there does not, and to a page both look the same.</summary>
internal static class FormFields
{
    public static readonly Refusal Missing = Refusal.Invalid("form.incomplete", "Fields of the form are missing. Nothing was changed. Open the page again.");

    public static bool AllIn(HttpRequest request, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!request.Form.ContainsKey("Input." + name))
            {
                return false;
            }
        }

        return true;
    }
}
