using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OnBehalf.Data;
using OnBehalf.Modules.Catalog;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>Articles and categories as the Back Office keeps them.</summary>
public sealed class ArticleTests
{
    private const string Drill = "/admin/articles/P-100";

    [Fact]
    public async Task What_an_administrator_changes_about_an_article_shows_in_lists_search_and_assortments_at_once_with_before_and_after()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ada.Submit(await ada.Get("/admin/assortments"), "#new", ("Input.Code", "lights"), ("Input.Name", "Lights"));
        await ada.Post("/admin/assortments/lights", [("Input.Do", "add-category"), ("Input.Category", "light")], from: "/admin/assortments/lights");
        await ada.Post("/admin/assortments/lights", [("Input.Do", "give-company"), ("Input.Company", "N-1001")], from: "/admin/assortments/lights");
        Assert.Equal(["P-200", "P-300"], Numbers(await ines.Get("/products?sort=number")));

        var stored = await ada.Submit(
            await ada.Get(Drill), "#article", ("Values[name]", "Worklight drill"), ("Values[category_code]", "light"), ("Values[unit_price]", "55.50"), ("Values[pack_quantity]", "5"), ("Values[unit]", "set"));
        Assert.Equal(HttpStatusCode.SeeOther, stored.Status);
        Assert.Equal(["P-100", "P-200", "P-300"], Numbers(await ines.Get("/products?sort=number")));
        Assert.Equal(["P-100"], Numbers(await ines.Get("/search?q=worklight")));
        Assert.Empty(Numbers(await ines.Get("/search?q=cordless")));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from search_term where term = 'cordless'"));
        Assert.Contains("In packages of 5 set", (await ines.Get("/product/P-100")).Text);

        var history = await ada.Get("/admin/audit?about=article:P-100");
        Assert.Contains("changed an article", history.Text);
        Assert.Equal(5, (await shop.Facts()).Count(fact => fact == "catalog.article-changed"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where about = 'article:P-100' and cast(entry as text) like '%\"55.50\"%' and cast(entry as text) like '%\"100.00\"%'"));

        // No longer sold, from the list, several at once.
        await ada.Submit(await ada.Get("/admin/articles?q=p-2"), "#many", ("Input.Skus", "P-200"), ("Input.Skus", "P-300"), ("Input.Do", "discontinue"));
        Assert.Equal(["P-100"], Numbers(await ines.Get("/products?sort=number")));
        Assert.Equal(["P-200", "P-300", "P-900"], Listed(await ada.Get("/admin/articles?status=discontinued")));
        Assert.Equal(["P-100"], Listed(await ada.Get("/admin/articles?category=light&status=active")));
    }

    [Fact]
    public async Task Amount_and_units_of_a_price_that_change_together_are_told_as_one_price()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get(Drill), "#article", ("Values[unit_price]", "9000.00"), ("Values[price_per]", "100"));
        var entry = await shop.Entry("catalog.article-changed");
        Assert.Contains("\"before\":\"100.00 per 1\"", entry);
        Assert.Contains("\"after\":\"9000.00 per 100\"", entry);
        Assert.Equal(1, (await shop.Facts()).Count(fact => fact == "catalog.article-changed"));

        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = "sku,name,unit_price,currency,price_per\nP-100,Drill,9000.00,EUR,100\n";
        Assert.Empty(await box.Faults());
        entry = await box.Shop.Entry("catalog.article-changed");
        Assert.Contains("\"before\":\"100.00 per 1\"", entry);
        Assert.Contains("\"after\":\"9000.00 per 100\"", entry);
    }

    [Fact]
    public async Task A_form_that_will_not_do_stores_nothing_and_says_everything_that_is_wrong()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var before = await shop.Dump("product");
        var old = await ada.Get(Drill);
        var answer = await ada.Submit(old, "#article", ("Values[name]", ""), ("Values[unit_price]", "1.005"), ("Values[max_quantity]", "0"));
        Assert.Equal(3, answer.Document.QuerySelectorAll(".invalid-feedback").Count(error => error.TextContent.Length > 0));
        Assert.Contains("no article with the number", (await ada.Submit(await ada.Get(Drill), "#article", ("Values[replaced_by]", "none"))).Text);
        Assert.Contains("another article has it already", (await ada.Submit(await ada.Get("/admin/articles/new"), "#article", ("Values[sku]", "P-100"), ("Values[name]", "X"), ("Values[unit_price]", "1"), ("Values[currency]", "EUR"))).Text);
        Assert.Equal(before, await shop.Dump("product"));

        Assert.Contains("no tax rate for", (await ada.Submit(await ada.Get(Drill), "#article", ("Values[tax_class]", "unheard"))).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Submit(await ada.Get("/admin/articles?q=p-2"), "#many", ("Input.Skus", "P-200"), ("Input.TaxClass", ""), ("Input.Do", "tax-class"))).Status);
        Assert.Equal(before, await shop.Dump("product"));
        await ada.Submit(await ada.Get(Drill), "#article", ("Values[color]", "Blue"));
        Assert.Contains("Somebody has changed this article meanwhile", (await ada.Submit(old, "#article", ("Values[color]", "Red"))).Text);
        Assert.Equal("Blue", await shop.Scalar<string>("select color from product where sku = 'P-100'"));
        foreach (var other in new[] { "karim", "vera", "ines" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await (await shop.As(other)).Get(Drill)).Status);
        }
    }

    [Fact]
    public async Task A_file_changes_what_it_names_adds_what_is_new_and_shows_every_bad_line()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var before = await shop.Dump("product", "product_word");
        var bad = await Send(ada, "sku,name,unit_price,currency,category_code\nP-100,,80.00,EUR,light\nP-101,Drill bits,1.005,EUR,light\nP-102,Bits,1.00,EUR,none\nP-100,Twice,1,EUR,\nshort\n");
        Assert.Equal(["Line 5", "Line 6"], bad.Document.QuerySelectorAll("#faults li").Select(line => line.TextContent.Trim()[..6]));
        bad = await Send(ada, "sku,name,unit_price,currency,category_code\nP-100,,80.00,EUR,light\nP-101,Drill bits,1.005,EUR,light\nP-102,Bits,1.00,EUR,none\n");
        Assert.Equal(["Line 2", "Line 3", "Line 4"], bad.Document.QuerySelectorAll("#faults li").Select(line => line.TextContent.Trim()[..6]));
        Assert.Contains("Unknown column", (await Send(ada, "sku,wat\nP-100,1\n")).Text);
        Assert.Equal(before, await shop.Dump("product", "product_word"));

        var good = await Send(ada, "sku,name,unit_price,currency,replaced_by\nP-100,Drill machine,80.00,EUR,P-101\nP-101,Drill bits,1.25,EUR,\n");
        Assert.Equal("/admin/articles?added=1&changed=1", good.Location);
        Assert.Equal("drills", await shop.Scalar<string>("select c.code from product p join category c on c.id = p.category_id where p.sku = 'P-100'"));
        Assert.Equal(["P-100", "P-101"], Numbers(await (await shop.As("paul")).Get("/search?q=drill")).Order());

        // What it gives it takes back, and nothing is different then.
        var file = (await ada.Get("/admin/articles/products.csv")).Html;
        Assert.Equal(7, file.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Length);
        Assert.Equal("/admin/articles?added=0&changed=0", (await Send(ada, file)).Location);
        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = (await (await box.Shop.As("ada")).Get("/admin/articles/products.csv")).Html;
        var rows = await box.Shop.Dump("product");
        Assert.Empty(await box.Faults());
        Assert.Equal(rows, await box.Shop.Dump("product"));
    }

    [Fact]
    public async Task The_tree_of_categories_is_changed_without_circles_and_assortments_follow()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ada.Submit(await ada.Get("/admin/assortments"), "#new", ("Input.Code", "lights"), ("Input.Name", "Lights"));
        await ada.Post("/admin/assortments/lights", [("Input.Do", "add-category"), ("Input.Category", "light")], from: "/admin/assortments/lights");
        await ada.Post("/admin/assortments/lights", [("Input.Do", "give-company"), ("Input.Company", "N-1001")], from: "/admin/assortments/lights");
        await ada.Submit(await ada.Get("/admin/categories"), "#new", ("Input.Code", "lamps"), ("Input.Name", "Lamps"), ("Input.Parent", "light"));
        Assert.Contains("cannot be below itself", (await ada.Submit(await ada.Get("/admin/categories/light"), "#category", ("Input.Parent", "lamps"))).Text);
        Assert.Contains("there are categories below it", (await ada.Submit(await ada.Get("/admin/categories/light"), "#category", ("Input.Do", "remove"))).Text);

        await ada.Submit(await ada.Get("/admin/categories/drills"), "#category", ("Input.Name", "Boring machines"), ("Input.Parent", "light"));
        Assert.Equal(["P-100", "P-200", "P-300"], Numbers(await ines.Get("/products?sort=number")));
        Assert.Equal(["P-100"], Numbers(await ines.Get("/search?q=boring")));
        await ada.Submit(await ada.Get("/admin/categories/lamps"), "#category", ("Input.Do", "remove"));
        Assert.DoesNotContain("Lamps", (await ada.Get("/admin/categories")).Text);
        Assert.Equal(
            ["catalog.category-added", "catalog.category-changed", "catalog.category-changed", "catalog.category-removed"],
            (await shop.Facts()).Where(fact => fact.StartsWith("catalog.category-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_import_waits_for_who_changes_an_assortment_and_sees_what_he_has_changed()
    {
        await using var box = await ImportBox.Open(peopled: true);
        var (shop, ada) = (box.Shop, await box.Shop.As("ada"));
        await ada.Submit(await ada.Get("/admin/assortments"), "#new", ("Input.Code", "lights"), ("Input.Name", "Lights"));
        await ada.Post("/admin/assortments/lights", [("Input.Do", "add-category"), ("Input.Category", "light")], from: "/admin/assortments/lights");
        box["products.csv"] = "sku,name,category_code,unit_price,currency\nP-300,Warning lamp,light,9.00,EUR\n";
        Task<string[]> import = null!;
        await shop.Database.Write<OnBehalf.Kernel.Done>(OnBehalf.Kernel.Caller.Machine("test"), async tx =>
        {
            await AssortmentIndex.Hold(tx);
            import = Task.Run(() => box.Faults());
            if (shop.Database.Kind == DatabaseKind.Postgres)
            {
                await shop.WaitsForALock(import, "The import did not wait.");
            }

            await tx.Db.Rows<int>("insert into assortment_entry (id, assortment_id, kind, product_id) select {0}, a.id, 'without', p.id from assortment a, product p where p.sku = 'P-300' returning 1", Guid.CreateVersion7()).ToListAsync(tx.Cancel);
            await tx.Db.Rows<int>("delete from assortment_product where product_id = (select id from product where sku = 'P-300') returning 1").ToListAsync(tx.Cancel);
            return OnBehalf.Kernel.Done.It;
        });
        Assert.Empty(await import);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assortment_product a join product p on p.id = a.product_id where p.sku = 'P-300'"));
    }

    [Fact]
    public async Task The_customer_group_of_a_private_customer_gives_him_its_assortment()
    {
        await using var shop = await TestShop.Start();
        var (ada, carla) = (await shop.As("ada"), await shop.As("carla"));
        await ada.Submit(await ada.Get("/admin/customer-groups"), "#new", ("Input.Code", "club"), ("Input.Name", "Club"));
        await ada.Submit(await ada.Get($"/admin/buyers/{Characters.MembershipIdOf("carla")}/terms"), "main form", ("Input.Group", "club"));
        await ada.Submit(await ada.Get("/admin/assortments"), "#new", ("Input.Code", "club-only"), ("Input.Name", "Club only"));
        await carla.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");
        await ada.Post("/admin/assortments/club-only", [("Input.Do", "add-articles"), ("Input.Numbers", "P-300")], from: "/admin/assortments/club-only");
        await ada.Post("/admin/assortments/club-only", [("Input.Do", "give-group"), ("Input.Group", "club")], from: "/admin/assortments/club-only");
        Assert.Equal(["P-300"], Numbers(await carla.Get("/products")));
        Assert.Equal(HttpStatusCode.NotFound, (await carla.Get("/product/P-100")).Status);
        Assert.Contains("Some articles cannot be ordered", (await carla.Get("/cart")).Text);
        Assert.Contains("P-100", Numbers(await (await shop.As("ines")).Get("/products")));
    }

    internal static async Task<Answer> Send(Visitor ada, string csv, string path = "/admin/articles", string handler = "file", string field = "Input.File", string name = "products.csv") =>
        await Upload(ada, path, $"{path}?handler={handler}", field, name, Encoding.UTF8.GetBytes(csv));

    internal static async Task<Answer> Upload(Visitor visitor, string page, string action, string field, string name, byte[] bytes, params (string Name, string Value)[] fields)
    {
        var token = (await visitor.Get(page)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (key, value) in fields)
        {
            content.Add(new StringContent(value), key);
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(file, field, name);
        return await visitor.Send(new HttpRequestMessage(HttpMethod.Post, visitor.PathBase + action) { Content = content });
    }

    private static IEnumerable<string> Numbers(Answer answer) => answer.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!);

    private static IEnumerable<string> Listed(Answer answer) => Numbers(answer);
}
