using System.Net;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Orders;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Catalog;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>Articles of which nothing is sent, and files that are bought.</summary>
public sealed class DownloadTests
{
    private const string Downloads = "/account/downloads";

    private static readonly byte[] Manual = Encoding.UTF8.GetBytes("<script>alert(1)</script> the manual");

    [Fact]
    public async Task An_order_of_which_nothing_is_sent_needs_no_address_and_no_way_of_sending()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update product set kind = 'service' where sku = 'P-100'");
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        var checkout = await ines.Get("/checkout");
        Assert.Null(checkout.Document.QuerySelector("[name='Input.Method']"));
        Assert.Null(checkout.Document.QuerySelector("[name='Input.Shipping']"));
        Assert.Contains("Nothing of this order is sent", checkout.Text);
        await ines.Place(checkout);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders where shipping_address is null and shipping_code is null and shipping_minor = 0 and tax_minor = 1710"));

        // With goods beside it, it is asked for as ever.
        await ines.Put("P-100", "1");
        await ines.Put("P-300", "1");
        Assert.NotNull((await ines.Get("/checkout")).Document.QuerySelector("[name='Input.Method']"));
    }

    [Fact]
    public async Task What_is_paid_for_is_downloaded_as_often_as_it_may_be_by_who_bought_it_and_by_nobody_else()
    {
        await using var shop = await TestShop.Start();
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        await Bought(shop);
        Assert.Contains("when the order is paid", (await ines.Get(Downloads)).Text);
        var form = await Form(shop);
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Post(Downloads, form)).Status);
        await Pay(shop);

        var taken = await ines.Submit(await ines.Get(Downloads), "#downloads form");
        var file = await ines.Follow(taken);
        Assert.Equal(Encoding.UTF8.GetString(Manual), file.Html);
        Assert.Equal("application/octet-stream", file.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", file.Response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", file.Response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", file.Response.Headers.GetValues("X-Content-Type-Options").Single());

        // The link is nothing to anybody else, with or without a sign-in, and the button neither.
        foreach (var other in new[] { jonas, await shop.As("mira"), shop.Anonymous() })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await other.Follow(taken)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Post(Downloads, form)).Status);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await ines.Post(Downloads, form)).Status);
        }

        Assert.Contains("as often as it can be", (await ines.Post(Downloads, form)).Text);
        Assert.Equal(5, await shop.Scalar<int>("select times from download"));
        Assert.Equal(5, (await shop.Facts()).Count(fact => fact == "orders.download-taken"));

        // Given back, it is gone; also by the link that was got before.
        await Step(shop, 4, "returned");
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Follow(taken)).Status);
        Assert.DoesNotContain("manual.html", (await ines.Get(Downloads)).Text);
    }

    [Fact]
    public async Task Who_acts_for_a_buyer_takes_nothing_unless_the_shop_allows_it()
    {
        await using var shop = await TestShop.Start();
        await Bought(shop);
        await Pay(shop);
        var (ines, karim) = (await shop.As("ines"), await (await shop.As("karim")).Assisting("ines"));
        var form = await Form(shop);
        var own = await ines.Post(Downloads, form);
        Assert.Contains("downloaded by Ines Albrecht alone", (await karim.Get(Downloads)).Text);
        Assert.Empty((await karim.Get(Downloads)).Document.QuerySelectorAll("#downloads form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Downloads, form, from: "/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get(own.Location!)).Status);
        Assert.Equal(1, await shop.Scalar<int>("select times from download"));

        await shop.Sql("insert into setting (name, value, changed_at, changed_by) values ('assistance.downloads', 'true', " + (shop.Database.Kind == OnBehalf.Data.DatabaseKind.Postgres ? "now()" : "0") + ", 'Ada')");
        await using var again = await shop.Beside();
        var allowed = await karim.At(again).Post(Downloads, form);
        Assert.Equal(HttpStatusCode.OK, (await karim.At(again).Follow(allowed)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.At(again).Get(own.Location!)).Status);
    }

    [Fact]
    public async Task Two_at_once_take_a_file_no_more_often_than_it_may_be()
    {
        await using var shop = await TestShop.Start();
        await Bought(shop);
        await Pay(shop);
        await shop.Sql("insert into setting (name, value, changed_at, changed_by) values ('catalog.download-times', '2', " + (shop.Database.Kind == OnBehalf.Data.DatabaseKind.Postgres ? "now()" : "0") + ", 'Ada')");
        await using var again = await shop.Beside();
        var ines = (await shop.As("ines")).At(again);
        var token = (await ines.Get("/cart")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var form = (await Form(shop)).Append(("__RequestVerificationToken", token)).ToList();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ines.PostRaw(Downloads, form)));
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.SeeOther));
        Assert.Equal(2, await shop.Scalar<int>("select times from download"));
    }

    [Fact]
    public void A_download_counts_its_days_from_the_payment_on()
    {
        var paid = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var terms = new DownloadTerms(3, 10);
        Assert.Equal("downloads.unpaid", terms.Check(null, 0, paid)!.Code);
        Assert.Null(terms.Check(paid, 2, paid.AddDays(9)));
        Assert.Equal("downloads.over", terms.Check(paid, 0, paid.AddDays(10))!.Code);
        Assert.Equal("downloads.too-often", terms.Check(paid, 3, paid)!.Code);
        Assert.Null(new DownloadTerms(3, 0).Check(paid, 0, paid.AddYears(50)));
    }

    /// <summary>In a session that may take it: a file that is ordered there and paid.</summary>
    internal static async Task<Answer> Ready(Visitor inside)
    {
        await inside.Shop.Sql("insert into setting (name, value, changed_at, changed_by) values ('assistance.downloads', 'true', " + (inside.Shop.Database.Kind == OnBehalf.Data.DatabaseKind.Postgres ? "now()" : "0") + ", 'Ada')");
        await Kept(inside.Shop);
        await inside.Put("P-100", "1");
        var placed = await inside.Place(await inside.Get("/checkout"));
        await Pay(inside.Shop);
        return placed;
    }

    // Ines has ordered P-100, which is a manual now.
    private static async Task Bought(TestShop shop)
    {
        var ines = await shop.As("ines");
        await Kept(shop);
        await ines.Put("P-100", "1");
        await ines.Place(await ines.Get("/checkout"));
    }

    private static async Task Kept(TestShop shop)
    {
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/articles/P-100"), "#article", ("Values[kind]", "downloadable"));
        var stored = await ArticleTests.Upload(ada, "/admin/articles/P-100/files", "/admin/articles/P-100/files", "Input.File", "..\\up/manual.html", Manual);
        Assert.Equal(HttpStatusCode.SeeOther, stored.Status);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Manual));
        Assert.Equal("manual.html " + digest, await shop.Scalar<string>("select name || ' ' || digest from product_file"));
        Assert.True(File.Exists(Path.Combine(shop.Folder, "downloads", digest[..2], digest)));
    }

    internal static async Task<IReadOnlyList<(string Name, string Value)>> Form(TestShop shop) =>
    [
        ("Input.Order", await shop.Scalar<string>("select cast(id as text) from orders order by placed_at desc limit 1")), ("Input.Position", "1"),
        ("Input.File", await shop.Scalar<string>("select cast(id as text) from product_file")),
    ];

    private static async Task Pay(TestShop shop)
    {
        await Step(shop, 1, "shipped");
        await Step(shop, 2, "invoiced");
        await Step(shop, 3, "paid");
    }

    private static async Task Step(TestShop shop, int number, string kind)
    {
        await using var db = shop.Database.Read();
        var order = new OrderId(Guid.Parse(await shop.Scalar<string>("select cast(id as text) from orders order by placed_at desc limit 1")));
        db.Add(new OrderStepRow { OrderId = order, Number = number, Kind = kind, At = TimeProvider.System.GetUtcNow(), StaffId = Characters.StaffIdOf("ada") });
        if (kind != "paid")
        {
            db.Add(new OrderStepLineRow { OrderId = order, Number = number, Position = 1, QuantityThousandths = 1_000 });
        }

        await db.SaveChangesAsync();
    }
}
