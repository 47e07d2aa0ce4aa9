using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class MemberTests
{
    private static readonly string Ines = $"/account/company/people/{Characters.MembershipIdOf("ines")}";
    private static readonly string Jonas = $"/account/company/people/{Characters.MembershipIdOf("jonas")}";

    [Fact]
    public async Task An_administrator_changes_a_role_and_it_counts_at_once()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        var ines = await shop.As("ines");
        var karim = await (await shop.As("karim")).Assisting("ines");
        Assert.Contains(Ines, (await jonas.Get("/account/company/people")).Html);

        var changed = await jonas.Submit(await jonas.Get(Ines), "form:has(button[value=role])", ("Input.Do", "role"), ("Input.Role", "viewer"));
        Assert.Equal(Ines + "?done=role", changed.Location);
        Assert.Contains("Viewer", (await jonas.Follow(changed)).Text);
        Assert.NotEqual(HttpStatusCode.OK, (await karim.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Get("/checkout")).Status);
        Assert.Contains("you are now Viewer of Nordlicht GmbH", await shop.Scalar<string>("select body from mail where kind = 'membership-changed'"));
        Assert.Single(await shop.Facts(), fact => fact == "identity.role-changed");
    }

    [Fact]
    public async Task Who_leaves_is_out_and_what_was_in_the_cart_goes_to_the_successor()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        var ines = await shop.As("ines");
        var mira = await shop.As("mira");
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        await ines.Post("/cart/lines", [("sku", "P-300"), ("quantity", "1")], from: "/product/P-300");
        await mira.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");

        // Somebody works on a copy of her cart: it goes with her, and she does not find it again when she comes back.
        await (await (await shop.As("karim")).Assisting("ines")).Put("P-300", "7");
        var page = await jonas.Get(Ines);
        Assert.Contains("2 articles in the cart.", page.Text);
        const string leave = "form:has(button[value=deactivate])";

        // Paul is of another company, Lena may not fill a cart.
        foreach (var other in new[] { "paul", "lena", "ines" })
        {
            var refused = await jonas.Submit(page, leave, ("Input.Do", "deactivate"), ("Input.Successor", Characters.MembershipIdOf(other).ToString()));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        }

        var left = await jonas.Submit(page, leave, ("Input.Do", "deactivate"), ("Input.Successor", Characters.MembershipIdOf("mira").ToString()));
        Assert.Equal(HttpStatusCode.SeeOther, left.Status);
        Assert.StartsWith("/account/login", (await ines.Get("/account")).Location);
        Assert.Equal("3000|1000", await shop.Scalar<string>(
            $"select min(case when position = 1 then cast(quantity_thousandths as text) end) || '|' || min(case when position = 2 then cast(quantity_thousandths as text) end) from cart_line l join cart c on c.id = l.cart_id where c.membership_id = '{Characters.MembershipIdOf("mira")}'"));
        Assert.Equal(0, await shop.Scalar<int>($"select count(*) from cart_line l join cart c on c.id = l.cart_id where c.membership_id = '{Characters.MembershipIdOf("ines")}'"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart where base_cart_id is not null and status = 'active'"));
        var facts = await shop.Facts();
        Assert.Single(facts, fact => fact == "carts.transferred");
        Assert.Single(facts, fact => fact == "identity.member-deactivated");

        var back = await jonas.Submit(await jonas.Get(Ines), "form:has(button[value=reactivate])", ("Input.Do", "reactivate"));
        Assert.Equal(HttpStatusCode.SeeOther, back.Status);
        Assert.Equal(HttpStatusCode.OK, (await (await shop.As("ines")).Get("/account")).Status);
    }

    [Fact]
    public async Task One_administrator_always_stays_whoever_takes_the_role_away()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        Assert.Contains("your own place", (await jonas.Get(Jonas)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await jonas.Post(Jonas, [("Input.Do", "deactivate")], from: Ines)).Status);

        var vera = await shop.As("vera");
        var office = $"/admin/buyers/{Characters.MembershipIdOf("jonas")}/place";
        Assert.Contains(office, (await vera.Get(office[..^6])).Html);
        foreach (var what in new[] { ("role", "viewer"), ("deactivate", "viewer") })
        {
            var refused = await vera.Submit(await vera.Get(office), "form:has(button[value=role])", ("Input.Do", what.Item1), ("Input.Role", what.Item2));
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Contains("last administrator", refused.Text);
        }

        // Two administrators who take the role from each other at the same moment.
        await shop.Sql($"update membership set role = 'administrator' where id = '{Characters.MembershipIdOf("ines")}'");
        var ines = await shop.As("ines");
        var (his, hers) = (await jonas.Get(Ines), await ines.Get(Jonas));
        await Task.WhenAll(
            jonas.Submit(his, "form:has(button[value=role])", ("Input.Do", "role"), ("Input.Role", "viewer")),
            ines.Submit(hers, "form:has(button[value=role])", ("Input.Do", "role"), ("Input.Role", "viewer")));
        Assert.Equal(1, await shop.Scalar<int>($"select count(*) from membership where role = 'administrator' and company_id = '{Characters.Nordlicht}'"));
    }

    [Fact]
    public async Task Nobody_else_manages_the_people_of_a_company_and_nobody_in_a_session()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Get(Jonas)).Status);
        var jonas = await shop.As("jonas");
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get($"/account/company/people/{Characters.MembershipIdOf("paul")}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await shop.As("karim")).Assisting("jonas")).Get(Ines)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("sam")).Get($"/admin/buyers/{Characters.MembershipIdOf("ines")}/place")).Status);
    }

    [Fact]
    public async Task Who_has_not_come_is_invited_again_but_not_all_the_time()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql($"update buyer set password_hash = null where id = '{Characters.BuyerIdOf("ines")}'");
        var jonas = await shop.As("jonas");
        Assert.Equal(Ines + "?done=invite", (await jonas.Submit(await jonas.Get(Ines), "form:has(button[value=invite])", ("Input.Do", "invite"))).Location);
        Assert.Equal("ines@buyers.example", await shop.Scalar<string>("select to_address from mail where kind = 'invitation'"));
        Assert.Equal(HttpStatusCode.Conflict, (await jonas.Submit(await jonas.Get(Ines), "form:has(button[value=invite])", ("Input.Do", "invite"))).Status);
    }
}
