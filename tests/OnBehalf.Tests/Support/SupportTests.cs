using Npgsql;
using OnBehalf.Tests.Browser;

namespace OnBehalf.Tests.Support;

/// <summary>What the other tests stand on.</summary>
public sealed class SupportTests
{
    [Fact]
    public async Task The_private_cluster_copies_a_database_that_was_just_in_use()
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.CreateDatabase("support_original");
        await Execute("support_original", "CREATE TABLE person (name text); INSERT INTO person VALUES ('Ines')");
        await cluster.CreateDatabase("support_copy", "support_original");

        Assert.Equal("Ines", await Execute("support_copy", "SELECT name FROM person"));
        await cluster.DropDatabase("support_original");
        await cluster.DropDatabase("support_copy");
        await Assert.ThrowsAsync<PostgresException>(() => Execute("support_copy", "SELECT name FROM person"));

        async Task<object?> Execute(string database, string sql)
        {
            await using var connection = new NpgsqlConnection(cluster.ConnectionString(database));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task The_browser_follows_a_click_and_lays_out_for_a_phone()
    {
        var browser = await Chromium.Shared();
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 375, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.SetContentAsync("<button onclick=\"this.textContent = 'Placed at ' + innerWidth\">Place order</button>");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Place order" }).ClickAsync();

        Assert.Equal("Placed at 375", await page.GetByRole(Microsoft.Playwright.AriaRole.Button).TextContentAsync());
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task A_window_complains_of_what_an_eye_or_a_reader_would()
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, "complaints", 375);
        await window.Page.GotoAsync("/account/login");
        await window.Page.EvaluateAsync("() => { document.documentElement.removeAttribute('lang'); document.querySelector('h1').style.minWidth = '600px'; console.error('Loud'); }");
        await window.Look("broken");

        var complaints = Assert.ThrowsAny<Exception>(window.Close).Message;
        Assert.Contains("html-has-lang", complaints);
        Assert.Contains("Wider than the window", complaints);
        Assert.Contains("Loud", complaints);
    }
}
