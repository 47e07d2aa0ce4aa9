using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Carts;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>What an operator prepared, handed over to the buyer. P-100 costs Ines 90.00, and 85.00 from ten on.</summary>
public sealed class ProposalTests
{
    [Fact]
    public async Task A_proposal_is_made_mailed_read_taken_and_ordered_at_its_price()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var inside = await Karim(shop);
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "4"), ("Input.Lines[0].Price", "80"), ("Input.Lines[0].Reason", "price-match"));
        await inside.Put("P-200", "5");
        var cart = await inside.Get("/cart");
        await inside.Submit(cart, "#cart", ("Input.Remove", cart.Product("P-300")));

        var made = await inside.Submit(await inside.Get("/cart"), "#propose", ("Input.Words", "As we said on the telephone."));
        Assert.Equal($"{inside.PathBase}/cart?proposed=true", made.Location);
        Assert.Equal(["P-100 2", "P-300 1"], (await inside.Follow(made)).Lines());
        var mail = await shop.Mail("proposal-made");
        Assert.Contains("Karim Weiss proposes changes to your cart", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("As we said on the telephone.", mail.Body, StringComparison.Ordinal);

        // Nothing of his is changed before he takes it.
        Assert.Equal(["P-100 2", "P-300 1"], (await ines.Get("/cart")).Lines());
        var way = (await ines.Get("/account")).Document.QuerySelector("[data-proposal] a")!.GetAttribute("href")!;
        Assert.Contains(way, mail.Body, StringComparison.Ordinal);
        Assert.Equal(way, (await ines.Get("/cart")).Document.QuerySelector("[data-proposal] a")!.GetAttribute("href"));
        var page = await ines.Get(way);
        Assert.Contains("As we said on the telephone.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Changed Quantity: 4 instead of 2 80.00 EUR 90.00 EUR Agreed: price match. This price counts for 4.", Line(page, "P-100"), StringComparison.Ordinal);
        Assert.Contains("Added Quantity: 5", Line(page, "P-200"), StringComparison.Ordinal);
        Assert.Contains("Taken out Quantity: 0 instead of 1", Line(page, "P-300"), StringComparison.Ordinal);

        var taken = await ines.Submit(page, "#proposal", ("Input.Do", "all"));
        Assert.Contains("You have taken 3 of 3 lines", (await ines.Follow(taken)).Text, StringComparison.Ordinal);
        cart = await ines.Get("/cart");
        Assert.Equal(["P-100 4", "P-200 5"], cart.Lines());
        Assert.Contains("80.00 EUR", cart.Line("P-100"), StringComparison.Ordinal);
        Assert.Null(cart.Document.QuerySelector("[data-proposal]"));
        Assert.Contains("has taken all that you proposed", (await shop.Mail("proposal-answered")).Body, StringComparison.Ordinal);

        await ines.Place(await ines.Get("/checkout"));
        Assert.Equal("8000 9000 price-match Karim", await shop.Scalar<string>(
            "select cast(l.price_minor as text) || ' ' || cast(l.regular_price_minor as text) || ' ' || l.agreed_reason || ' ' || s.first_name from order_line l join staff s on s.id = l.agreed_by_id"));
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from orders where operator_name is not null"));
        Assert.Equal(
            ["carts.proposed", "carts.line-taken", "carts.line-taken", "carts.line-taken", "carts.proposal-taken"],
            (await shop.Facts()).Where(fact => fact.StartsWith("carts.propos", StringComparison.Ordinal) || fact == "carts.line-taken"));
        Assert.Equal("proposed", await shop.Scalar<string>("select status from cart where base_cart_id is not null"));
    }

    [Fact]
    public async Task Some_lines_are_taken_and_the_others_are_not()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var (way, _) = await Proposed(shop, async inside =>
        {
            await inside.Put("P-200", "5");
            await inside.Put("P-300", "3");
        });
        var page = await ines.Get(way);
        var nothing = await Answer(ines, page, "some");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.Contains("Tick what you want to take", nothing.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await Answer(ines, page, "some", "P-300")).Status);
        Assert.Equal(["P-100 2", "P-300 3"], (await ines.Get("/cart")).Lines());
        Assert.Equal(["P-300"], await Taken(shop));
        Assert.Contains("Taken in part", (await ines.Get("/cart/proposals")).Text, StringComparison.Ordinal);

        // It is answered once.
        var again = await Answer(ines, page, "all");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(["P-100 2", "P-300 3"], (await ines.Get("/cart")).Lines());
    }

    [Fact]
    public async Task A_proposal_is_declined_with_a_reason_that_the_operator_reads()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var (way, _) = await Proposed(shop, inside => inside.Put("P-200", "5"));
        var page = await ines.Get(way);
        var silent = await ines.Submit(page, "#decline", ("Input.Do", "decline"), ("Input.Answer", " "));
        Assert.Contains("why you decline it", silent.Document.QuerySelector("#answer-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(page, "#decline", ("Input.Do", "decline"), ("Input.Answer", "Too many, sorry."))).Status);
        Assert.Equal(["P-100 2"], (await ines.Get("/cart")).Lines());
        var mail = await shop.Mail("proposal-answered");
        Assert.Contains("Too many, sorry.", mail.Body, StringComparison.Ordinal);
        Assert.Contains("has declined your proposal", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Too many, sorry.", await shop.Dump("audit_event", "audit_private"));
        Assert.Contains("carts.proposal-declined", await shop.Facts());
    }

    [Fact]
    public async Task What_the_buyer_changed_meanwhile_stays_and_is_shown_beside_the_proposal()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var (way, _) = await Proposed(shop, async inside =>
        {
            await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "4"), ("Input.Lines[1].Quantity", "6"));
            await inside.Put("P-200", "5");
        });
        var stale = await ines.Get(way);
        await ines.Submit(await ines.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "3"));

        // What he saw was another cart.
        Assert.Contains("changed in another window", (await Answer(ines, stale, "all")).Text, StringComparison.Ordinal);
        var page = await ines.Get(way);
        Assert.NotNull(page.Document.QuerySelector("#conflicts"));
        Assert.Contains("You have 3 now; it was 2 when this was prepared.", Line(page, "P-100"), StringComparison.Ordinal);
        Assert.False(page.Document.QuerySelector("[data-sku='P-100'] input")!.HasAttribute("checked"));
        Assert.True(page.Document.QuerySelector("[data-sku='P-300'] input")!.HasAttribute("checked"));

        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(page, "#proposal", ("Input.Do", "all"))).Status);
        Assert.Equal(["P-100 3", "P-200 5", "P-300 6"], (await ines.Get("/cart")).Lines().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_price_counts_for_what_was_proposed_and_for_a_time()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var (way, inside) = await Proposed(shop, async inside =>
        {
            await inside.Put("P-100", "4");
            await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", "80"), ("Input.Lines[0].Reason", "price-match"));
        });
        await Answer(ines, await ines.Get(way), "all");
        await ines.Submit(await ines.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "400"));
        var cart = await ines.Get("/cart");
        Assert.Contains("85.00 EUR", cart.Line("P-100"), StringComparison.Ordinal);
        Assert.Contains("80.00 EUR is agreed for a quantity of 4.", cart.Line("P-100"), StringComparison.Ordinal);
        await ines.Submit(cart, "#cart", ("Input.Lines[0].Quantity", "4"));
        Assert.Contains("320.00 EUR", (await ines.Get("/cart")).Line("P-100"), StringComparison.Ordinal);

        // A session goes on with it.
        await inside.Put("P-200", "1");
        Assert.Contains("320.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
        await shop.Age("cart_line", "agreed_until", TimeSpan.FromDays(15), "agreed_until is not null");
        Assert.Contains("360.00 EUR", (await ines.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_made_a_proposal_sees_what_became_of_it_and_takes_it_back()
    {
        await using var shop = await TestShop.Start();
        var (ines, karim, vera) = (await shop.As("ines"), await shop.As("karim"), await shop.As("vera"));
        Assert.Contains("None yet", (await karim.Get("/staff/proposals")).Text, StringComparison.Ordinal);
        var (way, _) = await Proposed(shop, inside => inside.Put("P-200", "5"));
        var page = await karim.Get("/staff/proposals");
        Assert.Contains("Waits for an answer", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ines Albrecht", page.Text, StringComparison.Ordinal);

        // It is nobody else's.
        Assert.Null((await vera.Get("/staff/proposals")).Document.QuerySelector("[data-proposal]"));
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Post("/staff/proposals", [("withdraw", way.Split('/')[^1])], from: "/staff/proposals")).Status);

        var hers = await ines.Get(way);
        Assert.Equal("/staff/proposals", (await karim.Submit(page, "[data-proposal] form", ("withdraw", way.Split('/')[^1]))).Location);
        Assert.Contains("Withdrawn", (await karim.Get("/staff/proposals")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await karim.Post("/staff/proposals", [("withdraw", way.Split('/')[^1])], from: "/staff/proposals")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Answer(ines, hers, "all")).Status);
        Assert.Contains("This proposal was withdrawn", (await ines.Get(way)).Text, StringComparison.Ordinal);
        Assert.Empty((await ines.Get("/cart")).Lines());
        Assert.Contains("carts.proposal-withdrawn", await shop.Facts());
    }

    [Fact]
    public async Task A_proposal_that_nobody_answers_is_over_after_its_time()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var (way, _) = await Proposed(shop, inside => inside.Put("P-200", "5"));
        var proposals = shop.Services.GetRequiredService<Proposals>();
        var page = await ines.Get(way);
        await shop.Age("cart_proposal", "expires_at", TimeSpan.FromDays(13.9));
        Assert.Equal(0, await proposals.Expire(CancellationToken.None));
        Assert.NotNull((await ines.Get("/cart")).Document.QuerySelector("[data-proposal]"));
        await shop.Age("cart_proposal", "expires_at", TimeSpan.FromDays(0.2));
        Assert.Null((await ines.Get("/cart")).Document.QuerySelector("[data-proposal]"));
        Assert.Contains("The time of this proposal is up", (await ines.Get(way)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await Answer(ines, page, "all")).Status);

        Assert.Equal(1, await proposals.Expire(CancellationToken.None));
        Assert.Equal(0, await proposals.Expire(CancellationToken.None));
        Assert.Single(await shop.Facts(), "carts.proposal-expired");
        Assert.Contains("was not answered", (await shop.Mail("proposal-answered")).Subject, StringComparison.Ordinal);
        Assert.Contains("Not answered in time", (await (await shop.As("karim")).Get("/staff/proposals")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abuse17_Nothing_beyond_the_operators_limits_is_proposed_and_what_is_ordered_counts_for_his_month()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await Price(inside, "50");
        await Limit(await shop.As("ada"), ("Name", "Reps"), ("Role", "sales-rep"), ("MostOff", "10"), ("Month", "50.00"), ("Currency", "EUR"));
        var refused = await inside.Submit(await inside.Get("/cart"), "#propose");
        Assert.Contains("P-100: by yourself you may go down to 81.00 EUR", refused.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from cart_proposal"));

        // One that waits for approval is not proposed before it has it.
        await Price(inside, "85");
        var cart = await inside.Get("/cart");
        await inside.Submit(cart, "#cart", ("Input.Lines[0].Price", "70"), ("Input.Lines[0].Reason", "price-match"), ("Input.Ask", cart.Product("P-100")));
        Assert.Contains("70.00 EUR waits for approval", (await inside.Submit(await inside.Get("/cart"), "#propose")).Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        await shop.Sql("update deal set status = 'taken-back'");

        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Submit(await inside.Get("/cart"), "#propose")).Status);
        var way = (await ines.Get("/cart")).Document.QuerySelector("[data-proposal] a")!.GetAttribute("href")!;
        await Answer(ines, await ines.Get(way), "all");
        await ines.Place(await ines.Get("/checkout"));
        await inside.Put("P-100", "2");
        Assert.Contains("Given away this month: 10.00 EUR of 50.00 EUR.", (await inside.Get("/cart")).Document.QuerySelector("#month")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abuse19_Nobody_takes_in_a_session_what_he_or_another_operator_proposed()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var (way, inside) = await Proposed(shop, inside => inside.Put("P-200", "5"));
        var other = await (await shop.As("vera")).Assisting("ines");
        foreach (var session in new[] { inside, other })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await session.Get(way)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await session.Get("/cart/proposals")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await session.Post(way, [("Input.Do", "all")], from: "/cart")).Status);
            Assert.Null((await session.Get("/cart")).Document.QuerySelector("[data-proposal]"));
        }

        // Nor another buyer, who has the link, nor who is not signed in.
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("paul")).Get(way)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("paul")).Post(way, [("Input.Do", "all")], from: "/cart")).Status);
        Assert.StartsWith("/account/login", (await shop.Anonymous().Get(way)).Location, StringComparison.Ordinal);
        Assert.Equal("open", await shop.Scalar<string>("select status from cart_proposal"));
        Assert.Equal(["P-100 2"], (await ines.Get("/cart")).Lines());

        // What is sent along changes neither price nor quantity nor article.
        var page = await ines.Get(way);
        await ines.Submit(page, "#proposal", ("Input.Do", "all"), ("Input.Price", "0"), ("Input.Quantity", "900"), ("Input.Chosen", Guid.NewGuid().ToString()));
        Assert.Equal(["P-100 2", "P-200 5"], (await ines.Get("/cart")).Lines());
    }

    [Fact]
    public async Task What_cannot_be_proposed_is_told()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "2");
        var inside = await Karim(shop);
        Assert.Null((await inside.Get("/cart")).Document.QuerySelector("#propose"));
        Assert.Equal(HttpStatusCode.Conflict, (await Force(inside)).Status);
        await inside.Put("P-200", "5");
        var cart = await inside.Get("/cart");
        Assert.Contains("may have 500 characters", (await inside.Submit(cart, "#propose", ("Input.Words", new string('x', 501)))).Document.QuerySelector("#hand-over-words-error")!.TextContent, StringComparison.Ordinal);
        await inside.Submit(cart, "#cart", ("Input.Remove", cart.Product("P-200")));
        Assert.Contains("There is nothing to propose", (await inside.Submit(await inside.Get("/cart"), "#propose")).Text, StringComparison.Ordinal);
        Assert.Contains("changed in another window", (await inside.Submit(cart, "#propose")).Text, StringComparison.Ordinal);
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "8.00"), ("Input.DiscountReason", "loyalty"));
        Assert.Contains("cannot be proposed", (await inside.Submit(await inside.Get("/cart"), "#propose")).Text, StringComparison.Ordinal);

        // His own cart he has already.
        Assert.Equal(HttpStatusCode.Forbidden, (await Force(await shop.As("ines"))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from cart_proposal"));
    }

    private static async Task<Answer> Force(Visitor visitor) => await visitor.Post(
        "/cart?handler=propose", [("Input.Cart", await visitor.Shop.Scalar<string>("select lower(cast(id as text)) from cart")), ("Input.Version", $"{await visitor.Shop.Scalar<int>("select version from cart")}")], from: "/cart");

    private static async Task<(string Way, Visitor Inside)> Proposed(TestShop shop, Func<Visitor, Task> prepare)
    {
        var inside = await Karim(shop);
        await prepare(inside);
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Submit(await inside.Get("/cart"), "#propose")).Status);
        return ("/cart/proposals/" + await shop.Scalar<string>("select lower(cast(id as text)) from cart_proposal"), inside);
    }

    /// <summary>Sends the form with these articles ticked, and no others.</summary>
    private static Task<Answer> Answer(Visitor buyer, Answer page, string action, params string[] ticked)
    {
        var form = page.Document.QuerySelector("#proposal")!;
        return buyer.Post(
            page.Path,
            [
                ("Input.Do", action), ("Input.Cart", form.QuerySelector("[name='Input.Cart']")!.GetAttribute("value")!), ("Input.Version", form.QuerySelector("[name='Input.Version']")!.GetAttribute("value")!),
                .. ticked.Select(sku => ("Input.Chosen", form.QuerySelector($"[data-sku='{sku}'] input")!.GetAttribute("value")!)),
            ],
            from: page.Path);
    }

    private static async Task<IEnumerable<string>> Taken(TestShop shop) =>
        (await shop.Scalar<string>("select p.sku from cart_proposal_line l join product p on p.id = l.product_id where l.is_taken")).Split(' ');

    private static async Task<Answer> Price(Visitor inside, string price) =>
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", price), ("Input.Lines[0].Reason", "price-match"));

    private static async Task Limit(Visitor ada, params (string Name, string Value)[] fields) => Assert.Equal(
        HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/deal-limits"), "#new", [.. fields.Select(field => ("Input." + field.Name, field.Value))])).Status);

    private static string Line(Answer page, string sku) =>
        System.Text.RegularExpressions.Regex.Replace(page.Document.QuerySelector($"[data-sku='{sku}']")!.TextContent.Replace('\u00A0', ' '), @"\s+", " ");

    private static async Task<Visitor> Karim(TestShop shop)
    {
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        return await (await shop.As("karim")).Assisting("ines");
    }
}
