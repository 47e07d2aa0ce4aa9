using System.Reflection;
using System.Text;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Docs;

/// <summary>One kind of "no", as docs/api/refusals.md tells it. What is filled in when it is said is `…` here.</summary>
public sealed record ListedRefusal(string Code, int Status, string Sentence)
{
    /// <summary>Every refusal that the source can say: those written as `Refusal.Kind(code, sentence)`, and the rules of the policy that deny.</summary>
    public static IEnumerable<ListedRefusal> All() =>
        Source().Concat(Rules()).Distinct().OrderBy(refusal => refusal.Code, StringComparer.Ordinal).ThenBy(refusal => refusal.Sentence, StringComparer.Ordinal);

    private static IEnumerable<ListedRefusal> Source() =>
        from file in SourceFile.All("src")
        from kind in Enum.GetValues<RefusalKind>()
        from arguments in file.CallsOf($"Refusal.{kind}(")
        where arguments.Count >= 2 && !arguments[0].StartsWith("string ", StringComparison.Ordinal)
        from code in CSharpText.Literals(arguments[0])
        select new ListedRefusal(code, Refusals.StatusOf(new Refusal(kind, "", "")), Said(arguments[1]));

    // The words of a rule hold places in braces, as interpolated strings do.
    private static IEnumerable<ListedRefusal> Rules() =>
        from type in typeof(Refusal).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType.Name == "AssistanceRule"
        let rule = field.GetValue(null)!
        where !(bool)Of(rule, "Allows")!
        select new ListedRefusal((string)Of(rule, "Code")!, 403, CSharpText.WithoutHoles($"You cannot act for {{name}}: {Of(rule, "Why")}. {Of(rule, "Remedy")}"));

    private static object? Of(object rule, string property) => rule.GetType().GetProperty(property)!.GetValue(rule);

    private static string Said(string argument) => string.Concat(CSharpText.Literals(argument)) is { Length: > 0 } words ? words : "…";
}

/// <summary>A file of the source, and the calls in it.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public static IEnumerable<SourceFile> All(params string[] folder)
    {
        var root = Repository.PathTo(folder);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: System.IO.Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            .Where(file => !file.Path.Split('/').Intersect(["obj", "bin"]).Any())
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => new SourceFile(file.Path, File.ReadAllText(file.File)));
    }

    /// <summary>The arguments of each call that begins with these letters, as text.</summary>
    public IEnumerable<IReadOnlyList<string>> CallsOf(string call)
    {
        for (var at = Text.IndexOf(call, StringComparison.Ordinal); at >= 0; at = Text.IndexOf(call, at + 1, StringComparison.Ordinal))
        {
            yield return CSharpText.Arguments(Text, at + call.Length);
        }
    }
}

/// <summary>As much of the C# language as it takes to find arguments and their literals. Verbatim and raw strings are not used where we look.</summary>
internal static class CSharpText
{
    /// <summary>Splits at the commas of the call whose bracket opens just before <paramref name="from"/>.</summary>
    public static IReadOnlyList<string> Arguments(string text, int from)
    {
        var found = new List<string>();
        var depth = 0;
        var start = from;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                i = EndOfLiteral(text, i);
            }
            else if (text[i] == '\'')
            {
                i = text.IndexOf('\'', text[i + 1] == '\\' ? i + 3 : i + 2);
            }
            else if (text[i] is ',' or ')' && depth == 0)
            {
                found.Add(text[start..i].Trim());
                if (text[i] == ')')
                {
                    return found;
                }

                start = i + 1;
            }
            else if (text[i] is '(' or '[' or '{')
            {
                depth++;
            }
            else if (text[i] is ')' or ']' or '}')
            {
                depth--;
            }
        }

        throw new InvalidOperationException($"No end of the call at {from}.");
    }

    /// <summary>The string literals of an expression; places of interpolated ones are `…`.</summary>
    public static IEnumerable<string> Literals(string expression)
    {
        for (var i = 0; i < expression.Length; i++)
        {
            if (expression[i] == '"')
            {
                var end = EndOfLiteral(expression, i);
                var words = expression[(i + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal);
                yield return i > 0 && expression[i - 1] == '$' ? WithoutHoles(words) : words;
                i = end;
            }
        }
    }

    public static string WithoutHoles(string words)
    {
        var text = new StringBuilder();
        var depth = 0;
        foreach (var c in words)
        {
            depth += c == '{' ? 1 : 0;
            text.Append(depth == 0 ? c : c == '{' && depth == 1 ? '…' : null);
            depth -= c == '}' ? 1 : 0;
        }

        return text.ToString();
    }

    private static int EndOfLiteral(string text, int open)
    {
        var isInterpolated = open > 0 && text[open - 1] == '$';
        for (var i = open + 1; ; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
            else if (isInterpolated && text[i] == '{')
            {
                i = EndOfHole(text, i);
            }
        }
    }

    private static int EndOfHole(string text, int open)
    {
        var depth = 0;
        for (var i = open; ; i++)
        {
            if (text[i] == '"')
            {
                i = EndOfLiteral(text, i);
            }

            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }
    }
}
