using System.Net;

namespace OnBehalf.Tests.Support;

public sealed class TestShopTests
{
    [Fact]
    public async Task A_page_of_a_session_carries_the_bar_and_a_dead_one_says_so()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");

        var missing = await karim.Get("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Contains("Karim Weiss", missing.Document.QuerySelector(".assisted-bar")!.TextContent);
        Assert.Contains("Ines Albrecht", missing.Document.QuerySelector(".assisted-bar")!.TextContent);

        await shop.Sql("update assisted_session set status = 'ended'");
        var dead = await karim.Get("/no-such-page");
        Assert.Equal(HttpStatusCode.Forbidden, dead.Status);
        Assert.Contains("This assisted session is over", dead.Text);
        Assert.DoesNotContain("Ines", dead.Html);
    }
}
