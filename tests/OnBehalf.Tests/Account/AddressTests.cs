using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Account;

public sealed class AddressTests
{
    private static readonly (string, string)[] Warehouse =
        [("Input.Label", "Warehouse"), ("Input.Line1", "Kai 7"), ("Input.City", "Lübeck"), ("Input.PostalCode", "23552"), ("Input.Country", "DE"), ("Input.IsBilling", "false")];

    [Fact]
    public async Task An_address_is_added_changed_and_removed_each_with_its_fact()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var added = await ines.Submit(await ines.Get("/account/addresses/new"), "main form", Warehouse);
        Assert.Equal("/account/addresses?done=added", added.Location);
        var list = await ines.Follow(added);
        Assert.Contains("Kai 7", list.Text);
        Assert.Contains("Kai 7", (await (await shop.As("jonas")).Get("/account/addresses")).Text);
        Assert.DoesNotContain("Kai 7", (await (await shop.As("paul")).Get("/account/addresses")).Text);

        var page = await ines.Get(Link(list, "Warehouse"));
        Assert.Equal("Lübeck", page.Document.QuerySelector("[name='Input.City']")!.GetAttribute("value"));
        Assert.False(page.Document.QuerySelector("[name='Input.IsBilling']")!.HasAttribute("checked"));
        var changed = await ines.Submit(page, "main form", ("Input.Line1", "Kai 8"));
        Assert.Contains("Kai 8", (await ines.Follow(changed)).Text);
        var removed = await ines.Post(page.Document.QuerySelector("main button[formaction]")!.GetAttribute("formaction")!, [], from: page.Path);
        Assert.DoesNotContain("Kai 8", (await ines.Follow(removed)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get(page.Path)).Status);
        Assert.Equal(["addresses.added", "addresses.changed", "addresses.removed"], (await shop.Facts()).Where(fact => fact.StartsWith("addresses.")));
    }

    [Fact]
    public async Task An_address_of_ones_own_is_seen_by_nobody_else_of_the_company()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Submit(await ines.Get("/account/addresses/new"), "main form", [.. Warehouse, ("Input.Owner", "own")]);
        var list = await ines.Get("/account/addresses");
        Assert.Contains("Only for you", list.Text);
        var jonas = await shop.As("jonas");
        Assert.DoesNotContain("Kai 7", (await jonas.Get("/account/addresses")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get(Link(list, "Warehouse"))).Status);
    }

    [Fact]
    public async Task Nobody_reaches_the_addresses_of_another_company()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var path = Link(await ines.Get("/account/addresses"), "Head office");
        var paul = await shop.As("paul");
        var before = await shop.Dump("address");
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Post(path, Warehouse.Append(("Input.Version", "1")), from: "/account/addresses/new")).Status);
        await paul.Post(path + "/removal", [], from: "/account/addresses/new");
        Assert.Equal(before, await shop.Dump("address"));
        foreach (var id in new[] { "x", "%01", Guid.NewGuid().ToString() })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/account/addresses/" + id)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await ines.Post("/account/addresses/" + id, Warehouse, from: "/account/addresses/new")).Status);
        }
    }

    [Fact]
    public async Task A_viewer_looks_only_and_so_does_who_acts_in_mode_view()
    {
        await using var shop = await TestShop.Start();
        var lena = await shop.As("lena");
        Assert.Equal(HttpStatusCode.OK, (await lena.Get("/account/addresses")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await lena.Get("/account/addresses/new")).Status);
        Assert.Empty((await lena.Get("/account/addresses")).Document.QuerySelectorAll("main a[href*='addresses/']"));
        var looking = await (await shop.As("karim")).Assisting("ines", Mode.View);
        var before = await shop.Dump("address");
        Assert.Equal(HttpStatusCode.Forbidden, (await looking.Post("/account/addresses/new", Warehouse, from: "/account/addresses")).Status);
        Assert.Equal(before, await shop.Dump("address"));
        await shop.Sql("update assisted_session set mode = 'order'");
        var acting = looking;
        Assert.Equal($"{acting.PathBase}/account/addresses?done=added", (await acting.Submit(await acting.Get("/account/addresses/new"), "main form", Warehouse)).Location);
    }

    [Fact]
    public async Task Of_two_who_change_one_address_the_second_is_told()
    {
        await using var shop = await TestShop.Start();
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        var path = Link(await ines.Get("/account/addresses"), "Head office");
        var (hers, his) = (await ines.Get(path), await jonas.Get(path));
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(hers, "main form", ("Input.City", "Bremen"))).Status);
        var late = await jonas.Submit(his, "main form", ("Input.City", "Hamburg"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("changed by somebody else", late.Text);
        Assert.Equal("Hamburg", late.Document.QuerySelector("[name='Input.City']")!.GetAttribute("value"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from address where city = 'Bremen'"));
    }

    [Theory]
    [InlineData("Line1", "")]
    [InlineData("Line1", "a\nb")]
    [InlineData("City", " ")]
    [InlineData("Country", "")]
    [InlineData("Country", "XX")]
    [InlineData("Country", "de")]
    [InlineData("PostalCode", "123456789012345678901")]
    [InlineData("Label", "123456789012345678901234567890123456789012345678901")]
    [InlineData("Recipient", "a\tb")]
    [InlineData("Region", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task What_will_not_do_is_refused_at_its_field_with_all_that_was_typed(string field, string value)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var before = await shop.Dump("address");
        var answer = await ines.Submit(
            await ines.Get("/account/addresses/new"), "main form", [.. Warehouse.Where(pair => pair.Item1 != $"Input.{field}"), ($"Input.{field}", value), ("Input.Line2", "Gate 3")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("true", answer.Document.QuerySelector($"[name='Input.{field}']")!.GetAttribute("aria-invalid"));
        Assert.NotEqual("", answer.Document.GetElementById($"Input_{field}-error")!.TextContent);
        Assert.Equal("Gate 3", answer.Document.QuerySelector("[name='Input.Line2']")!.GetAttribute("value"));
        Assert.Equal(before, await shop.Dump("address"));
    }

    private static string Link(Answer list, string label) =>
        list.Document.QuerySelectorAll("main a").Single(a => a.GetAttribute("aria-label")?.EndsWith(label, StringComparison.Ordinal) == true).GetAttribute("href")!;
}
