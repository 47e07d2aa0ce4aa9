using System.Xml;

namespace OnBehalf.Modules.Import;

/// <summary>
/// SVG is a document that can run scripts and call other places. Only drawings pass: elements and attributes of a list, references within the file, and
/// nothing that a browser would fetch or execute. Source of the names: SVG 1.1 (second edition) and SVG 2.
/// </summary>
internal static class SvgCheck
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter", "feBlend", "feColorMatrix", "feComposite", "feFlood",
        "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "feDropShadow", "feTurbulence",
    };

    /// <summary>Why it cannot be used; null when it is a harmless drawing.</summary>
    public static string? Refuse(byte[] bytes)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 * 1024 * 1024 };
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(bytes), settings);
            var isRoot = true;
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.ProcessingInstruction)
                {
                    return "An SVG with a processing instruction.";
                }

                if (xml.NodeType == XmlNodeType.Element)
                {
                    if (Element(xml, isRoot) is { } reason)
                    {
                        return reason;
                    }

                    isRoot = false;
                }
            }

            return null;
        }
        catch (XmlException)
        {
            return "Not a well-formed SVG without a document type.";
        }
    }

    private static string? Element(XmlReader xml, bool isRoot)
    {
        if (isRoot && (xml.LocalName != "svg" || xml.NamespaceURI != SvgNamespace))
        {
            return "Not an SVG.";
        }

        // What an editor notes about itself in a namespace of its own is never drawn.
        var name = xml.Name;
        if (xml.NamespaceURI == SvgNamespace && !Elements.Contains(xml.LocalName))
        {
            return $"An SVG with the element {name}, which may run a script or call another place.";
        }

        if (xml.NamespaceURI is "http://www.w3.org/1999/xhtml" or "http://www.w3.org/1998/Math/MathML")
        {
            return $"An SVG with the foreign element {name}.";
        }

        while (xml.MoveToNextAttribute())
        {
            if (IsHarmful(xml.LocalName, xml.Value))
            {
                return $"An SVG with the attribute {xml.Name} at {name}, which may run a script or call another place.";
            }
        }

        return null;
    }

    private static bool IsHarmful(string attribute, string value) =>
        attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase)
        || (attribute is "href" or "src" or "base" && !value.TrimStart().StartsWith('#'))
        || value.Contains("javascript:", StringComparison.OrdinalIgnoreCase)
        || value.Contains("@import", StringComparison.OrdinalIgnoreCase)
        || CallsOut(value);

    // `url(#here)` is within the file; any other url, and any escape that could hide one, is not.
    private static bool CallsOut(string value)
    {
        for (var at = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase); at >= 0; at = value.IndexOf("url(", at + 4, StringComparison.OrdinalIgnoreCase))
        {
            if (!value.AsSpan(at + 4).TrimStart(" \t\r\n'\"").StartsWith("#"))
            {
                return true;
            }
        }

        return value.Contains('\\');
    }
}
