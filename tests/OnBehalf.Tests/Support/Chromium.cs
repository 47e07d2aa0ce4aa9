using Microsoft.Playwright;

namespace OnBehalf.Tests.Support;

/// <summary>
/// The one browser of this test process: the machine's own Chromium, headless, driven through the package's Playwright.
/// Every test takes its own context (<c>browser.NewContextAsync</c>): cookies and storage of its own.
/// </summary>
public static class Chromium
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    private static readonly Lazy<Task<IBrowser>> TheOne = new(Start);

    public static Task<IBrowser> Shared() => TheOne.Value;

    private static async Task<IBrowser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Headless = true,
            // No sandbox: test machines run as root. The rest keeps it from calling home, which only costs time.
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return browser;
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("ONBEHALF_TEST_CHROMIUM") is { Length: > 0 } given ? given
        : Places.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"No Chromium for the browser tests (looked at {string.Join(", ", Places)}). Install it with: apt-get install chromium, "
            + "or run bin/setup, or name one in ONBEHALF_TEST_CHROMIUM.");
}
