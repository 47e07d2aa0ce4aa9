using System.Globalization;
using System.Text;
using System.Text.Json;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>Writes the entries of some days out of a mirror, a line each with the number of its leaf; only of a log that was proved.</summary>
/// <param name="to">The last day, which is in it.</param>
internal sealed class EntryList(string folder, DateOnly from, DateOnly to)
{
    private readonly TileFolder _files = new(folder);

    /// <returns>How many.</returns>
    public async Task<long> Write(long size, Stream target, CancellationToken cancel)
    {
        var count = 0L;
        foreach (var tile in TileCoordinate.All(size).Where(tile => tile.IsEntries))
        {
            // The first ones may not be kept any more: the verdict has said so.
            var entries = await _files.Read(tile, cancel) is { } bytes ? EntryBundle.Read(bytes) ?? [] : [];
            for (var i = 0; i < Math.Min(entries.Count, tile.Width); i++)
            {
                if (IsWanted(entries[i]))
                {
                    await target.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"leaf\":{tile.FirstLeaf + i},\"entry\":")), cancel);
                    await target.WriteAsync(entries[i], cancel);
                    await target.WriteAsync("}\n"u8.ToArray(), cancel);
                    count++;
                }
            }
        }

        return count;
    }

    private bool IsWanted(byte[] entry)
    {
        using var json = JsonDocument.Parse(entry);
        return DateOnly.FromDateTime(json.RootElement.GetProperty("at").GetDateTime()) is var day && day >= from && day <= to;
    }
}
