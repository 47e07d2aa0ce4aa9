using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

/// <summary>Shipping by zone, weight and sum; ways of paying by customer and country.</summary>
public sealed class ShippingAndPaymentTests
{
    [Fact]
    public async Task Shipping_costs_what_the_zone_the_weight_and_the_sum_say_and_a_code_is_never_overwritten()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update product set weight_milligrams = 2500000 where sku = 'P-100'");
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        var known = await ada.Get("/admin/shipping?code=parcel");
        Assert.Contains("line 2", (await ada.Submit(known, "#method", ("Input.Rates", "DE; 5; 0; 19.90\nXX; 1; 0; 2"))).Text);
        await ada.Submit(known, "#method", ("Input.Rates", "DE; 5; 0; 19.90\nDE; 5; 300; 15.00\nAT; 0; 0; 29.00"), ("Input.MostKilograms", "10"));
        Assert.Equal(3L, await shop.Scalar<long>("select count(*) from shipping_rate"));
        Assert.Contains("DE; 5; 300.00; 15.00", (await ada.Get("/admin/shipping?code=parcel")).Document.QuerySelector("#rates")!.TextContent);

        Assert.Contains("Code: another way of sending has it already", (await ada.Submit(await ada.Get("/admin/shipping"), "#method", ("Input.Code", "parcel"), ("Input.Name", "Mine"), ("Input.Price", "1"), ("Input.Currency", "EUR"))).Text);
        Assert.Equal("Parcel", await shop.Scalar<string>("select name from shipping_method where code = 'parcel'"));

        await ines.Put("P-100", "1");
        Assert.Contains("9.90", Methods(await ines.Get("/checkout")));
        await ines.Put("P-100", "1");
        Assert.Contains("19.90", Methods(await ines.Get("/checkout")));
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        Assert.Contains("15.00", Methods(checkout));
        await ines.Put("P-100", "1");
        Assert.DoesNotContain("Parcel", Methods(await ines.Get("/checkout")));

        // Once more by the same form: prices change, go and come.
        await ada.Submit(await ada.Get("/admin/shipping?code=parcel"), "#method", ("Input.Rates", "DE; 5; 0; 18.00\nCH; 0; 0; 33.00"), ("Input.MostKilograms", ""));
        Assert.Equal("1800 0", await shop.Scalar<string>("select price_minor || ' ' || from_minor from shipping_rate where countries = 'DE'"));
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Place(checkout)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(await ines.Get("/checkout"))).Status);
        await ada.Post("/admin/shipping?handler=remove", [("code", "parcel")], "/admin/shipping");
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from shipping_rate"));
    }

    [Fact]
    public async Task A_way_of_paying_is_offered_to_whom_it_is_meant_and_judged_again_when_the_order_is_placed_in_a_session_too()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("vera"));
        await ines.Put("P-100", "1");
        var open = await ines.Get("/checkout");
        Assert.Equal(["invoice", "purchase-order"], Payments(open));
        await Set(ada, "invoice", ("Input.Customers", "Approved"));
        await Set(ada, "purchase-order", ("Input.Customers", "Approved"));
        await Set(ada, "prepayment", ("Input.IsOn", "true"), ("Input.Customers", "Companies"), ("Input.Countries", "de, at"));
        await Set(ada, "cash-on-delivery", ("Input.IsOn", "true"), ("Input.Countries", "AT"));
        Assert.Contains("Countries: XX is none", (await ada.Submit(await ada.Get("/admin/payments"), "#invoice", ("Input.Countries", "XX"))).Text);
        Assert.Equal(4, (await shop.Facts()).Count(fact => fact == "orders.payment-method-changed"));

        // The page that was open still says invoice.
        var refused = await ines.Place(open);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("This way of paying is not offered", refused.Text);
        var session = await vera.Assisting("ines");
        Assert.Equal(["prepayment"], Payments(await session.Get("/checkout")));
        Assert.Equal(HttpStatusCode.Conflict, (await session.Place(await session.Get("/checkout"), ("Input.Payment", "invoice"))).Status);
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from orders"));

        await ada.Submit(await ada.Get("/admin/customers/N-1001/terms"), "main form", ("Input.Credit", "true"));
        Assert.Contains("pricing.credit-changed", await shop.Facts());
        Assert.Equal(["invoice", "purchase-order", "prepayment"], Payments(await ines.Get("/checkout")));
        var number = (await ines.Place(await ines.Get("/checkout"), ("Input.Payment", "prepayment"))).OrderNumber();
        Assert.Contains("Prepayment", (await ines.Get($"/account/orders/{number}")).Text);

        var carla = await shop.As("carla");
        await carla.Put("P-100", "1");
        Assert.Empty(Payments(await carla.Get("/checkout")));
    }

    [Fact]
    public async Task Shipping_prices_and_ways_of_paying_come_by_import()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["shipping_methods.csv"] = "code,name,countries,price,currency,free_from,most_weight_grams\nparcel,Parcel,DE AT,9.90,EUR,500.00,31500\n";
        box["shipping_rates.csv"] = "method_code,countries,region,from_weight_grams,from_value,price\nparcel,DE,,5000,,19.90\nparcel,DE,Kiel,,,4.00\n";
        box["payment_methods.csv"] = "code,is_on,countries,customers\nprepayment,true,DE,companies\n";
        box["customer_terms.csv"] = "company_number,email,credit_approved\nN-1001,,true\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("1990 5000000", await box.Shop.Scalar<string>("select price_minor || ' ' || from_milligrams from shipping_rate where region = ''"));
        Assert.Equal("companies", await box.Shop.Scalar<string>("select customers from payment_method"));
        box["shipping_methods.csv"] = "code,name,price,currency\nparcel,Parcel,8.90,EUR\n";
        box["customer_terms.csv"] = "company_number,email\nN-1001,\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("AT DE 890 50000 31500000", await box.Shop.Scalar<string>("select countries || ' ' || price_minor || ' ' || free_from_minor || ' ' || most_milligrams from shipping_method where code = 'parcel'"));
        Assert.Equal(1, await box.Shop.Scalar<int>("select count(*) from customer_terms where credit_approved"));
        box["shipping_rates.csv"] = "method_code,countries,region,price\nnone,DE,,1.00\nparcel,DE AT,Kiel,1.00\nparcel,DE,,1.001\n";
        Assert.Equal(3, (await box.Faults()).Length);
    }

    private static string Methods(Answer checkout) => checkout.Document.QuerySelector("#methods")!.TextContent;

    private static IReadOnlyList<string?> Payments(Answer checkout) => [.. checkout.Document.QuerySelectorAll("#payment input[type=radio]").Select(radio => radio.GetAttribute("value"))];

    private static async Task Set(Visitor ada, string code, params (string, string)[] fields) =>
        Assert.Equal("/admin/payments", (await ada.Submit(await ada.Get("/admin/payments"), "#" + code, fields)).Location);
}
