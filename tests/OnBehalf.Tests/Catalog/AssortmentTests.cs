using System.Net;
using OnBehalf.Data;
using OnBehalf.Modules.Catalog;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>What is not in somebody's assortment does not exist for him; Nordlicht (Ines) has one, Bergwerk has none of its own.</summary>
public sealed class AssortmentTests
{
    [Fact]
    public async Task What_is_not_in_the_assortment_of_a_company_does_not_exist_for_its_people_anywhere()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Post("/cart/lines", [("sku", "P-300"), ("quantity", "1")], from: "/product/P-300");
        var ada = await shop.As("ada");
        await Make(ada, "light-only", "Light only", ("add-category", "Input.Category", "light"), ("leave-out", "Input.Numbers", "P-300"), ("give-company", "Input.Company", "N-1001"));
        Assert.Contains("1 article", (await ada.Get("/admin/assortments/light-only")).Text);

        Assert.Equal(["P-200"], Numbers(await ines.Get("/products")));
        Assert.Equal(["P-200"], Numbers(await ines.Get("/products?sort=price-down")));
        Assert.Equal(["P-200"], Numbers(await ines.Get("/category/light")));
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/category/tools")).Status);
        Assert.DoesNotContain("Tools", (await ines.Get("/")).Text);
        Assert.Equal(["P-200"], Numbers(await ines.Get("/")));
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/product/P-100")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/product/P-300")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/product/P-900")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/product/P-200")).Status);
        Assert.Empty(Numbers(await ines.Get("/search?q=cordless")));
        Assert.DoesNotContain("P-100", Numbers(await ines.Get("/search?q=P-100")));
        Assert.DoesNotContain("cordless", (await ines.Get("/search?q=cordles")).Text);
        Assert.Equal(["P-200"], Numbers(await ines.Get("/search?q=cable")));
        Assert.DoesNotContain("no longer sold", (await ines.Get("/search?q=P-900")).Text);

        // By its number it is as unknown as one that was never there; what lay in the cart stays and cannot be ordered.
        var added = await ines.Post("/cart?handler=add", [("Input.Sku", "P-100"), ("Input.Quantity", "1")], from: "/cart");
        Assert.Contains("There is no article with the number “P-100”", added.Text);
        var cart = await ines.Get("/cart");
        Assert.Contains("please remove the article", cart.Text);
        Assert.Contains("Some articles cannot be ordered", cart.Text);

        // Whoever acts for her sees what she sees; whoever is not of the company still sees all.
        var session = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(["P-200"], Numbers(await session.Get("/products")));
        Assert.Equal(HttpStatusCode.NotFound, (await session.Get("/product/P-100")).Status);
        Assert.Equal(HttpStatusCode.OK, (await shop.Anonymous().Get("/product/P-100")).Status);
        Assert.Contains("catalog.assortment-given", await shop.Facts());
    }

    [Fact]
    public async Task The_nearest_counts_the_company_before_those_above_it_before_its_country_before_everybody()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await Make(ada, "rest", "The rest", ("add-articles", "Input.Numbers", "P-400"), ("give-everybody", "Input.Name", "The rest"));
        Assert.Equal(["P-400"], Numbers(await ines.Get("/products")));
        Assert.Equal(["P-400"], Numbers(await shop.Anonymous().Get("/products")));

        await Make(ada, "germany", "Germany", ("add-articles", "Input.Numbers", "P-300"), ("give-country", "Input.Country", "DE"));
        Assert.Equal(["P-300"], Numbers(await ines.Get("/products")));
        Assert.Equal(["P-400"], Numbers(await shop.Anonymous().Get("/products")));

        // Its customer group is nearer than its country.
        var company = (await shop.Scalar<string>("select cast(id as text) from company where number = 'N-1001'"))!;
        var group = Guid.CreateVersion7().ToString().ToUpperInvariant();
        await shop.Sql($"insert into customer_group (id, code, name, version) values ('{group}', 'gold', 'Gold', 1)");
        await shop.Sql($"insert into customer_terms (id, company_id, customer_group_id, version) values ('{group}', '{company.ToUpperInvariant()}', '{group}', 1)");
        await Make(ada, "gold", "Gold", ("add-articles", "Input.Numbers", "P-100"), ("give-group", "Input.Group", "gold"));
        Assert.Equal(["P-100"], Numbers(await ines.Get("/products")));
        Assert.Contains("its customer group has it", (await ada.Get("/admin/assortments?company=N-1001")).Text);

        // A company above Nordlicht gets one: the tree inherits it.
        var above = (await shop.Scalar<string>($"select number from company where number <> 'N-1001' order by number limit 1"))!;
        await shop.Sql(shop.Database.Kind == DatabaseKind.Postgres
            ? $"set session_replication_role = replica; update company set parent_id = (select id from company where number = '{above}') where number = 'N-1001'; reset session_replication_role"
            : $"update company set parent_id = (select id from company where number = '{above}') where number = 'N-1001'");
        await Make(ada, "group", "The group", ("add-articles", "Input.Numbers", "P-200"), ("give-company", "Input.Company", above));
        Assert.Equal(["P-200"], Numbers(await ines.Get("/products")));
        Assert.Contains("above it, has it", (await ada.Get("/admin/assortments?company=N-1001")).Text);

        await Make(ada, "own", "Their own", ("add-articles", "Input.Numbers", "P-100\nP-300"), ("give-company", "Input.Company", "N-1001"));
        Assert.Equal(["P-100", "P-300"], Numbers(await ines.Get("/products?sort=number")));
        Assert.Contains("it is given to the company itself", (await ada.Get("/admin/assortments?company=N-1001")).Text);

        // Taken again, what is above counts again; an assortment that somebody has cannot be removed.
        var page = await ada.Get("/admin/assortments/own");
        var removed = await ada.Post("/admin/assortments/own", [("Input.Do", "remove")], from: "/admin/assortments/own");
        Assert.Contains("Somebody has this assortment", removed.Text);
        var assignment = page.Document.QuerySelector("#assignments button")!.GetAttribute("value")!;
        await ada.Post("/admin/assortments/own", [("Input.Assignment", assignment)], from: "/admin/assortments/own");
        Assert.Equal(["P-200"], Numbers(await ines.Get("/products")));
    }

    [Fact]
    public async Task What_comes_into_a_category_by_import_comes_into_the_assortments_that_hold_it()
    {
        await using var box = await ImportBox.Open(peopled: true);
        var ines = await box.Shop.As("ines");
        box["assortments.csv"] = "code,name\nlamps,Lamps\n";
        box["assortment_contents.csv"] = "assortment_code,kind,code\nlamps,category,light\nlamps,without,P-200\nlamps,article,P-100\n";
        box["assortment_customers.csv"] = "assortment_code,kind,code\nlamps,company,N-1001\nlamps,country,AT\n";
        Assert.Empty(await box.Faults());
        Assert.Equal(["P-100", "P-300"], Numbers(await ines.Get("/products?sort=number")));
        var dump = await box.Shop.Dump("assortment", "assortment_entry", "assortment_product", "assortment_assignment");
        Assert.Empty(await box.Faults());
        Assert.Equal(dump, await box.Shop.Dump("assortment", "assortment_entry", "assortment_product", "assortment_assignment"));

        box.Clear();
        box["products.csv"] = "sku,name,category_code,unit_price,currency,status\nP-310,Head lamp,light,9.00,EUR,\nP-300,Warning lamp,light,9.00,EUR,discontinued\n";
        Assert.Empty(await box.Faults());
        Assert.Equal(["P-100", "P-310"], Numbers(await ines.Get("/products?sort=number")));
        Assert.Equal(["P-310"], Numbers(await ines.Get("/search?q=lamp")));
        Assert.Equal(2, await box.Shop.Scalar<int>("select products from assortment where code = 'lamps'"));

        box.Clear();
        box["assortment_contents.csv"] = "assortment_code,kind,code\nlamps,category,none\nnone,article,P-100\nlamps,article,none\n";
        box["assortment_customers.csv"] = "assortment_code,kind,code\nlamps,company,none\nlamps,country,XX\nlamps,everybody,X\n";
        var faults = await box.Faults();
        Assert.Equal(6, faults.Length);
    }

    [Fact]
    public async Task A_large_assortment_finds_by_words_what_a_small_one_finds()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await Make(ada, "light-only", "Light only", ("add-category", "Input.Category", "light"), ("give-company", "Input.Company", "N-1001"));
        string[] questions = ["lamp", "cable", "wire", "warning lamp", "P-3", "cordless", "lamb", "señal", "cable lamp"];
        var small = new List<string>();
        foreach (var question in questions)
        {
            small.Add(string.Join(' ', Numbers(await ines.Get("/search?q=" + Uri.EscapeDataString(question)))));
        }

        await shop.Sql("update assortment set products = 100000");
        for (var i = 0; i < questions.Length; i++)
        {
            Assert.Equal(small[i], string.Join(' ', Numbers(await ines.Get("/search?q=" + Uri.EscapeDataString(questions[i])))));
        }

        Assert.Equal("P-300", small[0]);
        Assert.Equal("", small[5]);
    }

    [Fact]
    public async Task Only_administrators_of_the_shop_make_assortments()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Get("/admin/assortments")).Status);
        var ada = await shop.As("ada");
        Assert.Contains("small letters", (await ada.Post("/admin/assortments", [("Input.Code", "No Code"), ("Input.Name", "X")], from: "/admin/assortments")).Text);
        await Make(ada, "a", "A");
        Assert.Contains("already", (await ada.Post("/admin/assortments", [("Input.Code", "a"), ("Input.Name", "X")], from: "/admin/assortments")).Text);
        Assert.Contains("There is no article with the number “P-7”", (await ada.Post("/admin/assortments/a", [("Input.Do", "add-articles"), ("Input.Numbers", "P-100 P-7")], from: "/admin/assortments/a")).Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assortment_entry"));
    }

    internal static async Task Make(Visitor ada, string code, string name, params (string Do, string Field, string Value)[] steps)
    {
        Assert.Equal("/admin/assortments/" + code, (await ada.Post("/admin/assortments", [("Input.Code", code), ("Input.Name", name)], from: "/admin/assortments")).Location);
        foreach (var (verb, field, value) in steps)
        {
            var answer = await ada.Post("/admin/assortments/" + code, [("Input.Do", verb), (field, value)], from: "/admin/assortments/" + code);
            Assert.True(answer.Status == HttpStatusCode.SeeOther, answer.Text);
        }
    }

    private static List<string> Numbers(Answer page) => [.. page.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!)];
}
