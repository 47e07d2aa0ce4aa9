using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

public sealed class CheckoutTests
{
    // 2 × 90.00 + 3 × 19.99 = 239.97; with the parcel at 9.90, 19 % of 249.87 is 47.4753.
    [Fact]
    public async Task An_order_costs_what_a_person_computes_by_hand()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "3");

        var checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Method", "parcel"));
        Assert.Equal(HttpStatusCode.OK, checkout.Status);
        Assert.Equal("297.35 EUR", checkout.Total());
        Assert.Contains("Tax 19 % on 249.87 EUR47.48 EUR", checkout.Text.Replace('\u00A0', ' '));
        var placed = await ines.Place(checkout, ("Input.Payment", "purchase-order"), ("Input.PurchaseOrderNumber", "PO-77"), ("Input.Comment", "Ring\r\ntwice"));

        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal($"/account/orders/SO-{TimeProvider.System.GetUtcNow().Year}-000001?placed=true", placed.Location);
        var order = await ines.Follow(placed);
        Assert.Equal("297.35 EUR", order.Total());
        Assert.Contains("is placed. A confirmation goes to ines@", order.Text);
        Assert.Contains("purchase order PO-77", order.Text);
        Assert.Equal("placed by Ines Albrecht", order.Document.QuerySelector("#placed-by")!.TextContent);
        Assert.Equal("239.97 9.90 47.48 297.35", await Amounts(shop));
        Assert.Equal("Your cart is empty", (await ines.Get("/cart")).Document.QuerySelector(".empty-title")!.TextContent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_wanted_day_and_what_is_said_of_an_article_are_checked_and_stand_wherever_the_order_does(bool inSession)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var who = inSession ? await (await shop.As("karim")).Assisting("ines") : ines;
        await who.Put("P-100", "1");
        await who.Put("P-300", "2");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        foreach (var (day, note, at) in new[] { (Day(-1), "", "wanted-on"), ("1.3.2027", "", "wanted-on"), (Day(368), "", "wanted-on"), ("", new string('x', 201), "note-1"), ("", "Two\nlines", "note-1") })
        {
            var wrong = await who.Place(await who.Get("/checkout"), ("Input.WantedOn", day), ("Input.Notes[1].Text", note));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.NotNull(wrong.Document.GetElementById(at + "-error"));
        }

        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
        var number = (await who.Place(await who.Get("/checkout"), ("Input.WantedOn", Day(9)), ("Input.Notes[1].Text", " Cut to <2 m> "))).OrderNumber();
        var (shown, said) = ($"Requested delivery: {today.AddDays(9):d MMM yyyy}", "Cut to <2 m>");
        var order = await ines.Get($"/account/orders/{number}");
        Assert.Equal($"{today.AddDays(9):d MMM yyyy}", order.Document.QuerySelector("#wanted-on")!.TextContent);
        Assert.Equal($"“{said}”", Assert.Single(order.Document.QuerySelectorAll(".line-comment")).TextContent);
        var vera = await shop.As("vera");
        Assert.Equal("/admin/orders/" + number, (await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/shipped"), "#step")).Location);
        foreach (var paper in new[] { await ines.Get($"/account/orders/{number}/print"), await ines.Get($"/account/orders/{number}/documents/1"), await vera.Get($"/staff/orders/{number}/print") })
        {
            Assert.Contains(shown, paper.Text);
            Assert.Contains(said, paper.Text);
        }

        Assert.Contains(said, (await vera.Get($"/admin/orders/{number}")).Text);
        Assert.Equal(Day(9), OrderFile.Cell((await (await shop.As("karim")).Get($"/staff/orders.csv?tab=customers&q={number}")).Html, "requested_delivery"));
        var mail = await shop.Scalar<string>("select body from mail where kind = 'order-placed'");
        Assert.Contains(shown, mail);
        Assert.Contains($"\"{said}\"", mail);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from order_line where comment is not null"));

        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    // 10 × 85.00 = 850.00 is above 500.00, so the parcel is free; 19 % of 850.00 is 161.50.
    [Fact]
    public async Task From_a_sum_on_shipping_is_free()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "10");

        var checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Method", "parcel"));

        Assert.Contains("Parcel, free from 500.00 EUR", checkout.Text.Replace('\u00A0', ' '));
        Assert.Equal("1,011.50 EUR", checkout.Total());
    }

    // To Austria: 180.00 + 9.90, 20 % of 189.90 is 37.98.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_typed_address_is_taxed_where_it_is_and_kept_only_when_ticked(bool keep)
    {
        await using var shop = await TestShop.Start();
        var before = await shop.Dump("address");
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        (string, string)[] typed =
        [
            ("Input.Shipping", "new"), ("Input.NewShipping.Recipient", "Baustelle"), ("Input.NewShipping.Line1", "Ring 1"), ("Input.NewShipping.PostalCode", "1010"),
            ("Input.NewShipping.City", "Wien"), ("Input.NewShipping.Country", "AT"), ("Input.Method", "parcel"), ("Input.NewShipping.Save", keep ? "true" : "false"),
        ];

        var checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", typed);
        Assert.Equal("227.88 EUR", checkout.Total());
        var order = await ines.Follow(await ines.Place(checkout));

        Assert.Contains("Baustelle Ring 1 1010 Wien Austria", order.Text);
        Assert.Contains("Nordlicht GmbH Hafenstraße 1 24103 Kiel Germany", order.Text);
        var after = await shop.Dump("address");
        Assert.Equal(keep, before != after);
        Assert.Equal(keep ? 1 : 0, (await shop.Facts()).Count(fact => fact == "addresses.added"));
        await ines.Put("P-100", "1");
        Assert.Equal(keep ? 2 : 1, (await ines.Get("/checkout")).Document.QuerySelectorAll("#shipping input[type=radio]:not([value=same]):not([value=new])").Length);
    }

    [Theory]
    [InlineData("Input.Billing", "new", "billing-Line1", "Type the street and number.")]
    [InlineData("Input.Billing", "new", "billing-City", "Type the city.")]
    [InlineData("Input.Shipping", "new", "shipping-Line1", "Type the street and number.")]
    [InlineData("Input.NewShipping.Country", "Atlantis", "shipping-Country", "Choose the country.")]
    [InlineData("Input.NewShipping.Country", "", "shipping-Country", "Choose the country.")]
    [InlineData("Input.NewShipping.PostalCode", "123456789012345678901", "shipping-PostalCode", "at most 20 characters")]
    [InlineData("Input.NewShipping.Recipient", "a\tb", "shipping-Recipient", "must be on one line")]
    [InlineData("Input.Payment", "purchase-order", "po", "Type the number of your purchase order")]
    [InlineData("Input.PurchaseOrderNumber", "123456789012345678901234567890123456789012345678901", "po", "at most 50 characters")]
    [InlineData("Input.Comment", "bell \a", "comment", "cannot be printed")]
    public async Task A_field_that_is_wrong_says_so_and_nothing_is_placed(string field, string value, string id, string sentence)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var before = await shop.Dump("cart", "cart_line", "orders", "mail", "address");

        (string, string)[] fields = field.StartsWith("Input.NewShipping") ? [("Input.Shipping", "new"), (field, value)] : [(field, value)];
        var answer = await ines.Place(await ines.Get("/checkout"), fields);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(sentence, answer.ErrorAt(id));
        Assert.Contains("Nothing was placed yet", answer.Text);
        Assert.Equal(before, await shop.Dump("cart", "cart_line", "orders", "mail", "address"));
    }

    [Theory]
    [InlineData("Input.Billing", "", "#billing-error", "Choose an address, or type one.")]
    [InlineData("Input.Billing", "00000000-0000-7000-8000-000000000832", "#billing-error", "Choose an address, or type one.")]
    [InlineData("Input.Shipping", "nonsense", "#shipping-error", "Choose an address, or type one.")]
    [InlineData("Input.Method", "", "#method-error", "Choose how it should be sent.")]
    [InlineData("Input.Method", "drone", "#method-error", "does not go to that address")]
    [InlineData("Input.Payment", "", "#payment-error", "Choose how you want to pay.")]
    [InlineData("Input.Payment", "gold", "#payment-error", "Choose how you want to pay.")]
    public async Task A_choice_that_is_none_says_so(string field, string value, string message, string sentence)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");

        var answer = await ines.Place(await ines.Get("/checkout"), (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(sentence, answer.Document.QuerySelector(message)!.TextContent);
        Assert.Equal("", await shop.Dump("orders"));
    }

    [Theory]
    [InlineData("Input.Cart", "nonsense")]
    [InlineData("Input.Version", "nonsense")]
    [InlineData("Input.Total", "nonsense")]
    [InlineData("Input.Place", "perhaps")]
    public async Task A_form_that_no_page_of_ours_wrote_places_nothing(string field, string value)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");

        var answer = await ines.Submit(await ines.Get("/checkout"), "#checkout", field == "Input.Place" ? [(field, value)] : [(field, value), ("Input.Place", "true")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("", await shop.Dump("orders"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public async Task A_checkout_without_its_key_places_nothing(string key)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");

        var answer = await ines.Place(await ines.Get("/checkout"), ("Input.Key", key));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("lost its one-time key", answer.Text);
        Assert.Equal("", await shop.Dump("orders"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(answer)).Status);
    }

    [Fact]
    public async Task A_price_that_changed_since_the_page_was_shown_is_shown_again_and_not_ordered()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        await shop.Sql("update price set price_minor = 9500 where min_quantity_thousandths = 1000");

        var answer = await ines.Place(checkout);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("The total is 237.88 EUR now; it was 225.98 EUR when you last saw it. Nothing was placed.", answer.Text);
        Assert.Equal("237.88 EUR", answer.Total());
        Assert.Equal("", await shop.Dump("orders", "mail"));
        Assert.Equal("237.88 EUR", (await ines.Follow(await ines.Place(answer))).Total());
    }

    [Fact]
    public async Task A_cart_that_changed_since_the_page_was_shown_is_shown_again_and_not_ordered()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        await ines.Put("P-200", "1");

        var answer = await ines.Place(checkout);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("The cart was changed since you opened this page.", answer.Text);
        Assert.Contains("1 × Cable", answer.Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(answer)).Status);
    }

    [Fact]
    public async Task What_was_chosen_last_time_is_chosen_again_as_far_as_it_goes_there()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        Assert.Equal("parcel", Chosen(checkout));
        await ines.Place(await ines.Submit(checkout, "#checkout", ("Input.Method", "pickup")));
        await ines.Put("P-100", "2");

        checkout = await ines.Get("/checkout");
        Assert.Equal("pickup", Chosen(checkout));
        checkout = await ines.Submit(checkout, "#checkout", ("Input.Method", "parcel"));
        (string, string)[] toNorway = [("Input.Shipping", "new"), ("Input.NewShipping.Line1", "Kai 1"), ("Input.NewShipping.City", "Oslo"), ("Input.NewShipping.Country", "NO")];
        var norway = await ines.Submit(checkout, "#checkout", toNorway);
        Assert.Equal("pickup", Chosen(norway));
        Assert.Equal("180.00 EUR", norway.Total());

        static string? Chosen(Answer page) => page.Document.QuerySelector("#methods input[checked]")?.GetAttribute("value");
    }

    [Fact]
    public async Task A_company_on_hold_reads_why_it_cannot_order()
    {
        await using var shop = await TestShop.Start();
        var hanna = await shop.As("hanna");
        await hanna.Put("P-300", "1");

        Assert.Contains("Pausenhof KG is on hold", (await hanna.Get("/cart")).Text);
        var checkout = await hanna.Get("/checkout");
        Assert.Contains("Pausenhof KG is on hold at the moment and cannot order.", checkout.Text);
        Assert.Null(checkout.Document.QuerySelector("#checkout"));
    }

    [Fact]
    public async Task A_company_that_was_put_on_hold_since_the_page_was_shown_places_nothing()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        var checkout = await ines.Get("/checkout");
        await shop.Sql("update company set status = 'on-hold' where number = 'N-1001'");

        var answer = await ines.Place(checkout);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("Nordlicht GmbH is on hold at the moment and cannot order. Nothing was placed", answer.Text);
        Assert.Equal("", await shop.Dump("orders"));
    }

    [Fact]
    public async Task A_company_of_unknown_country_is_asked_for_it()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update company set country = null where number = 'N-1001'");
        await shop.Sql("delete from address");
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");

        var checkout = await ines.Get("/checkout");
        Assert.Contains("We do not know the country of Nordlicht GmbH yet", checkout.ErrorAt("billing-Country"));
        Assert.Equal("", checkout.Document.QuerySelector("#billing-Country option[selected]")?.GetAttribute("value") ?? "");
        var refused = await ines.Place(checkout, ("Input.NewBilling.Line1", "Kai 1"), ("Input.NewBilling.City", "Kiel"));
        Assert.Equal("Choose the country.", refused.ErrorAt("billing-Country"));

        Assert.Contains("Choose how it should be sent.", refused.Document.QuerySelector("#method-error")!.TextContent);
        var known = await ines.Submit(refused, "#checkout", ("Input.NewBilling.Country", "DE"));
        Assert.Equal("225.98 EUR", known.Total());
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(known)).Status);
        Assert.Equal("", await shop.Dump("address"));
    }

    [Fact]
    public async Task A_consumer_orders_at_base_prices_without_a_company()
    {
        await using var shop = await TestShop.Start();
        var carla = await shop.As("carla");
        await carla.Put("P-100", "1");

        var checkout = await carla.Submit(
            await carla.Get("/checkout"), "#checkout", ("Input.NewBilling.Line1", "Via 1"), ("Input.NewBilling.City", "Wien"), ("Input.NewBilling.Country", "AT"));
        Assert.Equal("131.88 EUR", checkout.Total());
        Assert.Contains("Place order for Carla Conti", checkout.Text);
        var order = await carla.Follow(await carla.Place(checkout));

        Assert.Equal("131.88 EUR", order.Total());
        Assert.Equal("placed by Carla Conti", order.Document.QuerySelector("#placed-by")!.TextContent);
    }

    [Fact]
    public async Task Whoever_may_not_order_does_not_get_to_the_checkout()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("lena")).Get("/checkout")).Status);
    }

    [Fact]
    public async Task Without_articles_the_checkout_leads_back_to_the_cart()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal("/cart", (await (await shop.As("ines")).Get("/checkout")).Location);
    }

    private static async Task<string> Amounts(TestShop shop)
    {
        var parts = new List<string>();
        foreach (var column in new[] { "lines_minor", "shipping_minor", "tax_minor", "total_minor" })
        {
            var minor = await shop.Scalar<long>($"select {column} from orders");
            parts.Add($"{minor / 100}.{minor % 100:00}");
        }

        return string.Join(' ', parts);
    }
}
