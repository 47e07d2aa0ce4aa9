using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>
/// One person's browser window. Every page that it shows is looked at: nothing in the console, axe finds nothing, nothing wider than the window, and in a
/// session the bar with both names. A picture of each is left under artifacts/screenshots for human eyes.
/// </summary>
public sealed partial class Window : IAsyncDisposable
{
    // Run in the page itself: the package's own runner opens a second page for each result, which takes ten times as long.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly string _story;
    private readonly List<string> _complaints = [];
    private int _pictures;

    private Window(IBrowserContext context, IPage page, string story, int width) => (_context, Page, _story, Width) = (context, page, story, width);

    public IPage Page { get; }

    public int Width { get; }

    /// <summary>What a hand had to press so far.</summary>
    public int Clicks { get; private set; }

    /// <summary>Both people of the session that is expected on the next pages; null outside.</summary>
    public (string Operator, string Buyer)? Session { get; set; }

    public static async Task<Window> Open(TestShop shop, string story, int width, bool script = true, ColorScheme scheme = ColorScheme.Light, string? host = null)
    {
        var browser = await Chromium.Shared();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = host is null ? shop.Address : shop.Address.Replace("127.0.0.1", host, StringComparison.Ordinal), ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 860 }, JavaScriptEnabled = script, ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        var window = new Window(context, await context.NewPageAsync(), story, width);
        window.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                window._complaints.Add(message.Text);
            }
        };
        window.Page.PageError += (_, error) => window._complaints.Add(error);
        return window;
    }

    /// <summary>Signs a character in without the form, for tests that are about something else.</summary>
    public async Task Enter(Visitor visitor)
    {
        await _context.AddCookiesAsync(visitor.Cookies.Select(cookie => new Cookie
        {
            Name = cookie.Key, Value = cookie.Value, Url = visitor.Shop.Address,
        }));
    }

    public async Task Go(string path, string? picture = null)
    {
        await Page.GotoAsync(path);
        await Look(picture ?? path.Split('?')[0].Trim('/').Replace('/', '-'));
    }

    public async Task Click(ILocator what, string picture)
    {
        Clicks++;
        await what.ClickAsync();
        await Settled(LoadState.DOMContentLoaded);
        await Look(picture);
    }

    // Now and then the driver misses the one event that it waits for and hears only of the later ones; asked again it knows that the state is reached.
    private async Task Settled(LoadState state)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Page.WaitForLoadStateAsync(state, new() { Timeout = 10_000 });
                return;
            }
            catch (TimeoutException) when (tries < 6)
            {
            }
        }
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { NameRegex = Named(name) }).First;

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { NameRegex = Named(name) }).First;

    public Task<string> Text() => Page.Locator("main").InnerTextAsync();

    public async Task Look(string picture)
    {
        await Settled(LoadState.Load);
        var folder = Repository.PathTo("artifacts", "screenshots", Width.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        var number = (++_pictures).ToString("00", CultureInfo.InvariantCulture);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{_story}-{number}-{picture}.png") });
        var at = $"{Page.Url} at {Width}";
        if (Session is { } session)
        {
            var bar = Page.GetByRole(AriaRole.Region, new() { NameRegex = Named("act for") });
            var words = await bar.InnerTextAsync();
            Assert.True(words.Contains(session.Operator) && words.Contains(session.Buyer), $"The bar names not both people: {at}: {words}");
            Assert.True(await bar.GetByRole(AriaRole.Button, new() { NameRegex = Named("end and return") }).IsVisibleAsync(), at);
            Assert.StartsWith($"(for {session.Buyer})", await Page.TitleAsync());
        }
        else
        {
            Assert.Equal(0, await Page.Locator(".assisted-bar").CountAsync());
        }

        if (await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
        {
            var widest = await Page.EvaluateAsync<string>(
                "() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join('\\n')");
            _complaints.Add($"Wider than the window: {at}\n{widest}");
        }

        await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<string[]>(
            "() => axe.run(document, { resultTypes: ['violations'] }).then(all => all.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map(n => n.html).join(' ')}`))");
        _complaints.AddRange(found.Select(violation => $"axe at {at}: {violation}"));
    }

    /// <summary>The end of the story: nothing may have been found on the way.</summary>
    public void Close() => Assert.True(_complaints.Count == 0, string.Join("\n", _complaints.Distinct()));

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static Regex Named(string name) => new(Regex.Escape(name), RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
}
