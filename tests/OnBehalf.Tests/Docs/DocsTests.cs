using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;
using OnBehalf.Modules.Import;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Docs;

/// <summary>The parts of docs/ that must stay true, held against the code.</summary>
public sealed partial class DocsTests
{
    private const int MostLines = 60;

    [Fact]
    public void Every_refusal_stands_in_the_list_with_its_status_and_its_sentence()
    {
        var refusals = ListedRefusal.All().ToList();
        Assert.True(refusals.Count > 60);
        Assert.All(refusals, refusal => Assert.Matches("^[a-z]+\\.[a-z…-]+$", refusal.Code));
        WrittenPage.Check("refusals", Table(["code", "status", "sentence"], refusals.Select(refusal => (string[])[$"`{refusal.Code}`", $"{refusal.Status}", refusal.Sentence])), "api", "refusals.md");
    }

    [Fact]
    public void Every_setting_stands_in_the_list_with_its_range_and_default()
    {
        var rows = ShopSettings.All.Select(setting => (string[])
        [
            $"`{setting.Name}`",
            setting.Kind == SettingKind.Choice ? string.Join(", ", setting.Choices.Select(choice => $"`{choice.Value}`"))
                : setting.Kind == SettingKind.Number ? string.Create(CultureInfo.InvariantCulture, $"{setting.Least:N0} to {setting.Most:N0}") : Accepts(setting.Kind),
            setting.Default.Length == 0 ? "none" : $"`{setting.Default}`",
            setting.Sentence,
        ]);
        WrittenPage.Check("settings", Table(["setting", "accepts", "default", "is"], rows), "operate", "configuration.md");
    }

    [Fact]
    public void Every_configuration_key_that_the_code_reads_is_explained_and_no_other()
    {
        var read =
            from file in SourceFile.All("src", "OnBehalf")
            from Match match in ConfigurationKey().Matches(file.Text)
            select match.Groups["section"].Success ? "ConnectionStrings:" + match.Groups["key"].Value : match.Groups["key"].Value;
        var explained =
            from Match match in ExplainedKey().Matches(File.ReadAllText(Repository.PathTo("docs", "operate", "configuration.md")))
            select match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal);
        string[] ofTheFramework = ["urls", "ASPNETCORE_URLS", "Kestrel:Endpoints"];
        Assert.Equal(read.Except(ofTheFramework).Distinct().Order(StringComparer.Ordinal), explained.Except(ofTheFramework).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_and_action_that_can_be_closed_stands_in_the_list()
    {
        var rows = ClosablePage.All.Select(page => (string[])[$"`{page.Name}`", page.Words, string.Join(", ", page.Aliases.Select(alias => $"`{alias}`"))]);
        WrittenPage.Check("closable", Table(["name", "is", "also called"], rows), "guide", "administrator.md");
    }

    [Fact]
    public async Task Every_module_has_a_short_page_that_names_its_tables_facts_and_settings()
    {
        await using var shop = await TestShop.Start();
        await using var db = shop.Services.GetRequiredService<Database>().Read();
        foreach (var module in Modules())
        {
            string[] page = ["modules", Words.Kebab(module) + ".md"];
            Assert.True(File.Exists(Repository.PathTo(["docs", .. page])), $"Write docs/{string.Join('/', page)}: what {module} owns, its verbs, how to extend it.");
            Assert.InRange(File.ReadLines(Repository.PathTo(["docs", .. page])).Count(), 5, MostLines);
            var tables = db.Model.GetEntityTypes().Where(type => IsOf(type.ClrType, module)).Select(type => type.GetTableName()!);
            var facts = Facts().Where(type => IsOf(type, module)).Select(Named);
            var settings = ShopSettingsReadIn(module);
            WrittenPage.Check("code", Line("Tables", tables) + Line("Facts", facts) + Line("Settings", settings), page);
        }
    }

    [Fact]
    public void Every_fact_stands_in_the_list_with_its_words_and_fields()
    {
        var rows = Facts().Select(type => (Name: Named(type), Type: type)).OrderBy(fact => fact.Name, StringComparer.Ordinal).Select(fact => (string[])
        [
            $"`{fact.Name}`",
            AuditWords.Of(fact.Name),
            string.Join(", ", fact.Type.GetProperties().Where(property => property.Name is not ("Name" or "EqualityContract") && !property.IsDefined(typeof(UntoldAttribute), inherit: false))
                .Select(property => property.PropertyType == typeof(string) ? $"*{Words.Kebab(property.Name)}*" : Words.Kebab(property.Name))),
        ]);
        WrittenPage.Check("facts", Table(["fact", "in words", "fields"], rows), "api", "facts.md");
    }

    [Fact]
    public void Every_column_of_a_package_stands_in_the_guide_to_the_import()
    {
        var files = PackageFormat.Files.Select(file => $"### {file.Csv}\n\n" + Table(
            ["column", "holds", "empty or absent"],
            file.Columns.Select(column => (string[])
            [
                $"`{column.Name}`" + (file.Key.Contains(column.Name) || file.Key.Contains(column.Name + "_normalized") ? " (key)" : ""),
                Holds(column),
                column.Default is { } otherwise ? $"`{otherwise}`" : column.Required ? "a fault" : "none",
            ])));
        WrittenPage.Check("package", string.Join('\n', files), "operate", "import.md");
    }

    [Fact]
    public void No_link_between_pages_is_dead()
    {
        var root = Repository.Root;
        var pages = Directory.EnumerateFiles(root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories));
        var dead =
            from page in pages
            from Match match in Link().Matches(File.ReadAllText(page))
            let target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, match.Groups["target"].Value))
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetRelativePath(root, page)}: {match.Groups["target"].Value}";
        Assert.Empty(dead);
    }

    private static IEnumerable<string> Modules() =>
        Directory.EnumerateDirectories(Repository.PathTo("src", "OnBehalf", "Modules"))
            .Concat(Directory.EnumerateDirectories(Repository.PathTo("src", "OnBehalf.Core")))
            .Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Concat(["Data", "Host", "Ui"]).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<Type> Facts() =>
        typeof(Fact).Assembly.GetTypes().Concat(typeof(AuditWords).Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract);

    // A fact's name is the same for all of its kind.
    private static string Named(Type type) => ((Fact)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Name;

    private static bool IsOf(Type type, string module) => type.Namespace == $"OnBehalf.Modules.{module}" || type.Namespace == $"OnBehalf.{module}";

    private static IEnumerable<string> ShopSettingsReadIn(string module)
    {
        var folder = Repository.PathTo("src", "OnBehalf", "Modules", module);
        var known = typeof(ShopSettings).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(Setting))
            .ToDictionary(field => field.Name, field => ((Setting)field.GetValue(null)!).Name);
        return module == "Settings" || !Directory.Exists(folder) ? [] :
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            from Match match in SettingRead().Matches(File.ReadAllText(file))
            where known.ContainsKey(match.Groups["name"].Value)
            select known[match.Groups["name"].Value];
    }

    private static string Line(string what, IEnumerable<string> names) =>
        names.Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } some ? $"- **{what}**: {string.Join(", ", some.Select(name => $"`{name}`"))}\n" : "";

    private static string Holds(Column column) => column.Kind switch
    {
        CellKind.Text => $"text, at most {column.Longest} characters",
        CellKind.LongText => string.Create(CultureInfo.InvariantCulture, $"text of several lines, at most {column.Longest:N0} characters"),
        CellKind.Word => string.Join(", ", column.Words.Select(word => $"`{word}`")),
        CellKind.Email or CellKind.EmailReference => "an e-mail address",
        CellKind.Country => "an ISO 3166 code such as `DE`",
        CellKind.Countries => "ISO 3166 codes with blanks between",
        CellKind.Currency => "an ISO 4217 code such as `EUR`",
        CellKind.Amount => "an amount with a dot and the decimals of its currency",
        CellKind.Quantity => "a quantity, at most three decimals",
        CellKind.Count => "a number from 0 on, at most three decimals",
        CellKind.Fraction => "a fraction: `0.19` is 19 %",
        CellKind.Percent => "percent: `5` is 5 %",
        CellKind.Grams => "grams",
        CellKind.Flag => "`true`, `false`",
        CellKind.TaxId => "a tax id; a VAT number of the European Union with its prefix, and with check digits that fit",
        _ => "a time of ISO 8601 in UTC: `2026-05-31T14:30:00Z`",
    };

    private static string Accepts(SettingKind kind) => kind switch
    {
        SettingKind.Switch => "`true`, `false`",
        SettingKind.Currency => "an ISO 4217 code",
        SettingKind.TimeZone => "a name of the time zone database",
        SettingKind.Words => "words with commas between, or nothing",
        SettingKind.Reasons => "words of letters, digits and blanks with commas between, or nothing",
        SettingKind.Address => "scheme and host, or nothing",
        _ => "one line, 1 to 200 characters",
    };

    private static string Table(string[] heads, IEnumerable<string[]> rows) =>
        $"{Row(heads)}|{string.Concat(heads.Select(_ => "---|"))}\n" + string.Concat(rows.Select(Row));

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";

    [GeneratedRegex("""(?i:configuration)(\.Get(Value(<\w+>)?|(?<section>ConnectionString)|Section)\(|\[)"(?<key>[A-Za-z_:]+)""")]
    private static partial Regex ConfigurationKey();

    [GeneratedRegex("""^\| `(?<key>[A-Z][A-Za-z_]+)` \|""", RegexOptions.Multiline)]
    private static partial Regex ExplainedKey();

    [GeneratedRegex("""\bShopSettings\.(?<name>[A-Z]\w+)""")]
    private static partial Regex SettingRead();

    [GeneratedRegex("""\]\((?<target>[^)#:]+)(#[^)]*)?\)""")]
    private static partial Regex Link();
}
