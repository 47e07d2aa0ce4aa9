using CsvHelper;

namespace OnBehalf.Tests.Demo;

/// <summary>A store data package in a folder of its own, read as a stranger would: by column names, strictly.</summary>
internal sealed class Package : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("onbehalf-package-").FullName;

    public IReadOnlyList<IReadOnlyDictionary<string, string>> this[string file]
    {
        get
        {
            using var csv = CsvReader.FromFile(Path.Combine(Folder, file + ".csv"));
            csv.ReadHeader();
            var columns = csv.Headers!.ToList();
            var rows = new List<IReadOnlyDictionary<string, string>>();
            while (csv.Read())
            {
                Assert.Equal(columns.Count, csv.FieldCount);
                rows.Add(columns.Select((column, i) => (column, Value: csv.GetString(i))).ToDictionary(pair => pair.column, pair => pair.Value, StringComparer.Ordinal));
            }

            return rows;
        }
    }

    /// <summary>The values of a column that is a key: no empty ones and none twice.</summary>
    public HashSet<string> Keys(string file, string column)
    {
        var values = this[file].Select(row => row[column]).ToList();
        Assert.All(values, value => Assert.NotEqual("", value));
        Assert.Equal(values.Count, values.Distinct(StringComparer.Ordinal).Count());
        return [.. values];
    }

    /// <summary>Fails unless every value that is there names something.</summary>
    public void AssertRefers(string file, string column, HashSet<string> known) => Assert.All(
        this[file].Select(row => row[column]).Where(value => value != "").Distinct(StringComparer.Ordinal),
        value => Assert.Contains(value, known));

    public Dictionary<string, byte[]> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file), File.ReadAllBytes, StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
