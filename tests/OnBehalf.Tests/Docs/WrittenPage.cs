using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Docs;

/// <summary>
/// A page of docs/ of which a part is told by the code. With ONBEHALF_WRITE_DOCS=1 that part is written anew: read the difference as a reviewer, and commit
/// it with the change.
/// </summary>
internal static class WrittenPage
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("ONBEHALF_WRITE_DOCS") == "1";

    /// <summary>Holds the lines between `&lt;!-- name --&gt;` and `&lt;!-- /name --&gt;` against what they should be.</summary>
    public static void Check(string part, string expected, params string[] path)
    {
        var file = Repository.PathTo(["docs", .. path]);
        var page = File.ReadAllText(file);
        var (open, close) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var (from, to) = (page.IndexOf(open, StringComparison.Ordinal) + open.Length, page.IndexOf(close, StringComparison.Ordinal));
        Assert.True(from >= open.Length && to >= from, $"{file} has no lines {open.Trim()} and {close}.");
        if (Writes && page[from..to] != expected)
        {
            File.WriteAllText(file, page[..from] + expected + page[to..]);
        }
        else if (page[from..to] != expected)
        {
            Assert.Fail($"{string.Join('/', path)} is not what the code says. Write it with ONBEHALF_WRITE_DOCS=1 and -class \"*.DocsTests\". Expected:\n{expected}");
        }
    }
}
