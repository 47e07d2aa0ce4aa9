using System.Net;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Südwind AG (Paul buys) is a dealer, Nordlicht GmbH (Ines buys, Jonas runs it) its end customer.</summary>
public sealed class DealerTests
{
    private const string Customers = "/account/company/end-customers";
    private const string Mandates = "/account/company/mandates";

    [Fact]
    public async Task Somebody_of_a_dealer_acts_for_an_end_customer_by_its_mandate_and_a_rule_and_everybody_reads_for_whom_he_works()
    {
        await using var shop = await Shop();
        var paul = await shop.As("paul");

        // Without a mandate the end customer's people are not even there.
        Assert.DoesNotContain("Ines", (await paul.Get(Customers)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(ActPath("ines"))).Status);
        await Give(shop, "dealer");
        Assert.Contains("All people of Südwind AG for Ines Albrecht", (await (await shop.As("jonas")).Get(Mandates)).Text);

        var list = await paul.Get(Customers);
        Assert.Contains("Nordlicht GmbH", list.Text);
        Assert.Contains("Ines Albrecht", list.Text);
        Assert.DoesNotContain("Lena", list.Text);
        Assert.Contains("Ines Albrecht", (await paul.Get(Customers + "?find=nordl")).Text);
        Assert.DoesNotContain("Ines", (await paul.Get(Customers + "?find=ostwind")).Text);
        var inside = await Act(paul, "ines");
        var bar = await inside.Get("/cart");
        Assert.Contains("Acted by Paul Südmann of Südwind AG (Dealer) for Ines Albrecht", WebUtility.HtmlDecode(bar.Html));
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Put("P-100", "1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(Mandates)).Status);
        var back = await inside.Post("/assisted-session/end", [], from: "/account");
        Assert.Equal(Customers, back.Location);

        Assert.Contains("Paul Südmann of Südwind AG acted for you", (await (await shop.As("ines")).Get("/account/assistance")).Text);
        Assert.Contains("Paul Südmann of Südwind AG (Dealer) acted for you", (await shop.Scalar<string>("select body from mail where kind = 'session-ended'")).ReplaceLineEndings(" "));
        Assert.Contains("Paul Südmann of Südwind AG for Ines Albrecht", (await (await shop.As("ada")).Get("/admin/audit?action=carts")).Text);
    }

    [Fact]
    public async Task What_is_not_his_stays_closed_to_a_dealer()
    {
        await using var shop = await Shop();
        await Give(shop, "membership:" + Characters.MembershipIdOf("paul"));
        var paul = await shop.As("paul");
        Assert.Equal(HttpStatusCode.OK, (await paul.Get(ActPath("ines"))).Status);

        // Not those whom the mandate does not cover, not the company's colleagues for the dealer, and nobody where nothing is a dealer.
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(ActPath("lena"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("ines")).Get(ActPath("paul"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("jonas")).Get(Customers)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("carla")).Get(Customers)).Status);

        // By the standard rules no dealer acts: nobody opens customers to other companies by not naming them.
        await shop.Put(ShopPolicy.Standard);
        Assert.Contains("data-code=\"assistance.dealers-not-covered\"", (await paul.Get(ActPath("ines"))).Html);
        await Rule(shop);

        // Of another dealer, the same mandate opens nothing.
        await shop.Sql($"update company set parent_id = '{Id(Characters.OnHold.Value)}' where number = 'N-1001'");
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(ActPath("ines"))).Status);
    }

    [Fact]
    public async Task Somebody_of_a_dealer_acts_for_an_end_customer_as_a_whole_by_a_mandate_for_everybody_and_a_rule_that_covers_companies()
    {
        await using var shop = await Shop();
        var (paul, jonas) = (await shop.As("paul"), await shop.As("jonas"));
        const string act = Customers + "/N-1001/act";

        // A mandate for one person is none for the company; one for everybody is, once a rule of the shop covers companies.
        await Give(shop, "dealer");
        await Rule(shop, SubjectKind.Employee, SubjectKind.Company);
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(act)).Status);
        Assert.DoesNotContain("Companies as a whole", (await paul.Get(Customers)).Text);
        await Rule(shop);
        await Give(shop, "dealer", forWhom: "");
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(act)).Status);
        Assert.DoesNotContain("Companies as a whole", (await paul.Get(Customers)).Text);
        await Rule(shop, SubjectKind.Employee, SubjectKind.Company);
        Assert.NotNull((await paul.Get(Customers)).Document.QuerySelector($"a[href='{act}']"));
        Assert.NotNull((await paul.Get(Customers + "?find=N-1001")).Document.QuerySelector($"a[href='{act}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(Customers + "/N-1003/act")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get(act)).Status);

        var started = await paul.Submit(await paul.Get(act), "main form[method=post]");
        Assert.Matches("^/as/[a-z0-9]+/$", started.Location);
        var inside = paul.Inside(started.Location![..^1]);
        await inside.Put("P-100", "2");
        var cart = await inside.Get("/cart");
        Assert.Contains("Acted by Paul Südmann of Südwind AG (Dealer) for Nordlicht GmbH", WebUtility.HtmlDecode(cart.Html));
        Assert.NotNull(cart.Document.QuerySelector($".bar-switch form[action='{Customers}']"));
        Assert.Null(cart.Document.QuerySelector("#bar-next"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account/data")).Status);
        var checkout = await inside.Get("/checkout");
        Assert.Contains("placed by Paul Südmann of Südwind AG for Nordlicht GmbH", checkout.Text);
        var number = (await inside.Place(checkout)).OrderNumber();
        Assert.Contains("placed by Paul Südmann of Südwind AG for Nordlicht GmbH", (await jonas.Get($"/account/orders/{number}")).Text);
        Assert.Contains("Paul Südmann of Südwind AG acts for Nordlicht GmbH now", (await jonas.Get("/account/company/assistance")).Text);
        Assert.Equal(Customers, (await inside.Post("/assisted-session/end", [], from: "/cart")).Location);

        // What the end customer takes back is over at once.
        started = await paul.Submit(await paul.Get(act), "main form[method=post]");
        inside = paul.Inside(started.Location![..^1]);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/cart")).Status);
        foreach (var _ in new[] { 1, 2 })
        {
            await jonas.Submit(await jonas.Get(Mandates), "form.btn-list");
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await paul.Get(act)).Status);
    }

    [Theory]
    [InlineData("update company set status = 'on-hold' where number = 'N-1002'", "assistance.dealer-inactive")]
    [InlineData("update company set kind = 'partner' where number = 'N-1002'", "assistance.other-company")]
    [InlineData("update company set kind = 'customer' where number = 'N-1001'", "assistance.other-customer")]
    [InlineData("revoke", "mandate-revoked")]
    [InlineData("back office", "rights-changed")]
    public async Task It_is_over_at_the_next_request(string what, string cause)
    {
        await using var shop = await Shop();
        await Give(shop, "dealer");
        var inside = await Act(await shop.As("paul"), "ines");
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/account")).Status);
        if (what == "revoke")
        {
            var jonas = await shop.As("jonas");
            await jonas.Submit(await jonas.Get(Mandates), "form.btn-list");
        }
        else if (what == "back office")
        {
            var ada = await shop.As("ada");
            var changed = await ada.Submit(await ada.Get("/admin/customers/N-1001/kind"), "main form", ("Input.Kind", "subsidiary"));
            Assert.Equal("/admin/customers/N-1001", changed.Location);
            Assert.Contains("Subsidiary", (await ada.Get(changed.Location!)).Text);
            Assert.Contains("customers.kind-changed", await shop.Facts());
            Assert.Equal("ended", await shop.Scalar<string>("select status from assisted_session"));
        }
        else
        {
            await shop.Sql(what);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Equal(cause, await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task An_end_customer_stands_below_a_dealer()
    {
        await using var shop = await Shop();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/customers/N-1003/kind");
        Assert.Contains("belongs to a dealer", (await ada.Submit(page, "main form", ("Input.Kind", "end-customer"), ("Input.Parent", "N-1004"))).Text);
        Assert.Contains("no company has this number", (await ada.Submit(page, "main form", ("Input.Kind", "subsidiary"), ("Input.Parent", "N-9"))).Text);
        var above = await ada.Get("/admin/customers/N-1002/kind");
        Assert.Contains("stands below", (await ada.Submit(above, "main form", ("Input.Kind", "dealer"), ("Input.Parent", "N-1001"))).Text);
        Assert.Equal("/admin/customers/N-1003", (await ada.Submit(page, "main form", ("Input.Kind", "end-customer"), ("Input.Parent", "N-1002"))).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("karim")).Get("/admin/customers/N-1003/kind")).Status);
    }

    [Fact]
    public async Task A_dealer_stays_one_while_it_has_end_customers()
    {
        await using var shop = await Shop();
        var ada = await shop.As("ada");
        foreach (var kind in new[] { "customer", "subsidiary", "partner" })
        {
            var refused = await ada.Submit(await ada.Get("/admin/customers/N-1002/kind"), "main form", ("Input.Kind", kind));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("end customers belong to this dealer", refused.Text);
            Assert.Equal("true", refused.Document.QuerySelector("#Input_Kind")!.GetAttribute("aria-invalid"));
        }

        Assert.Equal("dealer", await shop.Scalar<string>("select kind from company where number = 'N-1002'"));
        Assert.DoesNotContain("customers.kind-changed", await shop.Facts());

        await ada.Submit(await ada.Get("/admin/customers/N-1001/kind"), "main form", ("Input.Kind", "customer"), ("Input.Parent", ""));
        Assert.Equal("/admin/customers/N-1002", (await ada.Submit(await ada.Get("/admin/customers/N-1002/kind"), "main form", ("Input.Kind", "partner"))).Location);
        Assert.Equal("partner", await shop.Scalar<string>("select kind from company where number = 'N-1002'"));
    }

    [Fact]
    public async Task Who_moves_a_company_in_the_tree_sees_all_of_them_and_what_ran_by_the_old_tree_is_over()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql($"update company set parent_id = '{Id(Characters.Nordlicht.Value)}' where number = 'N-1002'");
        await shop.Put(rule => rule with { Reach = Reach.Tree });
        await (await shop.As("karim")).Assisting("paul");

        // A supervisor who serves one company would serve all that he puts below it.
        await shop.Sql("update staff set access_all_customers = false where email = 'vera@onbehalf.example'");
        await shop.Sql($"update staff_assignment set staff_id = '{Id(Characters.StaffIdOf("vera").Value)}' where company_id = '{Id(Characters.OnHold.Value)}'");
        var vera = await shop.As("vera");
        var refused = await vera.Post("/admin/customers/N-1003/kind", [("Input.Kind", "subsidiary"), ("Input.Parent", "N-1001")], from: "/admin/customers/N-1003/kind");
        Assert.Contains("only staff with access to all customers", refused.Text);
        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));

        var ada = await shop.As("ada");
        Assert.Equal("/admin/customers/N-1002", (await ada.Submit(await ada.Get("/admin/customers/N-1002/kind"), "main form", ("Input.Kind", "customer"), ("Input.Parent", ""))).Location);
        Assert.Equal("ended", await shop.Scalar<string>("select status from assisted_session"));
    }

    internal static async Task<TestShop> Shop()
    {
        var shop = await TestShop.Start();
        await shop.Sql("update company set kind = 'dealer' where number = 'N-1002'");
        await shop.Sql($"update company set kind = 'end-customer', parent_id = '{Id(Characters.Sudwind.Value)}' where number = 'N-1001'");
        await Rule(shop);
        return shop;
    }

    // Ids are stored in capital letters on SQLite, and read either way on PostgreSQL.
    private static string Id(Guid id) => id.ToString().ToUpperInvariant();

    private static Task Rule(TestShop shop, params SubjectKind[] subjects) => shop.Put(ShopPolicy.Standard with
    {
        Rules = [.. ShopPolicy.Standard.Rules, new("dealers", "Dealers", Allows: true) { Kinds = [OperatorKind.Dealer], NeedsMandate = true, Subjects = subjects is [] ? [SubjectKind.Employee] : subjects }],
    });

    private static async Task Give(TestShop shop, string by, string? forWhom = null)
    {
        var jonas = await shop.As("jonas");
        var given = await jonas.Submit(await jonas.Get(Mandates + "/new"), "main form[method=post]", ("Input.By", by), ("Input.For", forWhom ?? Characters.MembershipIdOf("ines").ToString()));
        Assert.Equal(Mandates, given.Location);
    }

    private static string ActPath(string buyer) => $"/account/company/people/{Characters.MembershipIdOf(buyer)}/act";

    private static async Task<Visitor> Act(Visitor visitor, string buyer)
    {
        var started = await visitor.Submit(await visitor.Get(ActPath(buyer)), "main form[method=post]");
        Assert.Equal(HttpStatusCode.SeeOther, started.Status);
        return visitor.Inside(started.Location![..started.Location!.LastIndexOf('/')]);
    }
}
