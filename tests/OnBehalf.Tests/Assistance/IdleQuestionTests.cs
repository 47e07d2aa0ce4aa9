using System.Net;
using System.Text.Json;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class IdleQuestionTests
{
    [Fact]
    public async Task Asking_how_long_a_session_lives_does_not_make_it_live_longer()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromSeconds(100));
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(100));
        var before = await Seen(shop);
        Assert.InRange(await IdleSeconds(karim), 790, 800);
        Assert.InRange(await IdleSeconds(karim), 790, 800);
        Assert.Equal(before, await Seen(shop));

        await karim.Get("/cart");
        Assert.NotEqual(before, await Seen(shop));
        Assert.InRange(await IdleSeconds(karim), 890, 900);

        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromSeconds(901));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.GetJson("/assisted-session")).Status);
    }

    private static async Task<int> IdleSeconds(Visitor visitor)
    {
        using var answer = JsonDocument.Parse(await (await visitor.GetJson("/assisted-session")).Response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("idleSeconds").GetInt32();
    }

    private static async Task<string> Seen(TestShop shop) => await shop.Dump("assisted_session_activity") + await shop.Dump("sign_in");
}
