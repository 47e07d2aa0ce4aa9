using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class SessionMailTests
{
    [Fact]
    public async Task Who_was_acted_for_is_told_once_what_was_done_and_not_when_nothing_was()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.ShopAddress, "https://shop.example.com");
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Ticket", "T-1"));
        await Sessions.End(karim, inside);
        Assert.Equal(0, await Count(shop));

        (karim, inside) = await Sessions.Act(karim, "ines", ("Input.Ticket", "T-2"));
        await karim.Post(inside + "/cart/lines", [("sku", "P-100"), ("quantity", "3")], from: inside + "/product/P-100");
        await Sessions.End(karim, inside);
        await Sessions.End(karim, inside);
        Assert.Equal(1, await Count(shop));
        Assert.Equal("ines@buyers.example|Karim Weiss acted for you at OnBehalf", await shop.Scalar<string>("select to_address || '|' || subject from mail where kind = 'session-ended'"));
        var body = await shop.Scalar<string>("select body from mail where kind = 'session-ended'");
        Assert.Contains("order by telephone, ticket T-2.", body.ReplaceLineEndings(" "));
        Assert.Contains("- Put 3 × Cordless drill 18 V (P-100) into the cart\n", body);
        var session = await shop.Scalar<string>("select lower(cast(id as text)) from assisted_session where ticket = 'T-2'");
        Assert.Contains($"https://shop.example.com/account/assistance/{session}\n", body);
    }

    [Fact]
    public async Task By_setting_also_at_the_start_and_always_at_the_end_however_it_comes()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.MailAtStart, "true");
        await Set(shop, ShopSettings.MailAtEnd, "always");
        await Sessions.Act(await shop.As("karim"), "ines");
        Assert.Equal(1, await Count(shop, "session-started"));
        Assert.Equal(0, await Count(shop));
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromHours(1));
        Assert.Equal(1, await shop.Services.GetRequiredService<SessionSweep>().Sweep());
        await shop.Services.GetRequiredService<SessionSweep>().Sweep();
        Assert.Equal(1, await Count(shop));
        Assert.Contains("Nothing was changed.", await shop.Scalar<string>("select body from mail where kind = 'session-ended'"));

        await Set(shop, ShopSettings.MailAtEnd, "never");
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "jonas");
        await Sessions.End(karim, inside);
        Assert.Equal(1, await Count(shop));
    }

    private static Task<int> Count(TestShop shop, string kind = "session-ended") => shop.Scalar<int>($"select count(*) from mail where kind = '{kind}'");

    private static async Task Set(TestShop shop, Setting setting, string value) =>
        Assert.False((await shop.Services.GetRequiredService<ShopSettings>().Change(Kernel.Caller.Machine("test"), setting, value)).IsRefused);
}
