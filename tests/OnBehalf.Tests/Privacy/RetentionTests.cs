using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Privacy;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Privacy;

/// <summary>What is kept of people goes when its time is over, and not before, and not while a hold stands.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task What_is_older_than_its_setting_goes_with_a_fact_and_what_is_younger_or_held_stays()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Put("P-100", "1");
        await karim.Post("/assisted-session/end", [], from: "/account");
        await shop.Sql("update cart set status = 'discarded', base_cart_id = null, session_id = null, audit_event_id = null");
        await shop.Sql("update assisted_session set reason_text = 'Ines is ill'");
        await Mail(shop, "ines", 2);
        await Mail(shop, "lena", 400);
        await Mail(shop, "ines", 400);
        await shop.Age("sign_in", "hard_ends_at", TimeSpan.FromDays(400));
        await shop.Age("assisted_session", "ended_at", TimeSpan.FromDays(800));
        await shop.Age("cart", "changed_at", TimeSpan.FromDays(100));
        await shop.Age("person_key", "created_at", TimeSpan.FromDays(800), "kind = 'month'");
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get(Path("ines")), "form[action$='handler=Hold']", ("Hold.Reason", "Lawsuit"));

        var line = (await ada.Get("/admin/privacy")).Document.QuerySelectorAll("section[aria-labelledby=kept-title] tr").Single(row => row.TextContent.Contains("Texts of mails", StringComparison.Ordinal));
        Assert.Equal("1", line.QuerySelectorAll("td")[2].TextContent);
        var ran = await Run(shop);
        Assert.Equal(0, ran.People);
        Assert.Equal(["body of 2", "body of 400"], (await Bodies(shop, "ines")).Order());
        Assert.Equal([""], await Bodies(shop, "lena"));
        Assert.Equal("Ines is ill", await shop.Scalar<string>("select reason_text from assisted_session"));
        Assert.NotEqual(0, await shop.Scalar<int>("select count(*) from cart"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from person_key where kind = 'month' and created_at < (select max(created_at) from sign_in)"));
        Assert.Contains("privacy.pruned", await shop.Facts());

        // When it is lifted, its time is over too.
        await shop.Sql("update legal_hold set lifted_at = since");
        await Run(shop);
        Assert.Equal(["", "body of 2"], (await Bodies(shop, "ines")).Order());
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session where reason_text is not null"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from sign_in where device is not null and hard_ends_at < (select min(created_at) from sign_in)"));
        var before = (await shop.Facts()).Count(name => name == "privacy.pruned");
        await Run(shop);
        Assert.Equal(before, (await shop.Facts()).Count(name => name == "privacy.pruned"));
    }

    [Fact]
    public async Task What_is_kept_for_good_stays()
    {
        await using var shop = await TestShop.Start();
        await Mail(shop, "lena", 4_000);
        await Set(shop, ShopSettings.KeepMailsDays, "0");
        await Run(shop);
        Assert.Equal(["body of 4000"], await Bodies(shop, "lena"));
    }

    [Fact]
    public async Task A_closed_account_is_erased_when_its_time_is_over_and_an_open_one_never()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set status = 'inactive' where email in ('lena@buyers.example', 'paul@buyers.example')");
        Assert.Equal(0, (await Run(shop)).People);
        await shop.Age("closed_person", "seen_at", TimeSpan.FromDays(1_100));

        // One was a mistake.
        await shop.Sql("update buyer set status = 'active' where email = 'paul@buyers.example'");
        Assert.Equal(1, (await Run(shop)).People);
        Assert.Equal("erased", await shop.Scalar<string>($"select status from buyer where id = {Id(shop, "lena")}"));
        Assert.Equal("active", await shop.Scalar<string>($"select status from buyer where id = {Id(shop, "paul")}"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from closed_person"));
    }

    [Fact]
    public async Task Who_of_the_staff_has_left_is_read_until_his_time_is_over_and_then_nowhere()
    {
        await using var shop = await TestShop.Start();
        await StaffMarker.Plant(shop);
        Assert.Equal(StaffMarker.Planted.Order(StringComparer.Ordinal), await StaffMarker.Columns(shop));
        await shop.Sql("update staff set status = 'inactive' where email like '%marbelquist%'");
        await Run(shop);
        await shop.Age("closed_person", "seen_at", TimeSpan.FromDays(1_000));
        Assert.Equal(0, (await Run(shop)).People);
        Assert.Equal(StaffMarker.Planted.Order(StringComparer.Ordinal), await StaffMarker.Columns(shop));
        await shop.Age("closed_person", "seen_at", TimeSpan.FromDays(1_000));
        Assert.Equal(1, (await Run(shop)).People);
        Assert.Empty(await StaffMarker.Columns(shop));
        Assert.Equal(HttpStatusCode.OK, (await (await shop.As("ada")).Get("/admin/audit")).Status);
    }

    [Theory]
    [InlineData(null, 13, true)]
    [InlineData(20, 3, true)]
    [InlineData(20, 13, false)]
    [InlineData(3, 3, false)]
    [InlineData(49, 13, true)]
    public void It_runs_once_a_night_and_by_day_when_the_shop_is_off_at_night(int? hoursAgo, int hour, bool isDue)
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(isDue, RetentionWorker.IsDue(hoursAgo is { } hours ? now.AddHours(-hours) : null, now, hour));
    }

    [Fact]
    public async Task With_four_eyes_one_asks_and_another_one_erases()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.ErasureNeedsTwo, "true");
        await shop.Sql("update staff set role = 'administrator' where email in ('vera@onbehalf.example', 'sam@onbehalf.example')");
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        var early = await vera.Get(Path("ines"));
        Assert.Contains("Ask to erase Ines Albrecht", early.Text);
        Assert.Equal(Path("ines"), (await Erase(ada)).Location);

        // Whoever saw "Ask to erase" does not erase because somebody has asked meanwhile.
        var late = await vera.Submit(early, "form[action$='" + Path("ines") + "']", ("Input.IsSure", "true"), ("Input.Password", Characters.Password));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal("active", await shop.Scalar<string>("select status from buyer where email = 'ines@buyers.example'"));

        // Not himself, also not round the page; and who declines it has it asked for anew.
        Assert.Equal(HttpStatusCode.Conflict, (await Erase(ada, seenBy: vera)).Status);
        Assert.Contains("Ada Novak asks for it", (await vera.Get("/admin/privacy")).Text);
        var page = await vera.Get(Path("ines"));
        Assert.Contains("Confirm and erase Ines Albrecht", page.Text);
        Assert.Equal(Path("ines"), (await vera.Submit(page, "form[action$='handler=Decline']")).Location);
        Assert.Equal(Path("ines"), (await Erase(vera)).Location);

        // After a week it is asked for again, not done.
        await shop.Age("erasure_proposal", "expires_at", TimeSpan.FromDays(8));
        Assert.Equal(Path("ines"), (await Erase(ada)).Location);
        Assert.Equal("/admin/privacy?done=true", (await Erase(vera)).Location);
        Assert.Equal(
            ["privacy.erasure-proposed", "privacy.erasure-declined", "privacy.erasure-proposed", "privacy.erasure-proposed", "privacy.person-erased"],
            (await shop.Facts()).Where(name => name.StartsWith("privacy.", StringComparison.Ordinal)));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from erasure_proposal"));

        static async Task<Answer> Erase(Visitor visitor, Visitor? seenBy = null)
        {
            var intent = (await (seenBy ?? visitor).Get(Path("ines"))).Document.QuerySelector("input[name='Input.Intent']")!.GetAttribute("value")!;
            return await visitor.Post(Path("ines"), [("Input.IsSure", "true"), ("Input.Password", Characters.Password), ("Input.Intent", intent)], from: Path("ines"));
        }
    }

    [Fact]
    public async Task A_buyer_reads_how_long_what_is_kept_and_how_to_be_forgotten()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.KeepMailsDays, "77");
        var ines = await shop.As("ines");
        var page = await ines.Get("/account/privacy");
        Assert.Contains("77 days", page.Text);
        Assert.Contains("tax and trade law want them kept", page.Text);
        Assert.NotNull(page.Document.QuerySelector("a[href='/account/delete']"));
        Assert.NotNull((await ines.Get("/account/data")).Document.QuerySelector("a[href='/account/privacy']"));
    }

    private static string Path(string buyer) => $"/admin/privacy/buyers/{Characters.BuyerIdOf(buyer)}";

    private static string Id(TestShop shop, string buyer) =>
        shop.Database.Kind == Data.DatabaseKind.Postgres ? $"'{Characters.BuyerIdOf(buyer)}'" : $"'{Characters.BuyerIdOf(buyer).ToString().ToUpperInvariant()}'";

    private static Task<RetentionRan> Run(TestShop shop) => shop.Services.GetRequiredService<Retention>().Run(default);

    private static async Task Set(TestShop shop, Setting setting, string value) =>
        Assert.False((await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), setting, value)).IsRefused);

    private static async Task Mail(TestShop shop, string buyer, int daysAgo)
    {
        await using var db = shop.Database.Read();
        db.Add(new MailRow
        {
            Id = IId<MailId>.New(), Kind = "kept", ToAddress = $"{buyer}@buyers.example", Subject = "Something", Body = $"body of {daysAgo}", BuyerId = Characters.BuyerIdOf(buyer), Status = "sent",
            CreatedAt = TimeProvider.System.GetUtcNow().AddDays(-daysAgo), NextAttemptAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    private static async Task<IReadOnlyList<string>> Bodies(TestShop shop, string buyer)
    {
        await using var db = shop.Database.Read();
        var address = $"{buyer}@buyers.example";
        return [.. db.Set<MailRow>().Where(row => row.Kind == "kept" && row.ToAddress == address).Select(row => row.Body)];
    }
}
