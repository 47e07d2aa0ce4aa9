using OnBehalf.Tests.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>Cable P-200 comes in packages of 12 m, from 24 m on, at most 60 m; the old saw P-900 is replaced by the drill P-100.</summary>
public sealed class QuantityTests
{
    private const string Rules =
        "sku,name,category_code,unit_price,currency,unit,pack_quantity,min_quantity,max_quantity,status,replaced_by\n"
        + "P-200,\"Cable 3 x 1.5, by the metre\",light,1.25,EUR,m,12,20,60,active,\nP-900,Old saw,tools,30.00,EUR,,,,,discontinued,P-100\n";

    [Fact]
    public async Task Packages_least_and_most_hold_by_every_way_into_the_cart()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = Rules;
        Assert.Empty(await box.Faults());
        var ines = await box.Shop.As("ines");
        var page = await ines.Get("/product/P-200");
        Assert.Contains("In packages of 12 m, from 24 m on, at most 60 m in one order.", page.Text);
        Assert.Equal("24", page.Document.QuerySelector("#quantity")!.GetAttribute("value"));

        // By number, by the button of a list, by the form of the cart, and as a list.
        var refused = await ines.Post("/cart?handler=add", [("Input.Sku", "P-200"), ("Input.Quantity", "13")], from: "/cart");
        Assert.Contains("This article comes in packages of 12 m: order 24 m.", refused.Text);
        Assert.Contains("sold from 24 m on", (await ines.Post("/cart/lines", [("sku", "P-200"), ("quantity", "12")], from: "/product/P-200")).Text);
        await ines.Post("/cart/lines", [("sku", "P-200")], from: "/product/P-200");
        Assert.Equal(24_000, await box.Shop.Scalar<long>("select quantity_thousandths from cart_line"));
        await ines.Post("/cart/lines", [("sku", "P-200")], from: "/product/P-200");
        Assert.Equal(36_000, await box.Shop.Scalar<long>("select quantity_thousandths from cart_line"));
        var cart = await ines.Get("/cart");
        var wrong = await ines.Submit(cart, "#cart", ("Input.Lines[0].Quantity", "40"));
        Assert.Contains("order 36 or 48 m", wrong.Document.QuerySelector(".cart-line .invalid-feedback")!.TextContent);
        Assert.Contains("At most 60 m", (await ines.Submit(cart, "#cart", ("Input.Lines[0].Quantity", "72"))).Text);
        Assert.Equal("/cart", (await ines.Submit(cart, "#cart", ("Input.Lines[0].Quantity", "60"))).Location);

        // A rule that came later is said at the line, and the checkout waits for it.
        box["products.csv"] = Rules.Replace(",60,", ",48,");
        Assert.Empty(await box.Faults());
        cart = await ines.Get("/cart");
        Assert.Contains("At most 48 m", cart.Text);
        Assert.Contains("Some articles cannot be ordered", cart.Text);
        Assert.Equal("/cart", (await ines.Get("/checkout")).Location);
    }

    [Fact]
    public async Task What_is_no_longer_sold_leads_to_what_replaces_it()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = Rules;
        Assert.Empty(await box.Faults());
        var ines = await box.Shop.As("ines");
        var page = await ines.Get("/product/P-900");
        Assert.Contains("It is replaced by Cordless drill 18 V (P-100)", page.Text);
        Assert.NotNull(page.Document.QuerySelector("a[href='/product/P-100']"));
        Assert.Contains("It is replaced by P-100", (await ines.Post("/cart?handler=add", [("Input.Sku", "P-900"), ("Input.Quantity", "1")], from: "/cart")).Text);

        await ines.Post("/cart/lines", [("sku", "P-200")], from: "/product/P-200");
        box["products.csv"] = "sku,name,category_code,unit_price,currency,status,replaced_by\nP-200,Cable,light,1.25,EUR,discontinued,P-300\n";
        Assert.Empty(await box.Faults());
        Assert.Contains("It is replaced by Señal warning lamp (P-300)", (await ines.Get("/cart")).Text);
    }

    [Fact]
    public async Task A_rule_that_nobody_could_keep_and_a_successor_that_is_not_there_are_faults()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = "sku,name,unit_price,currency,pack_quantity,min_quantity,max_quantity,replaced_by\n"
            + "A,A,1,EUR,12,,6,\nB,B,1,EUR,12,20,23,\nC,C,1,EUR,,,,NONE\nD,D,1,EUR,,,,D\nE,E,1,EUR,0,,,\nF,F,1,EUR,12,20,24,G\nG,G,1,EUR,0.5,,,\n";
        var faults = await box.Faults();
        Assert.Equal(5, faults.Length);
        Assert.DoesNotContain(faults, fault => fault.Contains("line 7", StringComparison.Ordinal) || fault.Contains("line 8", StringComparison.Ordinal));
    }
}
