namespace OnBehalf.Carts;

/// <summary>A line of a list as somebody pasted it: which article, and how many.</summary>
/// <param name="Number">Of the line in the text, from 1; empty lines count.</param>
/// <param name="Text">As it was pasted.</param>
/// <param name="Quantity">As it was typed; one piece where the line holds nothing but a number of an article.</param>
/// <param name="Price">The third cell of a line that has cells; null: none, or an empty one.</param>
public sealed record PastedLine(int Number, string Text, string Sku, string Quantity, string? Price = null);

/// <summary>
/// Reads a list of article numbers and quantities out of whatever people have: cells copied from a spreadsheet (tabs), a CSV file (semicolons or commas, with quotes), or lines
/// of a mail ("P-100 5"). The first two columns count, and for who agrees prices the third; a first line that names columns is none of it.
/// </summary>
public static class PastedLines
{
    /// <summary>A list may have so many lines, those without an article counted.</summary>
    public const int Most = 1_000;

    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        "quantity", "qty", "pieces", "pcs", "amount", "count", "menge", "anzahl", "stück", "stk", "quantité", "quantite",
    };

    public static IReadOnlyList<PastedLine> Read(string? text)
    {
        var lines = new List<PastedLine>();
        var (number, isFirst) = (0, true);
        foreach (var row in (text ?? "").TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = row.Trim('\r');
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (sku, quantity, price) = Columns(line);
            var isHeading = isFirst && Headings.Contains(quantity.TrimEnd('.'));
            isFirst = false;

            // A row of a spreadsheet may be empty but for its separators.
            if (!isHeading && (sku.Length > 0 || quantity.Length > 0))
            {
                lines.Add(new PastedLine(number, line.Trim(), sku, quantity, price.Length == 0 ? null : price));
            }
        }

        return lines;
    }

    private static (string Sku, string Quantity, string Price) Columns(string line)
    {
        foreach (var separator in (ReadOnlySpan<char>)['\t', ';', ','])
        {
            if (line.Contains(separator, StringComparison.Ordinal))
            {
                var cells = Cells(line, separator);
                return (cells[0], cells[1], cells[2]);
            }
        }

        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 1 ? (Bare(words[0]), "1", "") : (Bare(string.Join(' ', words[..^1])), words[^1], "");
    }

    // The first three cells, of quoted ones what stands between the quotes.
    private static string[] Cells(string line, char separator)
    {
        var cells = new[] { "", "", "" };
        var at = 0;
        for (var cell = 0; cell < cells.Length && at <= line.Length; cell++)
        {
            var start = at;
            while (start < line.Length && line[start] == ' ')
            {
                start++;
            }

            if (start < line.Length && line[start] == '"')
            {
                var value = new System.Text.StringBuilder();
                for (at = start + 1; at < line.Length; at++)
                {
                    if (line[at] != '"')
                    {
                        value.Append(line[at]);
                    }
                    else if (at + 1 < line.Length && line[at + 1] == '"')
                    {
                        value.Append('"');
                        at++;
                    }
                    else
                    {
                        break;
                    }
                }

                cells[cell] = value.ToString().Trim();
                var next = at >= line.Length ? -1 : line.IndexOf(separator, at);
                at = next < 0 ? line.Length + 1 : next + 1;
            }
            else
            {
                var end = line.IndexOf(separator, at);
                cells[cell] = (end < 0 ? line[at..] : line[at..end]).Trim();
                at = end < 0 ? line.Length + 1 : end + 1;
            }
        }

        return cells;
    }

    private static string Bare(string word) => word.Trim('"');
}
