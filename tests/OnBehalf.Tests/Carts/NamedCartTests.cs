using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

public sealed class NamedCartTests
{
    private const string All = "/cart/all";

    [Fact]
    public async Task A_buyer_has_several_carts_and_a_copy_stays_one_of_the_cart_it_was_made_from()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        await ines.Put("P-300", "2");
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Put("P-200", "3");
        await karim.Submit(await karim.Get("/cart"), "#cart", ("Input.Remove", (await karim.Get("/cart")).Product("P-300")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Submit(await ines.Get(All), "#new-cart", ("Input.Name", " "), ("Input.Do", "begin"))).Status);
        Assert.Equal("/cart", (await ines.Submit(await ines.Get(All), "#new-cart", ("Input.Name", "Van"), ("Input.Do", "begin"))).Location);
        Assert.Empty((await ines.Get("/cart")).Lines());
        await ines.Put("P-200", "7");
        Assert.Contains("Cart: Van", (await ines.Get("/cart")).Text);

        // The copy goes on as it was, and its order takes from the cart of which it is one, and not from the open one.
        Assert.Equal(["P-100 1", "P-200 3"], (await karim.Get("/cart")).Lines().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("has changed that cart since", (await karim.Get("/cart")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Do(ines, "delete", await Id(shop, "name is null"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Place(await karim.Get("/checkout"))).Status);
        Assert.Equal(["P-200 7"], (await ines.Get("/cart")).Lines());
        Assert.Equal("/cart", (await Do(ines, "switch", await Id(shop, "name is null"))).Location);
        Assert.Equal(["P-300 2"], (await ines.Get("/cart")).Lines());
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart where status = 'active' and base_cart_id is null"));

        Assert.Equal(All, (await Do(ines, "rename", await Id(shop, "name is null"), "Workshop")).Location);
        Assert.Equal(["Workshop (1)", "Van (1)"], (await ines.Get("/cart")).Document.QuerySelectorAll("#carts option").Select(option => option.TextContent.Trim()));
        Assert.Equal(HttpStatusCode.Conflict, (await Do(ines, "delete", await Id(shop, "name = 'Workshop'"))).Status);
        Assert.Equal(All, (await Do(ines, "delete", await Id(shop, "name = 'Van'"))).Location);
        Assert.DoesNotContain("Van", (await ines.Get(All)).Text);
        Assert.Equal(["carts.begun", "carts.switched", "carts.renamed", "carts.deleted"], (await shop.Facts()).Where(name => name is "carts.begun" or "carts.switched" or "carts.renamed" or "carts.deleted"));
    }

    [Fact]
    public async Task Which_cart_is_open_is_the_buyers_own_business_and_two_tabs_open_one()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        await ines.Submit(await ines.Get(All), "#new-cart", ("Input.Name", "Van"), ("Input.Do", "begin"));
        await ines.Put("P-200", "1");
        await ines.Submit(await ines.Get(All), "#new-cart", ("Input.Name", "Shed"), ("Input.Do", "begin"));
        var (first, van) = (await Id(shop, "name is null"), await Id(shop, "name = 'Van'"));
        var before = await shop.Dump("cart", "cart_line");
        var karim = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(All)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(All, [("Input.Do", "switch"), ("Input.Cart", van)], from: "/account")).Status);
        foreach (var stranger in new[] { "mira", "paul" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As(stranger)).Post(All, [("Input.Do", "switch"), ("Input.Cart", van)], from: "/account")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As(stranger)).Post(All, [("Input.Do", "delete"), ("Input.Cart", van)], from: "/account")).Status);
        }

        Assert.Equal(before, await shop.Dump("cart", "cart_line"));
        Assert.All(await Task.WhenAll(Do(ines, "switch", van), Do(ines, "switch", first)), answer => Assert.Equal((HttpStatusCode.SeeOther, "/cart"), (answer.Status, answer.Location)));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart where status = 'active'"));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from cart where status = 'parked'"));

        // Who leaves leaves all of them to a successor.
        var jonas = await shop.As("jonas");
        await jonas.Submit(
            await jonas.Get($"/account/company/people/{Characters.MembershipIdOf("ines")}"), "main form:has(button[value=deactivate])",
            ("Input.Successor", Characters.MembershipIdOf("jonas").ToString()), ("Input.Do", "deactivate"));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from cart_line"));
        Assert.Equal(3, (await jonas.Get(All)).Document.QuerySelectorAll("section[data-cart]").Length);
    }

    [Fact]
    public async Task Who_gets_the_carts_of_a_colleague_gets_no_copies_of_them_and_can_be_forgotten()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Put("P-200", "3");
        await ines.Submit(await ines.Get(All), "#new-cart", ("Input.Name", "Van"), ("Input.Do", "begin"));

        // What she has lies in the cart that she has set aside, and counts.
        var jonas = await shop.As("jonas");
        var page = await jonas.Get($"/account/company/people/{Characters.MembershipIdOf("ines")}");
        Assert.DoesNotContain("Nothing in the cart", page.Text);
        await jonas.Submit(page, "main form:has(button[value=deactivate])", ("Input.Successor", Characters.MembershipIdOf("mira").ToString()), ("Input.Do", "deactivate"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart where base_cart_id is not null and status = 'active'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart_line"));

        var ada = await Assistance.Sessions.CallerOf(await shop.As("ada"));
        var erased = await shop.Services.GetRequiredService<Modules.Privacy.Erasures>().Erase(ada, Characters.BuyerIdOf("mira"), "asked", default);
        Assert.False(erased.IsRefused);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart_line"));
    }

    [Fact]
    public async Task A_cart_waits_for_as_long_as_carts_are_kept_from_the_day_on_which_it_is_set_aside()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        await shop.Age("cart", "changed_at", TimeSpan.FromDays(400));
        await ines.Submit(await ines.Get(All), "#new-cart", ("Input.Name", "Van"), ("Input.Do", "begin"));
        await shop.Services.GetRequiredService<Modules.Privacy.Retention>().Run(default);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart_line"));
        await shop.Age("cart", "changed_at", TimeSpan.FromDays(400));
        await shop.Services.GetRequiredService<Modules.Privacy.Retention>().Run(default);
        Assert.Equal("Van", await shop.Scalar<string>("select name from cart"));
    }

    private static async Task<Answer> Do(Visitor ines, string what, string cart, string name = "")
    {
        await ines.Get(All);
        return await ines.Post(All, [("Input.Do", what), ("Input.Cart", cart), ("Input.Name", name)], from: All);
    }

    private static Task<string> Id(TestShop shop, string where) => shop.Scalar<string>($"select cast(id as text) from cart where base_cart_id is null and status in ('active', 'parked') and {where}");
}
