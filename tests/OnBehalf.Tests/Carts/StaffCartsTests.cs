using System.Net;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Abuse;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>The staff's list of carts: whose they are, who touched them last, and who sees which.</summary>
public sealed class StaffCartsTests
{
    [Fact]
    public async Task Staff_see_the_carts_of_their_customers_who_touched_them_last_and_the_way_to_act()
    {
        await using var shop = await TestShop.Start();
        var (ines, karim) = (await shop.As("ines"), await shop.As("karim"));
        Assert.Contains("Nothing lies in a cart", (await karim.Get("/staff/carts")).Text);
        await ines.Put("P-100", "2");
        await ines.Submit(await ines.Get("/cart/all"), "#new-cart", ("Input.Name", "Van"), ("Input.Do", "begin"));
        await ines.Put("P-200", "7");
        var inside = await karim.Assisting("ines");
        await inside.Put("P-300", "1");
        await (await (await shop.As("tom")).Assisting("mira")).Put("P-100", "1");
        await (await shop.As("paul")).Put("P-100", "1");
        await (await shop.As("carla")).Put("P-100", "1");

        // Newest first: a copy with two articles, which Karim has changed; whoever has no name in the row touched it himself.
        string[] nordlicht =
        [
            "Mira Åkesson, copy, 1, Tom Berg for Mira Åkesson", "Ines Albrecht, copy, 2, Karim Weiss for Ines Albrecht", "Ines Albrecht, open, 1, Ines Albrecht", "Ines Albrecht, aside, 1, Ines Albrecht",
        ];
        var page = await karim.Get("/staff/carts");
        Assert.Equal(nordlicht, Rows(page));
        Assert.Contains("Van: one article", page.Text);
        Assert.DoesNotContain("P-300", page.Html);
        Assert.Equal("/staff/customers/N-1001", page.Document.QuerySelector("[data-cart] a")!.GetAttribute("href"));
        var act = page.Document.QuerySelectorAll("[data-cart] a.btn").First(link => link.TextContent.Contains("Ines", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(act)).Status);
        Assert.Contains("%2Fstaff%2Fcarts", act, StringComparison.Ordinal);

        // Rosa sees those of her customers, telesales what it touched last, the support all.
        Assert.Equal(["Paul Südmann, open, 1, Paul Südmann"], Rows(await (await shop.As("rosa")).Get("/staff/carts")));
        Assert.Equal(nordlicht[..1], Rows(await (await shop.As("tom")).Get("/staff/carts")));
        Assert.Equal(6, Rows(await (await shop.As("sam")).Get("/staff/carts")).Count);
        Assert.Equal(6, Rows(await (await shop.As("ada")).Get("/admin/carts")).Count);
        Assert.DoesNotContain("Nordlicht", (await (await shop.As("rosa")).Get("/staff/carts?q=nordlicht")).Html);

        // Narrowed to a customer, to an operator by name or address, to a kind; all at once.
        Assert.Equal(nordlicht, Rows(await karim.Get("/staff/carts?q=N-1001")));
        Assert.Equal(nordlicht[1..], Rows(await karim.Get("/staff/carts?q=albrecht")));
        Assert.Equal(nordlicht[1..2], Rows(await karim.Get("/staff/carts?by=weiss")));
        Assert.Equal(nordlicht[..1], Rows(await karim.Get("/staff/carts?by=tom%40onbehalf.example")));
        Assert.Empty(Rows(await karim.Get("/staff/carts?by=nobody-is-called-so")));
        Assert.Equal(nordlicht[3..], Rows(await karim.Get("/staff/carts?state=aside")));
        Assert.Equal(nordlicht[..2], Rows(await karim.Get("/staff/carts?state=copy")));
        Assert.Equal(nordlicht[2..3], Rows(await karim.Get("/staff/carts?q=nordlicht&state=open")));
        Assert.Contains("No cart fits these filters", (await karim.Get("/staff/carts?q=albrecht&by=tom")).Text);

        // What was ordered is in no cart, and an empty one is nothing to act upon.
        await inside.Place(await inside.Get("/checkout"));
        Assert.DoesNotContain("copy, 2", string.Join('\n', Rows(await karim.Get("/staff/carts"))), StringComparison.Ordinal);
        await shop.Sql("delete from cart_line where cart_id in (select id from cart where status = 'parked')");
        Assert.Empty(Rows(await karim.Get("/staff/carts?state=aside")));
    }

    [Fact]
    public async Task The_list_goes_on_where_a_page_ended_and_the_file_has_all_of_it_and_is_told_of()
    {
        await using var shop = await TestShop.Start();
        await shop.Set(ShopSettings.AlertExports, "1");
        var (ines, karim) = (await shop.As("ines"), await shop.As("karim"));
        await ines.Put("P-100", "1");
        await (await karim.Assisting("ines")).Put("P-200", "1");

        // As many as make three pages, all of the same moment, which only their ids keep apart.
        for (var i = 0; i < 60; i++)
        {
            var id = shop.Database.Kind == Data.DatabaseKind.Postgres ? Guid.CreateVersion7().ToString() : Guid.CreateVersion7().ToString().ToUpperInvariant();
            var line = shop.Database.Kind == Data.DatabaseKind.Postgres ? Guid.CreateVersion7().ToString() : Guid.CreateVersion7().ToString().ToUpperInvariant();
            await shop.Sql($"insert into cart (id, membership_id, currency, status, created_at, changed_at, version, name) select '{id}', membership_id, currency, 'parked', created_at, created_at, 1, '=Shelf {i}' from cart where status = 'active' and base_cart_id is null");
            await shop.Sql($"insert into cart_line (id, cart_id, position, product_id, quantity_thousandths) select '{line}', '{id}', 1, product_id, 1000 from cart_line limit 1");
        }

        var (seen, next, pages) = (new List<string>(), "/staff/carts?q=nordlicht", 0);
        while (next is not null)
        {
            var page = await karim.Get(next);
            seen.AddRange(page.Document.QuerySelectorAll("[data-cart]").Select(row => row.GetAttribute("data-cart")!));
            next = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
            Assert.InRange(++pages, 1, 3);
        }

        Assert.Equal((62, 62, 3), (seen.Count, seen.Distinct().Count(), pages));
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff/carts?before=nonsense&state=nonsense")).Status);

        var file = await karim.Get("/staff/carts.csv?q=nordlicht");
        var lines = file.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(("cart,state,company_number,company,buyer,articles,changed_by,changed_for,changed_at", 63), (lines[0], lines.Length));
        Assert.Contains("Prepared in a session,copy,N-1001,Nordlicht GmbH,Ines Albrecht,2,Karim Weiss,Ines Albrecht,", file.Html);
        Assert.Contains("'=Shelf 59", file.Html);
        Assert.Equal(2, (await karim.Get("/staff/carts.csv?by=weiss")).Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "carts.exported"));
        Assert.NotEqual(0, await shop.Alerts("took 1 lists away as files within an hour"));
    }

    private static IReadOnlyList<string> Rows(Answer page) =>
    [
        .. page.Document.QuerySelectorAll("[data-cart]").Select(row =>
        {
            var state = row.QuerySelector(".badge")!.TextContent.Trim() switch { "Open" => "open", "Set aside" => "aside", _ => "copy" };
            var articles = row.TextContent.Contains("one article", StringComparison.Ordinal) ? "1" : System.Text.RegularExpressions.Regex.Match(row.TextContent, "([0-9]+) articles").Groups[1].Value;
            return $"{row.QuerySelector("a")!.TextContent}, {state}, {articles}, {row.QuerySelector(".cart-by")!.TextContent}";
        }),
    ];
}
