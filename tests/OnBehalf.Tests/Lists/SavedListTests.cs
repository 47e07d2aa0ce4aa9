using System.Net;
using System.Text.Json;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Lists;

/// <summary>Ines, Jonas and Mira are of Nordlicht, Lena there only looks, Paul is of another company.</summary>
public sealed class SavedListTests
{
    private const string Lists = "/account/lists";

    [Fact]
    public async Task Lists_say_who_made_or_changed_them_for_whom_and_are_narrowed_to_him()
    {
        await using var shop = await TestShop.Start();
        var (ines, karim) = (await shop.As("ines"), await (await shop.As("karim")).Assisting("ines"));
        await ines.Submit(await ines.Get(Lists), "#new-list", ("Input.Name", "Van"));
        Assert.Null((await ines.Get(Lists)).Document.QuerySelector("#by"));
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get(Lists), "#new-list", ("Input.Name", "Workshop"))).Status);
        var all = await ines.Get(Lists);
        Assert.Equal(2, all.Document.QuerySelectorAll("a.fw-bold").Length);
        Assert.StartsWith("by Karim Weiss for Ines Albrecht", Assert.Single(all.Document.QuerySelectorAll(".last-hand")).TextContent, StringComparison.Ordinal);
        Assert.NotNull(all.Document.QuerySelector("#by option[value='Karim Weiss']"));
        foreach (var visitor in new[] { ines, karim })
        {
            Assert.Equal("Workshop", Assert.Single((await visitor.Get(Lists + "?by=Karim+Weiss")).Document.QuerySelectorAll("a.fw-bold")).TextContent);
        }

        Assert.Equal(2, (await ines.Get(Lists + "?by=Nobody")).Document.QuerySelectorAll("a.fw-bold").Length);
    }

    [Fact]
    public async Task A_list_is_filled_from_article_and_cart_shared_with_the_company_and_put_into_a_cart()
    {
        await using var shop = await TestShop.Start();
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Submit(await ines.Get(Lists), "#new-list", ("Input.Name", " "))).Status);
        var path = (await ines.Submit(await ines.Get("/account/lists/choice?sku=P-100"), "#choice", ("Input.Quantity", "2"), ("Input.List", ""), ("Input.Name", "Van"))).Location!;
        await ines.Put("P-100", "1");
        await ines.Put("P-200", "3");
        Assert.Equal(path, (await ines.Submit(await ines.Get("/account/lists/choice"), "#choice", ("Input.List", path.Split('/')[^1]))).Location);
        var list = await ines.Get(path);
        Assert.Equal(["P-100 3", "P-200 3"], Lines(list));
        Assert.Contains("90.00 EUR", list.Text.Replace('\u00A0', ' '));
        Assert.Equal(2, (await ines.Get("/cart")).Lines().Count);

        // What cannot be ordered is not put on, and nobody else has the list until it is shared.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Submit(list, "#add", ("Input.Sku", "P-900"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get(path)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(list, "#head", ("Input.Share", "read"))).Status);
        Assert.Contains("A list of Ines Albrecht, shared with the company, to read.", (await jonas.Get(path)).Text);
        var taken = await jonas.Submit(await jonas.Get(path), "#to-cart");
        Assert.Equal("/cart?many=2", taken.Location);
        Assert.Equal(["P-100 3", "P-200 3"], (await jonas.Get("/cart")).Lines());

        // An article that is gone is said, and the rest goes in.
        await shop.Sql("update product set status = 'discontinued' where sku = 'P-200'");
        var rest = await jonas.Submit(await jonas.Get(path), "#to-cart");
        Assert.Contains("One article is in the cart. Not these:", rest.Text);
        Assert.Contains("P-200", rest.Document.QuerySelector("#wrong-lines")!.TextContent);
        await shop.Sql("update product set status = 'active' where sku = 'P-200'");

        var json = JsonDocument.Parse((await jonas.Get("/account/api" + path["/account".Length..])).Html).RootElement;
        Assert.Equal("Ines Albrecht", json.GetProperty("owner").GetString());
        Assert.Equal(["P-100", "P-200"], json.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("sku").GetString()));
        Assert.Equal("Van", JsonDocument.Parse((await ines.Get("/account/api/lists")).Html).RootElement[0].GetProperty("name").GetString());
        Assert.Contains("lists.added", await shop.Facts());
        Assert.Contains("lists.changed", await shop.Facts());
    }

    [Fact]
    public async Task Nobody_changes_a_list_that_is_not_shared_so_and_nobody_loses_the_change_of_another()
    {
        await using var shop = await TestShop.Start();
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        var path = (await ines.Submit(await ines.Get("/account/lists/choice?sku=P-100"), "#choice", ("Input.List", ""), ("Input.Name", "Van"))).Location!;
        var id = path.Split('/')[^1];
        await ines.Submit(await ines.Get(path), "#head", ("Input.Share", "read"));
        var before = await shop.Dump("saved_list", "saved_list_line");
        Assert.Null((await jonas.Get(path)).Document.QuerySelector("#add"));
        Assert.Equal(HttpStatusCode.Forbidden, (await jonas.Post($"{path}?handler=add", [("Input.Sku", "P-200")], from: path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await jonas.Post($"{path}/removal", [("Input.Version", "99")], from: path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await jonas.Post($"{path}?handler=name", [("Input.Name", "Mine"), ("Input.Version", "99")], from: path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("lena")).Post($"{path}?handler=add", [("Input.Sku", "P-200")], from: path)).Status);
        foreach (var stranger in new[] { "paul", "carla" })
        {
            var visitor = await shop.As(stranger);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/account/api/lists/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"{path}?handler=add", [("Input.Sku", "P-200")], from: "/account")).Status);
        }

        Assert.Equal(before, await shop.Dump("saved_list", "saved_list_line"));

        // With the right to change both put something on at once, and a form that is late is refused.
        await ines.Submit(await ines.Get(path), "#head", ("Input.Share", "edit"));
        var late = await jonas.Get(path);
        await Task.WhenAll(ines.Submit(await ines.Get(path), "#add", ("Input.Sku", "P-200")), jonas.Submit(late, "#add", ("Input.Sku", "P-300")));
        Assert.Equal(["P-100 1", "P-200 1", "P-300 1"], Lines(await ines.Get(path)).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, (await jonas.Submit(late, "#list", ("Input.Lines[0].Quantity", "9"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Submit(await jonas.Get(path), "#list", ("Input.Lines[0].Quantity", "9"))).Status);
        Assert.Contains("P-100 9", Lines(await ines.Get(path)));

        // Whoever acts for her works on it too, and it says so.
        var karim = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get(path), "#add", ("Input.Sku", "P-300"))).Status);
        Assert.Contains("by Karim Weiss for Ines Albrecht", (await ines.Get(path)).Text);
        Assert.Contains("Changed Señal warning lamp", (await ines.Get("/account/assistance")).Text);

        // Whoever leaves leaves it to a successor.
        var place = await jonas.Get($"/account/company/people/{Characters.MembershipIdOf("ines")}");
        Assert.Contains("One list of articles.", place.Text);
        await jonas.Submit(place, "main form:has(button[value=deactivate])", ("Input.Successor", Characters.MembershipIdOf("jonas").ToString()), ("Input.Do", "deactivate"));
        Assert.Contains("Your list, shared with the company", (await jonas.Get(path)).Text);
        Assert.Contains("lists.transferred", await shop.Facts());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await jonas.Submit(await jonas.Get(path), "#head", ("Input.Share", "everybody"))).Status);
        var named = (await jonas.Get(path)).Document.QuerySelector("#head input[name='Input.Version']")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await jonas.Post($"{path}/removal", [("Input.Version", named)], from: path)).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from saved_list where share = 'edit'"));
        Assert.Equal(Lists, (await jonas.Post($"{path}/removal", [("Input.Delete", "true"), ("Input.Version", (await jonas.Get(path)).Document.QuerySelector("#head input[name='Input.Version']")!.GetAttribute("value")!)], from: path)).Location);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from saved_list_line"));
    }

    private static IReadOnlyList<string> Lines(Answer list) =>
        [.. list.Document.QuerySelectorAll(".list-line").Select(line => $"{line.GetAttribute("data-sku")} {line.QuerySelector("input.form-control")?.GetAttribute("value")}")];
}
