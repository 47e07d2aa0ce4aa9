using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class AlertTests
{
    [Fact]
    public async Task Supervisors_are_told_once_of_many_customers_and_of_refused_starts()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.AlertCustomers, "2");
        await Set(shop, ShopSettings.AlertRefused, "2");
        var karim = await Sessions.CallerOf(await shop.As("karim"));
        foreach (var buyer in new[] { "ines", "ines", "jonas", "lena" })
        {
            Assert.Null((await shop.Services.AssistedSessions().Start(karim, Sessions.Request(buyer) with { TakeOver = true })).Refusal);
        }

        // Vera and Ada, each once.
        Assert.Equal(2, await Mails(shop, "Karim Weiss acts for many customers: 2 within an hour"));
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull((await shop.Services.AssistedSessions().Start(karim, Sessions.Request("paul"))).Refusal);
        }

        Assert.Equal(2, await Mails(shop, "Karim Weiss was refused 2 starts within an hour"));
        Assert.Equal(4, await shop.Scalar<int>("select count(*) from mail where kind = 'session-alert'"));
    }

    [Fact]
    public async Task The_network_address_is_kept_as_personal_where_the_shop_wants_it()
    {
        await using var shop = await TestShop.Start();
        var karim = await Sessions.CallerOf(await shop.As("karim"));
        var request = Sessions.Request("ines") with { TakeOver = true, Network = System.Net.IPAddress.Parse("192.0.2.7") };
        await shop.Services.AssistedSessions().Start(karim, request);
        Assert.Equal(["192.0.2.7"], await shop.Personal("network-address"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from audit_event where entry like '%192.0.2.7%'"));
        await Set(shop, ShopSettings.RecordAddresses, "false");
        await shop.Services.AssistedSessions().Start(karim, request);
        Assert.Equal(["192.0.2.7"], await shop.Personal("network-address"));
    }

    private static Task<int> Mails(TestShop shop, string subject) => shop.Scalar<int>($"select count(*) from mail where kind = 'session-alert' and subject = '{subject}'");

    private static async Task Set(TestShop shop, Setting setting, string value) =>
        Assert.False((await shop.Services.GetRequiredService<ShopSettings>().Change(Kernel.Caller.Machine("test"), setting, value)).IsRefused);
}
