using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using OnBehalf.Host;

namespace OnBehalf.Ui;

/// <summary>
/// An element that is not there when what it leads to is closed to who acts: `&lt;a unless-closed="@ClosablePage.CartView" href="~/cart"&gt;`. The page itself is
/// refused anyway; this is so that nobody is led there.
/// </summary>
[HtmlTargetElement(Attributes = "unless-closed")]
public sealed class UnlessClosedTagHelper : TagHelper
{
    /// <summary>Name of a <see cref="ClosablePage"/>.</summary>
    public required string UnlessClosed { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.HttpContext.Caller().IsClosed(UnlessClosed))
        {
            output.SuppressOutput();
        }
    }
}
