using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Modules.Alerts;
using OnBehalf.Modules.Exports;
using OnBehalf.Pricing;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Alerts;

/// <summary>What rules find in the log, once each, and who is told.</summary>
public sealed class RuleTests
{
    // A node has made its key: supervisor and administrator are told.
    private const int OfNodeKey = 2;

    [Fact]
    public async Task What_a_rule_finds_is_told_once_with_links_to_its_events_and_without_names()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Look(shop);
        await shop.Services.GetRequiredService<Modules.Settings.ShopSettings>().Change(await Sessions.CallerOf(ada), Modules.Settings.ShopSettings.ShopAddress, "https://shop.example.com");
        Assert.Equal(0, await shop.Services.GetRequiredService<AlertWatch>().Round(default));
        Assert.Equal(1, await Look(shop));
        Assert.Equal(0, await Look(shop));

        var id = await shop.Scalar<string>("select lower(cast(id as text)) from audit_event where name = 'settings.changed'");
        var page = await ada.Get("/admin/audit/alerts");
        Assert.Contains("A setting of the shop was changed.", page.Text);
        Assert.Equal(HttpStatusCode.OK, (await ada.Get(page.Document.QuerySelector($"a[href$='{id}']")!.GetAttribute("href")!)).Status);
        var mail = await shop.Mail("alert", OfNodeKey + 1);
        Assert.Contains($"https://shop.example.com/admin/audit/{id}", mail.Body);
        Assert.Contains("https://shop.example.com/admin/audit/alerts", mail.Body);
        Assert.DoesNotContain("shop.address", mail.Body);
        Assert.Equal(OfNodeKey + 2, await shop.Scalar<int>("select count(*) from mail where kind = 'alert'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("sam")).Get("/admin/audit/alerts")).Status);
    }

    [Fact]
    public async Task Many_failures_as_one_person_are_one_alert_and_a_threshold_is_changed_by_administrators_alone()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Look(shop);
        var saved = await ada.Submit(await ada.Get("/admin/audit/alerts"), "#rules", ("threshold-sign-in-failures", "2"), ("on-settings-changed", "false"));
        Assert.Contains("Saved.", saved.Text);
        Assert.Equal("2", saved.Document.GetElementById("threshold-sign-in-failures")!.GetAttribute("value"));
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "alerts.rule-changed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Submit(await ada.Get("/admin/audit/alerts"), "#rules", ("threshold-sign-in-failures", "0"))).Status);
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Post("/admin/audit/alerts", [("on-log-taken", "false")])).Status);

        for (var tries = 1; tries <= 4; tries++)
        {
            await shop.Anonymous().Post("/account/login", [("Input.Email", "ines@buyers.example"), ("Input.Password", "wrong")]);
            Assert.Equal(tries == 3 ? 1 : 0, await Look(shop));
        }

        await shop.Anonymous().Post("/account/login", [("Input.Email", "jonas@buyers.example"), ("Input.Password", "wrong")]);
        await shop.Services.GetRequiredService<Modules.Settings.ShopSettings>().Change(await Sessions.CallerOf(ada), Modules.Settings.ShopSettings.ShopName, "Another");
        Assert.Equal(0, await Look(shop));
        Assert.Equal(3, (await shop.Scalar<string>("select events from alert where rule = 'sign-in-failures'")).Split(' ').Length);
        Assert.DoesNotContain("ines", (await shop.Mail("alert", OfNodeKey + 1)).Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Many_customers_big_orders_and_long_sessions_are_found_by_what_the_log_and_the_sessions_say()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/audit/alerts"), "#rules", ("threshold-many-customers", "1"), ("on-order-above", "true"), ("threshold-order-above", "100"));
        await Look(shop);
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        var placed = await karim.Submit(await karim.Get(inside + "/checkout"), "#checkout", ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        await Sessions.End(karim, inside);
        Assert.Equal(1, await Look(shop));
        (karim, inside) = await Sessions.Act(karim, "mira");
        Assert.Equal(1, await Look(shop));
        await shop.Age("assisted_session", "started_at", TimeSpan.FromHours(5), "status = 'active'");
        Assert.Equal(1, await Look(shop));
        Assert.Equal(0, await Look(shop));
        await using var db = shop.Database.Read();
        Assert.Equal(["node-key", "order-above", "many-customers", "long-session"], (await db.Set<AlertRow>().ToListAsync()).OrderBy(row => row.At).Select(row => row.Rule));
    }

    [Theory]
    [InlineData("100.00 EUR", "70.00 EUR", true)]
    [InlineData("100.00 EUR", "70.01 EUR", false)]
    [InlineData("100.00 EUR", "", false)]
    [InlineData("", "1.00 EUR", false)]
    [InlineData("70.00 EUR", "100.00 EUR", false)]
    [InlineData("100 JPY", "70 JPY", true)]
    [InlineData("100.00 EUR", "70.00 EUR per 100", true)]
    [InlineData("100.00 EUR per 100", "70.00 EUR per 100", true)]
    [InlineData("100.00 EUR per 100", "1.00 EUR", false)]
    [InlineData("100.00 EUR", "70.00 USD", false)]
    public void A_price_that_falls_far_is_told(string before, string after, bool isTold)
    {
        var record = new AuditRecord(1, new byte[32], $$"""{"after":"{{after}}","at":"2026-03-01T12:00:00.000001Z","before":"{{before}}","id":"0197b5a4-0000-7000-8000-000000000001","name":"pricing.price-changed","outcome":"done","v":1}""");
        Assert.Equal(isTold, AlertRule.Of("price-cut")!.Fits(record, 30));
    }

    [Theory]
    [InlineData("pricing.discount-changed", "", "", "30 %", true)]
    [InlineData("pricing.discount-changed", "", "10 %", "36 %", false)]
    [InlineData("pricing.discount-changed", "", "10 %", "37 %", true)]
    [InlineData("pricing.discount-changed", "", "40 %", "", false)]
    [InlineData("pricing.list-changed", "percent", "", "50 %", true)]
    [InlineData("pricing.list-changed", "name", "1 %", "50 %", false)]
    [InlineData("catalog.article-changed", "unit_price", "12.50", "6.25", true)]
    [InlineData("catalog.article-changed", "weight_grams", "12.50", "6.25", false)]
    [InlineData("catalog.article-changed", "unit_price", "1.00 per 1", "80.00 per 100", false)]
    [InlineData("catalog.article-changed", "unit_price", "1.00 per 1", "60.00 per 100", true)]
    [InlineData("catalog.article-changed", "unit_price", "100.00 per 100", "1.00 per 1", false)]
    [InlineData("catalog.article-changed", "price_per", "1", "100", true)]
    [InlineData("catalog.article-changed", "price_per", "100", "1", false)]
    public void A_price_that_falls_by_another_way_is_told_too(string name, string what, string before, string after, bool isTold)
    {
        var record = new AuditRecord(1, new byte[32], $$"""{"after":"{{after}}","at":"2026-03-01T12:00:00.000001Z","before":"{{before}}","id":"0197b5a4-0000-7000-8000-000000000001","name":"{{name}}","outcome":"done","v":1,"what":"{{what}}"}""");
        Assert.Equal(isTold, AlertRule.Of("price-cut")!.Fits(record, 30));
    }

    [Theory]
    [InlineData("identity.staff-created", "\"extras\":\"\",\"role\":\"administrator\"", true)]
    [InlineData("identity.staff-created", "\"extras\":\"adjust-prices\",\"role\":\"sales-rep\"", true)]
    [InlineData("identity.staff-created", "\"extras\":\"\",\"role\":\"sales-rep\"", false)]
    [InlineData("identity.staff-role-changed", "\"after\":\"administrator\",\"before\":\"supervisor\"", true)]
    [InlineData("identity.staff-role-changed", "\"after\":\"supervisor\",\"before\":\"administrator\"", false)]
    [InlineData("identity.staff-extras-changed", "\"after\":\"all-customers adjust-prices\",\"before\":\"all-customers\"", true)]
    [InlineData("identity.staff-extras-changed", "\"after\":\"all-customers\",\"before\":\"all-customers adjust-prices\"", false)]
    [InlineData("identity.staff-reactivated", "\"extras\":\"\",\"role\":\"administrator\"", true)]
    public void Who_becomes_administrator_or_may_more_beyond_his_role_is_told(string name, string fields, bool isTold)
    {
        var record = new AuditRecord(1, new byte[32], $$"""{{{fields}},"at":"2026-03-01T12:00:00.000001Z","id":"0197b5a4-0000-7000-8000-000000000001","name":"{{name}}","outcome":"done","v":1}""");
        Assert.Equal(isTold, AlertRule.Of("more-rights")?.Fits(record, 0));
    }

    [Fact]
    public async Task What_one_person_lowers_within_an_hour_is_one_alert_that_names_it_all()
    {
        await using var shop = await TestShop.Start();
        var ada = await Sessions.CallerOf(await shop.As("ada"));
        await Look(shop);
        foreach (var article in new[] { "P-100", "P-200", "P-300" })
        {
            await shop.Database.Record(ada, new PriceChanged("dealer", article, "1", "100.00 EUR", "10.00 EUR"));
        }

        Assert.Equal(1, await Look(shop));
        Assert.Equal(3, (await shop.Scalar<string>("select events from alert where rule = 'price-cut'")).Split(' ').Length);
        await shop.Database.Record(ada, new PriceChanged("dealer", "P-400", "1", "100.00 EUR", "10.00 EUR"));
        Assert.Equal(0, await Look(shop));
        await shop.Database.Record(await Sessions.CallerOf(await shop.As("vera")), new PriceChanged("dealer", "P-100", "1", "100.00 EUR", "10.00 EUR"));
        Assert.Equal(1, await Look(shop));
    }

    [Fact]
    public async Task What_a_long_import_writes_late_hides_nothing_that_others_did_meanwhile()
    {
        await using var shop = await TestShop.Start();
        await Look(shop);
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/audit/alerts"), "#rules", ("threshold-sign-in-failures", "2"));
        await Fail();
        await Fail();

        // Its transaction began an hour ago, and it comes into the log behind them.
        var id = Guid.CreateVersion7().ToString();
        var isPostgres = shop.Database.Kind == DatabaseKind.Postgres;
        await shop.Sql($$"""
            insert into audit_event (id, at, name, outcome, entry)
            select '{{(isPostgres ? id : id.ToUpperInvariant())}}', {{shop.Database.Now}} - {{(isPostgres ? "interval '64 minutes'" : "64 * 60 * 1000000")}}, 'test.late', 'done',
                '{"at":"2026-03-01T12:00:00.000001Z","id":"{{id}}","name":"test.late","outcome":"done","v":1}'
            """);
        await Fail();
        Assert.Equal(1, await Look(shop));

        Task Fail() => shop.Anonymous().Post("/account/login", [("Input.Email", "ines@buyers.example"), ("Input.Password", "wrong")]);
    }

    // What has happened comes into the log, and what comes into the log is looked at.
    private static async Task<int> Look(TestShop shop)
    {
        await shop.Sequence();
        return await shop.Services.GetRequiredService<AlertWatch>().Round(default);
    }
}
