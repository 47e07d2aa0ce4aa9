using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OnBehalf.Ui;

/// <summary>
/// A form field with its label, hint and error, tied together for eyes and screen readers:
/// `&lt;field for="Input.City" label="City" required maxlength="100" autocomplete="address-level2" hint="…" /&gt;`. With <see cref="Options"/> it is a
/// choice, for a bool a tick, with `rows` a text of several lines. Attributes that it does not know go to the input itself.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    public string Type { get; set; } = "text";

    /// <summary>Value and words of what can be chosen; the first may have an empty value: "please choose".</summary>
    public IEnumerable<(string Value, string Words)>? Options { get; set; }

    public int? Rows { get; set; }

    public bool Required { get; set; }

    public bool Autofocus { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var entry = ViewContext.ModelState[name];
        var error = entry is { Errors: [var first, ..] } ? first.ErrorMessage : null;
        var isTick = For.Metadata.UnderlyingOrModelType == typeof(bool);
        var input = isTick ? Tick() : Options is not null ? Choice(Value(entry)) : Rows is not null ? Text(Value(entry)) : Line(Value(entry));
        foreach (var attribute in output.Attributes)
        {
            input.MergeAttribute(attribute.Name, attribute.Value?.ToString());
        }

        Mark(input, "required", Required);
        Mark(input, "autofocus", Autofocus);
        input.MergeAttribute("id", id);
        input.MergeAttribute("name", name);
        string[] described = [.. Hint is null ? [] : new[] { id + "-hint" }, .. error is null ? [] : new[] { id + "-error" }];
        if (described.Length > 0)
        {
            input.MergeAttribute("aria-describedby", string.Join(' ', described));
        }

        if (error is not null)
        {
            input.AddCssClass("is-invalid");
            input.MergeAttribute("aria-invalid", "true");
        }

        Arrange(output, input, id, error, isTick);
    }

    private void Arrange(TagHelperOutput output, TagBuilder input, string id, string? error, bool isTick)
    {
        var label = new TagBuilder("label");
        label.AddCssClass(isTick ? "form-check-label" : "form-label");
        label.MergeAttribute("for", id);
        label.InnerHtml.Append(Label);
        if (Required && !isTick)
        {
            label.AddCssClass("required");
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", isTick ? "form-check mb-3" : "mb-3");
        output.Content.AppendHtml(isTick ? input : label).AppendHtml(isTick ? label : input);
        Small(output, "form-hint", id + "-hint", Hint);
        Small(output, "invalid-feedback", id + "-error", error);
        if (isTick)
        {
            // What is not ticked is not sent; this says "false" then.
            output.PostElement.AppendHtml($"<input type=\"hidden\" name=\"{input.Attributes["name"]}\" value=\"false\">");
        }
    }

    private static void Mark(TagBuilder input, string attribute, bool isSet)
    {
        if (isSet)
        {
            input.MergeAttribute(attribute, attribute);
        }
    }

    private static void Small(TagHelperOutput output, string cssClass, string id, string? words)
    {
        if (words is not null)
        {
            var small = new TagBuilder("div");
            small.AddCssClass(cssClass);
            small.MergeAttribute("id", id);
            small.InnerHtml.Append(words);
            output.Content.AppendHtml(small);
        }
    }

    private string Value(ModelStateEntry? entry) => entry?.AttemptedValue ?? For.Model?.ToString() ?? "";

    private TagBuilder Line(string value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("form-control");
        input.MergeAttribute("type", Type);
        if (Type != "password" && value.Length > 0)
        {
            input.MergeAttribute("value", value);
        }

        return input;
    }

    private TagBuilder Text(string value)
    {
        var text = new TagBuilder("textarea");
        text.AddCssClass("form-control");
        text.MergeAttribute("rows", $"{Rows}");
        text.InnerHtml.Append("\n" + value);
        return text;
    }

    private TagBuilder Choice(string value)
    {
        var select = new TagBuilder("select");
        select.AddCssClass("form-select");
        foreach (var (code, words) in Options!)
        {
            var option = new TagBuilder("option");
            option.MergeAttribute("value", code);
            if (code == value)
            {
                option.MergeAttribute("selected", "selected");
            }

            option.InnerHtml.Append(words);
            select.InnerHtml.AppendHtml(option);
        }

        return select;
    }

    private TagBuilder Tick()
    {
        var tick = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        tick.AddCssClass("form-check-input");
        tick.MergeAttribute("type", "checkbox");
        tick.MergeAttribute("value", "true");
        if (For.Model is true)
        {
            tick.MergeAttribute("checked", "checked");
        }

        return tick;
    }
}

/// <summary>What is wrong with a form as a whole, above its fields: `&lt;form-errors /&gt;`.</summary>
[HtmlTargetElement("form-errors", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormErrorsTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var errors = ViewContext.ModelState[""]?.Errors;
        if (errors is not { Count: > 0 })
        {
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "alert alert-danger");
        output.Attributes.SetAttribute("role", "alert");
        foreach (var error in errors)
        {
            var line = new TagBuilder("div");
            line.InnerHtml.Append(error.ErrorMessage);
            output.Content.AppendHtml(line);
        }
    }
}
