using System.Security;
using System.Text;

namespace OnBehalf.Modules.Demo.Drawings;

/// <summary>Draws a product: what it looks like, in one colour and one shape (a count or a size, as the drawing understands it).</summary>
internal delegate void Drawing(Sketch on, Tint tint, int shape);

/// <summary>A sheet of 400 × 400 that becomes an SVG file: flat shapes only, no script, no style, nothing from elsewhere.</summary>
internal sealed class Sketch
{
    private readonly StringBuilder _svg = new();

    public Sketch(string title, Tint backdrop)
    {
        _svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\" role=\"img\">\n");
        _svg.Append("<title>").Append(SecurityElement.Escape(title)).Append("</title>\n");
        Rect(0, 0, 400, 400, backdrop.Lighter(93));
        Circle(200, 200, 168, backdrop.Lighter(84));
    }

    public string Svg => _svg + "</svg>\n";

    /// <summary>The soft shadow that sets a thing on the ground.</summary>
    public void Ground(int x, int y, int halfWidth) =>
        Append($"<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{halfWidth}\" ry=\"10\" fill=\"#10141a\" opacity=\"0.12\"/>");

    public void Rect(int x, int y, int width, int height, Tint fill, int round = 0) =>
        Append($"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{fill}\"/>");

    public void Circle(int x, int y, int radius, Tint fill) => Append($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>");

    public void Ellipse(int x, int y, int halfWidth, int halfHeight, Tint fill) =>
        Append($"<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{halfWidth}\" ry=\"{halfHeight}\" fill=\"{fill}\"/>");

    public void Ring(int x, int y, int radius, int width, Tint colour) =>
        Append($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>");

    public void Fill(FormattableString path, Tint fill) => Append($"<path d=\"{FormattableString.Invariant(path)}\" fill=\"{fill}\"/>");

    public void Line(FormattableString path, Tint colour, int width, string ends = "round")
    {
        Append($"<path d=\"{FormattableString.Invariant(path)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"");
        Append($"stroke-linecap=\"{ends}\" stroke-linejoin=\"round\"/>");
    }

    public void Gleam(FormattableString path, int percent) =>
        Append($"<path d=\"{FormattableString.Invariant(path)}\" fill=\"#ffffff\" opacity=\"0.{percent:00}\"/>");

    public void Text(int x, int y, int size, Tint fill, string text)
    {
        Append($"<text x=\"{x}\" y=\"{y}\" font-family=\"Helvetica,Arial,sans-serif\" font-weight=\"700\" font-size=\"{size}\"");
        Append($"text-anchor=\"middle\" fill=\"{fill}\">{SecurityElement.Escape(text)}</text>");
    }

    public void Turned(int degrees, int x, int y, Action draw) => Inside($"rotate({degrees} {x} {y})", draw);

    public void Moved(int x, int y, Action draw) => Inside($"translate({x} {y})", draw);

    /// <summary>Left and right exchanged.</summary>
    public void Mirrored(Action draw) => Inside($"translate(400 0) scale(-1 1)", draw);

    private void Inside(FormattableString transform, Action draw)
    {
        Append($"<g transform=\"{FormattableString.Invariant(transform)}\">");
        draw();
        Append($"</g>");
    }

    /// <summary>An element, or part of one: a new line between attributes is as good as a blank.</summary>
    private void Append(FormattableString text) => _svg.Append(FormattableString.Invariant(text)).Append('\n');
}
