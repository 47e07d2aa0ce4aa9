using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

/// <summary>Coupons in the cart, and by import.</summary>
public sealed class CartCouponTests
{
    [Fact]
    public async Task A_coupon_is_entered_seen_and_removed_in_the_cart_and_used_with_the_order_in_a_session_by_its_operator()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("vera"));
        foreach (var code in new[] { "TEN", "SESSION" })
        {
            await ada.Submit(await ada.Get("/admin/coupons"), "#new", ("Input.Code", code), ("Input.Name", code + " off"), ("Input.Kind", "percent"), ("Input.Percent", "10"), ("Input.IsCombinable", "true"), ("Input.Times", "1"));
        }

        await ines.Put("P-100", "1");
        var wrong = await ines.Submit(await ines.Get("/cart"), "#add-coupon", ("Input.Coupon", "none"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("There is no coupon NONE", wrong.ErrorAt("coupon"));
        Assert.Equal("/cart", (await ines.Submit(await ines.Get("/cart"), "#add-coupon", ("Input.Coupon", "ten"))).Location);
        Assert.Contains("-9.00", (await ines.Get("/cart")).Document.QuerySelector("#coupons")!.TextContent);
        Assert.Contains("TEN off (TEN)", (await ines.Get("/checkout")).Text);
        await ines.Submit(await ines.Get("/cart"), "form[action$='uncoupon']");
        Assert.DoesNotContain("TEN", (await ines.Get("/cart")).Document.QuerySelector("#coupons")!.TextContent);
        Assert.Equal(["carts.coupon-added", "carts.coupon-removed"], (await shop.Facts()).TakeLast(2));

        // In a session the coupon goes into its copy of the cart, by the operator.
        var session = await vera.Assisting("ines");
        await session.Submit(await session.Get("/cart"), "#add-coupon", ("Input.Coupon", "SESSION"));
        Assert.Equal(["carts.branched", "carts.coupon-added"], (await shop.Facts()).TakeLast(2));
        Assert.DoesNotContain("SESSION", (await ines.Get("/cart")).Document.QuerySelector("#coupons")!.TextContent);
        var placed = await session.Place(await session.Get("/checkout"));
        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal("SESSION 900", await shop.Scalar<string>("select coupon_codes || ' ' || discount_minor from orders"));
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from cart where coupon_codes is not null and status = 'active'"));

        // Used up by then, it stays in the cart and says why it does nothing; the checkout refuses until it is taken out.
        await ines.Put("P-100", "1");
        Assert.Contains("is used up", (await ines.Submit(await ines.Get("/cart"), "#add-coupon", ("Input.Coupon", "SESSION"))).Text);
        Assert.NotEqual(HttpStatusCode.SeeOther, (await (await shop.As("lena")).Post("/cart?handler=coupon", [("Input.Coupon", "TEN")], from: "/cart")).Status);
    }

    [Fact]
    public async Task Of_two_who_order_at_once_with_the_last_coupon_in_their_carts_one_gets_it()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/coupons"), "#new", ("Input.Code", "LAST"), ("Input.Name", "The last"), ("Input.Kind", "percent"), ("Input.Percent", "10"), ("Input.Times", "1"));
        var checkouts = new List<(Visitor Visitor, Answer Page)>();
        foreach (var name in new[] { "ines", "mira", "paul" })
        {
            var visitor = await shop.As(name);
            await visitor.Put("P-100", "1");
            await visitor.Submit(await visitor.Get("/cart"), "#add-coupon", ("Input.Coupon", "LAST"));
            checkouts.Add((visitor, await visitor.Get("/checkout")));
        }

        var placed = await Task.WhenAll(checkouts.Select(one => one.Visitor.Place(one.Page)));
        Assert.Equal(1, placed.Count(answer => answer.Status == HttpStatusCode.SeeOther));
        Assert.Equal("1 1", await shop.Scalar<string>("select used || ' ' || (select count(*) from coupon_use) from coupon"));
    }

    [Fact]
    public async Task Coupons_come_by_import_and_what_they_give_stays()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["coupons.csv"] = "code,name,kind,percent,amount,least,currency,category_code,sku,valid_until,times,times_each,combinable\n"
            + "SPRING,Spring,percent,10,,50.00,EUR,tools,,2099-12-31T00:00:00Z,100,1,true\nFIVE,Five off,amount,,5.00,,EUR,,P-100,,,,\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("100000 5000 100 1", await box.Shop.Scalar<string>("select percent_millionths || ' ' || least_minor || ' ' || times || ' ' || times_each from coupon where code = 'SPRING'"));
        box["coupons.csv"] = "code,name,kind,percent,amount,least,currency,category_code,sku,times\nSPRING,Spring,percent,10,,50.00,EUR,tools,,200\n";
        Assert.Empty(await box.Faults());
        Assert.Equal(200, await box.Shop.Scalar<int>("select times from coupon where code = 'SPRING'"));
        box["coupons.csv"] = "code,name,kind,percent,least,currency,category_code,combinable\nSPRING,Spring,percent,10,50.00,EUR,tools,false\n";
        Assert.Single(await box.Faults());
        box["coupons.csv"] = "code,name,kind,percent,amount,currency,sku,times\nSPRING,Spring,percent,20,,,,\nlow,Low,percent,1,,,,\nA,A,amount,,5.00,,,\nB,B,percent,,,,,\nC,C,percent,1,,,P-7,\nD,D,percent,1,,,,1.5\n";
        Assert.Equal(6, (await box.Faults()).Length);
    }
}
