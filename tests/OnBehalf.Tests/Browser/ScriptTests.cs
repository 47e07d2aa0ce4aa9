using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>What the script adds for staff: hits while they type, the time that is left, and tabs that hear of each other.</summary>
[Trait("Category", "Browser")]
public sealed class ScriptTests
{
    [Fact]
    public async Task Customers_appear_while_a_rep_types()
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, "typing", 375);
        await window.Enter(await shop.As("karim"));
        var page = window.Page;
        await window.Go("/staff", "desk");
        await page.Keyboard.TypeAsync("nor");
        await Assertions.Expect(page.Locator("#found")).ToContainTextAsync("Nordlicht GmbH");
        await Assertions.Expect(page.Locator("#announcer")).ToHaveTextAsync("One customer.");
        await window.Look("found");
        Assert.EndsWith("/staff", page.Url);
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("");
        await Assertions.Expect(page.Locator("#found")).ToBeEmptyAsync();

        // On the list the address follows, so that Back and reload show the same.
        await window.Go("/staff/customers", "customers");
        await page.Keyboard.TypeAsync("zzz");
        await Assertions.Expect(page.Locator("#found")).ToContainTextAsync("No customer of yours fits “zzz”");
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("pausen");
        await Assertions.Expect(page.Locator("#found")).ToContainTextAsync("Pausenhof KG");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/staff/customers\?q=pausen$"));
        await page.ReloadAsync();
        await window.Look("reloaded");
        Assert.Contains("Pausenhof KG", await window.Text());

        // Who is no longer signed in is brought to the door, and finds no door in the place of the list.
        await shop.Sql("update sign_in set ended_at = hard_ends_at");
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("nord");
        await page.WaitForURLAsync("**/staff/account/login?**");
        Assert.Contains("Sign in to the Sales Portal", await window.Text());
        window.Close();
    }

    [Fact]
    public async Task Time_runs_down_and_other_tabs_hear_of_start_switch_and_end()
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, "tabs", 1280);
        await window.Enter(await shop.As("karim"));
        var (first, desk) = (window.Page, await window.Page.Context.NewPageAsync());
        await desk.GotoAsync("/staff");

        // A start is told to the tab that stayed at the desk.
        await Act(first, "N-1001", "Ines");
        await Assertions.Expect(desk.Locator(".tab-notice")).ToContainTextAsync("You act for Ines Albrecht in another tab.");
        await Assertions.Expect(desk.Locator("#announcer")).ToHaveTextAsync("You act for Ines Albrecht in another tab.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Got it" }).ClickAsync();
        await Assertions.Expect(desk.Locator(".tab-notice")).ToHaveCountAsync(0);

        // The last two minutes are counted down in seconds and said once; a click gives the time back.
        var left = first.Locator("[data-time-left]");
        Assert.Matches(@"^1[45] min$", await left.TextContentAsync());
        await shop.Sql("update assisted_session set idle_seconds = 118");
        await first.ReloadAsync();
        await Assertions.Expect(left).ToHaveTextAsync(new Regex(@"^1:5\d$"));
        await Assertions.Expect(left).ToHaveTextAsync(new Regex(@"^1:5[0-5]$"), new() { Timeout = 10_000 });
        await Assertions.Expect(first.Locator("#announcer")).ToHaveTextAsync("This session ends in two minutes unless you go on.");
        await Assertions.Expect(first.Locator(".assisted-bar")).ToHaveClassAsync(new Regex("bar-soon"));
        await shop.Sql("update assisted_session set idle_seconds = 900");
        await first.GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await Assertions.Expect(left).ToHaveTextAsync(new Regex("^1[45] min$"));
        await Assertions.Expect(first.Locator("#announcer")).ToHaveTextAsync("Extended.");

        // On paper the bar is a line.
        await first.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await first.GetByText("Acted by Karim Weiss (Sales rep) for Ines Albrecht").IsVisibleAsync());
        Assert.False(await first.Locator(".assisted-bar").IsVisibleAsync());
        await first.EmulateMediaAsync(new() { Media = Media.Null });

        // A switch covers the page of the session that it ended; what was typed there can still be copied.
        await first.GotoAsync(first.Url.Replace("/account", "/cart", StringComparison.Ordinal));
        await first.GetByLabel("Add by article number").First.FillAsync("P-300");
        await Act(desk, "N-1001", "Jonas");
        await Assertions.Expect(first.Locator(".session-over")).ToContainTextAsync("You are no longer acting for Ines Albrecht.");
        await Assertions.Expect(first.GetByLabel("What you had typed")).ToHaveValueAsync(new Regex("P-300"));
        Assert.Equal("Session over · OnBehalf", await first.TitleAsync());

        // So does an end in another tab of the same session.
        await first.GotoAsync(desk.Url);
        await desk.GetByRole(AriaRole.Button, new() { Name = "End and return" }).First.ClickAsync();
        await desk.WaitForURLAsync("**/staff/**");
        await Assertions.Expect(first.Locator(".session-over")).ToContainTextAsync("You are no longer acting for Jonas Petersen.");
        Assert.DoesNotContain("N-1001", await first.Locator("body").InnerTextAsync());

        // And time that ran out.
        await Act(desk, "N-1001", "Mira");
        await shop.Sql("update assisted_session set idle_seconds = 4");
        await desk.ReloadAsync();
        await Assertions.Expect(desk.Locator(".session-over")).ToContainTextAsync("You are no longer acting for Mira Åkesson.", new() { Timeout = 15_000 });
        window.Close();
    }

    private static async Task Act(IPage page, string company, string firstName)
    {
        await page.GotoAsync($"/staff/customers/{company}");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Act for {firstName}" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"act for {firstName}$", RegexOptions.IgnoreCase) }).ClickAsync();
        await page.WaitForURLAsync("**/as/**");
    }
}
