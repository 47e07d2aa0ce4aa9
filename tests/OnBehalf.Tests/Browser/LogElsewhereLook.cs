using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Alerts;
using OnBehalf.Modules.Exports;
using OnBehalf.Tests.Exports;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The pages by which the log goes elsewhere, and what rules have found in it.</summary>
[Trait("Category", "Browser")]
public sealed class LogElsewhereLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task An_administrator_adds_a_receiver_that_does_not_answer_and_reads_what_rules_have_found(int width)
    {
        await using var siem = await HttpSiem.Open();
        siem.Does = _ => 503;
        await using var shop = await TestShop.Start(builder => builder.Configuration["Streams:InternalHosts"] = "127.0.0.1", listen: true);
        await shop.Sequence();
        Assert.Equal(1, await shop.Services.GetRequiredService<AlertWatch>().Round(default));
        await using var ada = await Window.Open(shop, "ada-elsewhere", width);
        await ada.Enter(await shop.As("ada"));
        await ada.Go("/admin/audit/export", "export");
        await ada.Go("/admin/audit/streams", "streams");
        await ada.Page.Locator("#Input_Name").FillAsync("The SIEM of the security team");
        await ada.Page.Locator("#Input_Address").FillAsync(siem.Address);
        await ada.Page.GetByLabel("From the beginning of the log").CheckAsync();
        await ada.Click(ada.Button("Add the receiver"), "added");
        Assert.Contains("whsec_", await ada.Text());
        var id = (await shop.Services.GetRequiredService<StreamQueries>().Due(default)).Single();
        await shop.Services.GetRequiredService<StreamSender>().Drain(id, default);
        await ada.Go("/admin/audit/streams", "behind");
        Assert.Contains("It answered 503.", await ada.Text());
        await ada.Go("/admin/audit/alerts", "alerts");
        Assert.Contains("A node signs receipts with a new key", await ada.Text());
        await ada.Go("/admin/audit", "log");
        ada.Close();
    }
}
