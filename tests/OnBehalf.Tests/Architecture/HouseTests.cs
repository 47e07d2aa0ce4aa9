using System.Text.RegularExpressions;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Architecture;

/// <summary>The table "who may use whom" of docs/architecture.md, held against the source. A breach names the file and the word.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] CoreOrder = ["Kernel", "Identity", "Companies", "Catalog", "Pricing", "Assistance", "Carts", "Deals", "Orders", "Offers", "Commissions"];

    /// <summary>What writes without the doors, by name and with the reason.</summary>
    private static readonly Dictionary<string, string> Writers = new(StringComparer.Ordinal)
    {
        ["Data/Database.cs"] = "the doors themselves",
        ["Data/ShopDb.cs"] = "keeps decisions from saving by themselves",
        ["Data/Tx.cs"] = "saves what the door has decided",
        ["Data/KeepingConnection.cs"] = "hands on the commands of EF, which the doors let through",
        ["Data/Views.cs"] = "pages that somebody looks at in a session: an event of the log and nothing else",
        ["Data/SqliteStatements.cs"] = "forbids the connections that read to write",
        ["Data/Migrator.cs"] = "makes the schema",
        ["Data/Presence.cs"] = "last-seen times, no authority and nothing to audit",
        ["Data/WorkConnection.cs"] = "SQL for the import, the backup and the sequencer of the log, which have their own transaction",
        ["Data/BulkWriter.cs"] = "many rows at once for the same two",
        ["Data/KeyRing.cs"] = "keys of data protection, called by the framework without a caller",
        ["Modules/Mail/OutboxWorker.cs"] = "marks mails as sent; the mail itself came through the door",
    };

    /// <summary>Modules that write rows of others: whole packages and whole databases are their business.</summary>
    private static readonly string[] Carriers = ["Import", "Backup"];

    [Fact]
    public void The_core_refers_to_no_package()
    {
        Assert.DoesNotContain("PackageReference", File.ReadAllText(Repository.PathTo("src", "OnBehalf.Core", "OnBehalf.Core.csproj")));
        Assert.DoesNotContain("FrameworkReference", File.ReadAllText(Repository.PathTo("src", "OnBehalf.Core", "OnBehalf.Core.csproj")));
    }

    [Fact]
    public void What_checks_the_log_refers_to_nothing_of_ours_so_that_it_can_be_read_and_run_by_itself()
    {
        var library = File.ReadAllText(Repository.PathTo("src", "OnBehalf.Transparency", "OnBehalf.Transparency.csproj"));
        Assert.DoesNotContain("Reference", library);
        var program = File.ReadAllText(Repository.PathTo("src", "OnBehalf.Verify", "OnBehalf.Verify.csproj"));
        Assert.Equal(["OnBehalf.Transparency"], ReferredProject().Matches(program).Select(match => match.Groups["name"].Value));
        var used = from file in Sources("src/OnBehalf.Transparency") from Match match in UsedModule().Matches(file.Text) select match.Groups["module"].Value;
        Assert.Equal(["Transparency"], used.Distinct());
    }

    [Fact]
    public void A_core_module_uses_only_what_stands_left_of_it()
    {
        var breaches =
            from file in Sources("src/OnBehalf.Core")
            let module = file.Path.Split('/')[0]
            from Match match in UsedModule().Matches(file.Text)
            let used = match.Groups["module"].Value
            where CoreOrder.Contains(used) && used != module && Array.IndexOf(CoreOrder, used) > Array.IndexOf(CoreOrder, module)
            select $"{file.Path} uses {used}";
        Assert.Empty(breaches);
        Assert.Empty(Sources("src/OnBehalf.Core").Select(file => file.Path.Split('/')[0]).Distinct().Except(CoreOrder));
    }

    [Fact]
    public void Rows_of_a_module_are_changed_by_it_alone_and_read_elsewhere_only_by_queries()
    {
        var sources = Sources("src/OnBehalf/Modules").ToList();
        var owners = (
            from file in sources
            where file.Path.EndsWith("Tables.cs", StringComparison.Ordinal)
            from Match match in RowClass().Matches(file.Text)
            select (Row: match.Groups["row"].Value, Module: file.Path.Split('/')[0])).ToDictionary(pair => pair.Row, pair => pair.Module);
        Assert.True(owners.Count > 20);
        var breaches =
            from file in sources
            let module = file.Path.Split('/')[0]
            where !Carriers.Contains(module)
            from Match match in RowName().Matches(file.Text)
            let row = match.Groups["row"].Value
            where owners.TryGetValue(row, out var owner) && owner != module
            where !file.Path.EndsWith("Queries.cs", StringComparison.Ordinal) || match.Groups["made"].Success
            select $"{file.Path} uses {row} of {owners[row]}";
        Assert.Empty(breaches.Distinct());
    }

    [Fact]
    public void Nothing_writes_but_through_the_doors()
    {
        var breaches =
            from file in Sources("src/OnBehalf")
            where !Writers.ContainsKey(file.Path) && !Carriers.Any(carrier => file.Path.StartsWith($"Modules/{carrier}/", StringComparison.Ordinal))
            from Match match in Write().Matches(file.Text)
            select $"{file.Path}: {match.Value}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Rows_that_carry_the_event_of_a_session_are_changed_by_tracking_alone_and_by_the_import()
    {
        var breaches =
            from file in Sources("src/OnBehalf")
            where !Carriers.Any(carrier => file.Path.StartsWith($"Modules/{carrier}/", StringComparison.Ordinal))
            // An erasure takes words away, whoever brought them; so does retention.
            where !file.Path.EndsWith("Erasing.cs", StringComparison.Ordinal) && !file.Path.EndsWith("Aging.cs", StringComparison.Ordinal)
            from Match match in DelegatedWrite().Matches(file.Text)
            select $"{file.Path}: {match.Value}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Data_and_Ui_know_no_module()
    {
        Assert.Empty(Sources("src/OnBehalf/Data").Where(file => file.Text.Contains("OnBehalf.Modules") || file.Text.Contains("OnBehalf.Ui") || file.Text.Contains("OnBehalf.Host")).Select(file => file.Path));
        Assert.Empty(Sources("src/OnBehalf/Ui").Where(file => file.Text.Contains("OnBehalf.Modules") || file.Text.Contains("OnBehalf.Data")).Select(file => file.Path));
    }

    [Fact]
    public void Pages_of_one_module_are_not_used_by_another()
    {
        var sources = Sources("src/OnBehalf/Modules").ToList();
        var pages = sources.Where(file => file.Path.EndsWith("Page.cshtml.cs", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileName(file.Path).Replace(".cshtml.cs", ""), file => file.Path.Split('/')[0]);
        var breaches =
            from file in sources
            from page in pages
            where page.Value != file.Path.Split('/')[0] && Regex.IsMatch(file.Text, $@"\b{page.Key}\b")
            select $"{file.Path} uses {page.Key} of {page.Value}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void No_room_is_called_after_what_everything_is()
    {
        string[] names = ["Services", "Helpers", "Managers", "Common", "Utils", "Dtos", "Interfaces"];
        var folders = Directory.EnumerateDirectories(Repository.PathTo("src"), "*", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.Empty(folders.Intersect(names));
    }

    private static IEnumerable<(string Path, string Text)> Sources(string folder)
    {
        var root = Repository.PathTo(folder.Split('/'));
        return Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => (file.Path, File.ReadAllText(file.File)));
    }

    [GeneratedRegex(@"\bOnBehalf\.(?<module>[A-Z][A-Za-z]+)")]
    private static partial Regex UsedModule();

    [GeneratedRegex(@"ProjectReference Include=""[^""]*/(?<name>[A-Za-z.]+)\.csproj""")]
    private static partial Regex ReferredProject();

    [GeneratedRegex(@"class (?<row>[A-Z][A-Za-z]+Row)\b")]
    private static partial Regex RowClass();

    [GeneratedRegex(@"(?<made>new )?\b(?<row>[A-Z][A-Za-z]+Row)\b")]
    private static partial Regex RowName();

    [GeneratedRegex(@"\b(insert into|update|delete from|copy) (company|buyer|membership|address|cart|orders)\b(?= as\b|\s*\(| set\b| where\b)", RegexOptions.IgnoreCase)]
    private static partial Regex DelegatedWrite();

    [GeneratedRegex(@"\b(SaveChanges(Async)?|ExecuteUpdate(Async)?|ExecuteDelete(Async)?|ExecuteSql\w*|ExecuteNonQuery(Async)?)\b")]
    private static partial Regex Write();
}
