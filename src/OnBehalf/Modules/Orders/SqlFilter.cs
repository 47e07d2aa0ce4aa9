using System.Globalization;
using System.Text;

namespace OnBehalf.Modules.Orders;

/// <summary>Conditions of a list that are joined by "and", with their values numbered through: the text depends on which filters there are, never on what was typed.</summary>
internal sealed class SqlFilter
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    public object?[] Values => [.. _values];

    /// <param name="condition">With one `?` for each value.</param>
    /// <param name="values">In the order of their places.</param>
    public SqlFilter And(string condition, params ReadOnlySpan<object?> values)
    {
        _text.Append(_text.Length == 0 ? "(" : " and (");
        var next = 0;
        foreach (var c in condition)
        {
            if (c == '?')
            {
                _text.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
                _values.Add(values[next++]);
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append(')');
        return this;
    }

    public override string ToString() => _text.Length == 0 ? "1 = 1" : _text.ToString();

    /// <summary>A pattern for `like … escape '!'` that finds the text anywhere; signs with a meaning lose it.</summary>
    public static string Anywhere(string text) =>
        $"%{text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
