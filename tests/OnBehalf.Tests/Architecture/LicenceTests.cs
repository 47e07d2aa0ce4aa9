using System.Text.Json;
using System.Xml.Linq;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Architecture;

/// <summary>Every package that we build with, direct or not, may be used and passed on under a licence on this short list.</summary>
public sealed class LicenceTests
{
    private static readonly HashSet<string> Accepted = new(StringComparer.OrdinalIgnoreCase)
    {
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PostgreSQL", "MS-PL",
        "BSD-0-Clause", // how htmx spells 0BSD
    };

    // axe-core and its binding check accessibility in our tests. We do not change them, and nothing of them is in what we ship.
    private static readonly HashSet<string> AcceptedInTestsUnderMpl = ["Deque.AxeCore.Commons", "axe-core"];

    [Theory]
    [InlineData("src", "OnBehalf.Core")]
    [InlineData("src", "OnBehalf")]
    [InlineData("src", "OnBehalf.Transparency")]
    [InlineData("src", "OnBehalf.Verify")]
    public void A_project_that_we_ship_uses_only_packages_with_an_accepted_licence(string folder, string project) =>
        Assert.Empty(Packages(folder, project).Where(package => !IsAccepted(package.Licence)));

    [Theory]
    [InlineData("tests", "OnBehalf.Core.Tests")]
    [InlineData("tests", "OnBehalf.PayProvider")]
    [InlineData("tests", "OnBehalf.Tests")]
    [InlineData("tests", "OnBehalf.Transparency.Tests")]
    [InlineData("bench", "OnBehalf.Bench")]
    public void So_does_a_project_that_tests_or_measures_apart_from_the_accessibility_checker(string folder, string project) =>
        Assert.Empty(Packages(folder, project).Where(package => !IsAccepted(package.Licence) && !IsTestException(package)));

    [Fact]
    public void No_project_is_forgotten_here()
    {
        var listed = from test in typeof(LicenceTests).GetMethods()
                     from row in test.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
                     where row.Data[0] is "src" or "tests" or "bench"
                     select (string)row.Data[1]!;
        var built = from folder in new[] { "src", "tests", "bench" }
                    from file in Directory.EnumerateFiles(Repository.PathTo(folder), "*.csproj", SearchOption.AllDirectories)
                    select Path.GetFileNameWithoutExtension(file);

        Assert.Equal(built.Order(), listed.Order());
    }

    [Fact]
    public void What_the_browser_gets_has_an_accepted_licence()
    {
        var packages = NpmPackages();

        Assert.Contains(packages, package => package.Name == "htmx.org");
        Assert.Empty(packages.Where(package => !IsAccepted(package.Licence) && !(package.OnlyForTests && IsTestException(package))));
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("MS-PL OR Apache-2.0", true)]
    [InlineData("(GPL-2.0-only OR MIT)", true)]
    [InlineData("MIT AND BSD-3-Clause", true)]
    [InlineData("MIT AND GPL-2.0-only", false)]
    [InlineData("AGPL-3.0-or-later", false)]
    [InlineData("MPL-2.0", false)]
    [InlineData("", false)]
    public void A_licence_is_accepted_if_one_way_to_take_it_is(string expression, bool accepted) =>
        Assert.Equal(accepted, IsAccepted(expression));

    private static bool IsAccepted(string expression) =>
        expression.Trim('(', ')').Split(" OR ").Any(way => way.Split(" AND ").All(licence => Accepted.Contains(licence.Trim())));

    private static bool IsTestException(Package package) => AcceptedInTestsUnderMpl.Contains(package.Name) && package.Licence == "MPL-2.0";

    private static List<Package> Packages(string folder, string project)
    {
        var path = Repository.PathTo(folder, project, "obj", "project.assets.json");
        Assert.True(File.Exists(path), $"{path} is missing: run dotnet restore OnBehalf.slnx.");
        using var assets = JsonDocument.Parse(File.ReadAllText(path));
        var caches = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(cache => cache.Name).ToList();
        var packages = from library in assets.RootElement.GetProperty("libraries").EnumerateObject()
                       where library.Value.GetProperty("type").GetString() == "package"
                       let at = caches.Select(cache => Path.Combine(cache, library.Value.GetProperty("path").GetString()!)).First(Directory.Exists)
                       select new Package(library.Name.Split('/')[0], NuGetLicence(at), OnlyForTests: folder != "src");
        return [.. packages];
    }

    private static string NuGetLicence(string package)
    {
        var nuspec = XDocument.Load(Directory.GetFiles(package, "*.nuspec").Single());
        var licence = nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence switch
        {
            null => "none stated",
            _ when (string?)licence.Attribute("type") == "expression" => licence.Value,
            _ => FromText(File.ReadAllText(Path.Combine(package, licence.Value))),
        };
    }

    // SourceGear.sqlite3, the native SQLite, comes with a file instead of an identifier: SQLite is in the public domain, which
    // asks for even less than the shortest licence on the list.
    private static string FromText(string text) =>
        text.TrimStart().StartsWith("SQLite is Public Domain", StringComparison.Ordinal) ? "0BSD" : $"a text: {text[..Math.Min(60, text.Length)]}";

    private static List<Package> NpmPackages()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("package-lock.json")));
        var packages = from entry in locked.RootElement.GetProperty("packages").EnumerateObject()
                       where entry.Name.Length > 0
                       let onlyForTests = entry.Value.TryGetProperty("dev", out var dev) && dev.GetBoolean()
                       select new Package(entry.Name["node_modules/".Length..], NpmLicence(entry.Name), onlyForTests);
        return [.. packages];
    }

    private static string NpmLicence(string folder)
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Repository.PathTo(folder, "package.json")));
        return package.RootElement.TryGetProperty("license", out var licence) ? licence.GetString()! : "none stated";
    }

    private sealed record Package(string Name, string Licence, bool OnlyForTests);
}
