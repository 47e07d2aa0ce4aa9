namespace OnBehalf.Tests.Orders;

/// <summary>A file of orders, read by the names of its columns: where others stand is nothing to a test.</summary>
internal static class OrderFile
{
    /// <summary>A cell of the only order in it, of which no cell holds a comma.</summary>
    public static string Cell(string file, string column)
    {
        var lines = file.TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        return lines[1].Split(',')[Array.IndexOf(lines[0].Split(','), column)];
    }
}
