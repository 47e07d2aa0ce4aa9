using System.Net;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Pages and actions that Ada closes to sessions of a role.</summary>
public sealed class ClosedPagesTests
{
    private const string Page = "/admin/assistance/closed";
    private const string Sentence = "This is closed to whoever acts in your role.";

    /// <summary>What is open to sessions and cannot be closed, with the reason.</summary>
    private static readonly Dictionary<string, string> Stays = new(StringComparer.Ordinal)
    {
        ["GET /account"] = "where a closed page leads",
        ["GET /assisted-session"] = "the session itself",
        ["POST /assisted-session/end"] = "the session itself",
        ["POST /assisted-session/extension"] = "the session itself",
        ["GET /assisted-session/mode"] = "the session itself: the rules say who raises it",
        ["POST /assisted-session/mode"] = "the session itself: the rules say who raises it",
        ["POST /account/logout"] = "whoever signs out ends it",
        ["GET /error/{status:int}"] = "says why something is closed",
        ["POST /error/{status:int}"] = "says why something is closed",
        ["GET /pictures/{digest}/{name}"] = "part of other pages",
        ["GET /terms/{version:int?}"] = "what an order has to accept; everybody may read it",
        ["GET /b2b_platform"] = "leads to the desk",
        ["GET /b2b_platform/sales-order"] = "leads to the desk",
    };

    [Fact]
    public async Task What_is_closed_to_a_role_leads_to_the_dashboard_with_the_sentence_and_is_recorded()
    {
        await using var shop = await TestShop.Start();
        var (karim, sam, ines) = (await (await shop.As("karim")).Assisting("ines"), await (await shop.As("sam")).Assisting("ines", Mode.View), await shop.As("ines"));
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/account/data")).Status);
        var ada = await shop.As("ada");
        var untouched = await ada.Get(Page);
        await Close(ada, "sales-rep", "address.view, customer_account_edit wishlist_index_remove");
        Assert.Equal("account.edit address.view wishlist.remove", await shop.Scalar<string>("select pages from assist_closed where role = 'sales-rep'"));
        Assert.Contains("account.edit address.view wishlist.remove", await shop.Scalar<string>("select cast(entry as text) from audit_event where name = 'assistance.pages-closed'"));

        var led = await karim.Get("/account/data");
        Assert.Equal((HttpStatusCode.Found, karim.PathBase + "/account?closed=account.edit"), (led.Status, led.Location));
        var dashboard = await karim.Follow(led);
        Assert.Contains($"“Account data”: {Sentence}", dashboard.Document.QuerySelector("main [data-code='assistance.page-closed']")?.TextContent);
        Assert.Empty(dashboard.Document.QuerySelectorAll("main a[href$='/account/data'], main a[href$='/account/addresses']"));
        var json = await karim.GetJson("/account/addresses");
        Assert.Equal(HttpStatusCode.Forbidden, json.Status);
        Assert.Contains("\"code\":\"assistance.page-closed\"", json.Html);
        var before = await shop.Dump("buyer");
        var refused = await karim.Post("/account/data", [("Input.FirstName", "Eve"), ("Input.LastName", "Evil"), ("Input.Version", "1")], from: "/account");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains(Sentence, refused.Text);
        Assert.Equal(before, await shop.Dump("buyer"));
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from audit_event where name = 'access.refused' and cast(entry as text) like '%assistance.page-closed%'"));

        // Another role and the buyer herself have everything; nobody is told what is not so.
        Assert.Equal(HttpStatusCode.OK, (await sam.Get("/account/addresses")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account/data")).Status);
        foreach (var (visitor, name) in new[] { (ines, "account.edit"), (karim, "orders.view"), (karim, "x") })
        {
            Assert.DoesNotContain(Sentence, (await visitor.Get("/account?closed=" + name)).Text);
        }

        // Opened again, it is open at the next request; who looked before is told of the change in between.
        var late = await ada.Submit(untouched, "main form", ("Input.Ticked", "sales-rep:orders.view"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.True(late.Document.QuerySelector("input[value='sales-rep:account.edit']")!.HasAttribute("checked"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(late, "main form", ("Input.Ticked", "sales-rep:address.view"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/account/data")).Status);
        Assert.Equal(HttpStatusCode.Found, (await karim.Get("/account/addresses")).Status);
    }

    [Fact]
    public async Task To_add_to_change_and_to_remove_an_address_are_closed_one_by_one()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        var ada = await shop.As("ada");
        var known = "/account/addresses/" + await shop.Scalar<string>("select cast(id as text) from address where label = 'Head office' and company_id in (select id from company where number = 'N-1001')");
        (string, string)[] kai = [("Input.Line1", "Kai 7"), ("Input.City", "Kiel"), ("Input.Country", "DE"), ("Input.Version", "1")];
        await Close(ada, "sales-rep", "address.add customer_address_delete");
        var before = await shop.Dump("address");
        Assert.EndsWith("?closed=address.add", (await karim.Get("/account/addresses/new")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post("/account/addresses/new", kai, from: known)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post("/account/addresses/NEW", kai, from: known)).Status);
        var form = await karim.Get(known);
        Assert.Null(form.Document.QuerySelector("main button[formaction]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(known + "/removal", [], from: known)).Status);
        Assert.Equal(before, await shop.Dump("address"));
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(form, "main form[method=post]", ("Input.City", "Bremen"))).Status);

        // A new address does not become a known one by a field.
        await Close(ada, "sales-rep", "address.change");
        await shop.Sql("update assist_closed set pages = 'address.change'");
        before = await shop.Dump("address");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(known, kai, from: "/account/addresses/new")).Status);
        Assert.Equal(before, await shop.Dump("address"));
        var id = known.Split('/')[^1];
        await karim.Post($"/account/addresses/new?id={id}", [.. kai, ("id", id), ("Id", id)], from: "/account/addresses/new");
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from address where city = 'Bremen'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from address where line1 = 'Kai 7'"));
    }

    [Fact]
    public async Task No_page_leads_to_what_is_closed()
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        var ada = await shop.As("ada");
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");
        var order = MatrixSample.PathOf("account/orders/{number}");
        var address = "/account/addresses/" + await shop.Scalar<string>("select cast(id as text) from address where label = 'Head office' and company_id in (select id from company where number = 'N-1001')");
        await Close(ada, "sales-rep", ClosablePage.CatalogView);
        (string Closed, string[] Pages)[] tries =
        [
            ("catalog.view", ["/account", "/cart", "/checkout", "/account/orders?q=none", "/no-such-page"]),
            ("account.edit address.view assistance.view cart.view cart.change orders.place orders.view",
                ["/", "/category/tools?added=P-100", "/product/P-100?added=P-100", "/account", address, "/no-such-page"]),
            ("address.add address.change address.delete orders.print orders.place orders.view", ["/account", "/account/addresses", "/account/assistance", "/cart"]),
            ("orders.print address.delete", [order, address]),
        ];
        var complaints = new List<string>();
        foreach (var (closed, pages) in tries)
        {
            await shop.Sql($"update assist_closed set pages = '{closed}'");
            foreach (var path in pages)
            {
                var page = await karim.Get(path);
                Assert.Equal(path == "/no-such-page" ? HttpStatusCode.NotFound : HttpStatusCode.OK, page.Status);
                complaints.AddRange((await Misleading(karim, page, closed.Split(' '))).Select(way => $"{path} leads to {way} with {closed} closed"));
            }
        }

        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
        await shop.Sql("update assist_closed set pages = 'organisation.switch'");
        await shop.Sql("update assisted_session set status = 'ended'");
        var whole = await (await shop.As("karim")).Assisting(Characters.Nordlicht);
        Assert.Null((await whole.Get("/")).Document.QuerySelector("form[action$='/assisted-session/organisation']"));
        await shop.Sql("update assist_closed set pages = ''");
        Assert.NotNull((await whole.Get("/")).Document.QuerySelector("form[action$='/assisted-session/organisation']"));
    }

    /// <summary>Links of a page that lead to the dashboard because they are closed, and forms that would be refused.</summary>
    private static async Task<IReadOnlyList<string>> Misleading(Visitor inside, Answer page, string[] closed)
    {
        var forms = page.Document.QuerySelectorAll("form[method=post]").Select(form => form.GetAttribute("action"))
            .Concat(page.Document.QuerySelectorAll("button[formaction]").Select(button => button.GetAttribute("formaction")))
            .OfType<string>().Where(action => action.StartsWith(inside.PathBase, StringComparison.Ordinal))
            .Select(action => action[inside.PathBase.Length..].Split('?')[0])
            .Where(action => closed.Contains(ClosablePage.At("POST " + action)?.Name) || (action.EndsWith("/removal", StringComparison.Ordinal) && closed.Contains(ClosablePage.AddressDelete)))
            .ToList();
        var links = page.Document.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href"))
            .Concat(page.Document.QuerySelectorAll("form[method=get]").Select(form => form.GetAttribute("action")))
            .OfType<string>().Where(link => link.StartsWith(inside.PathBase + "/", StringComparison.Ordinal)).Distinct();
        foreach (var link in links)
        {
            if ((await inside.Get(link[inside.PathBase.Length..])).Location?.Contains("?closed=", StringComparison.Ordinal) == true)
            {
                forms.Add(link);
            }
        }

        return forms;
    }

    [Fact]
    public async Task A_name_that_is_none_and_a_name_for_nobody_come_back_on_their_field()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var unknown = await ada.Submit(await ada.Get(Page), "main form", ("Input.Names", "account.edit account.fly"), ("Input.Roles", "colleague"), ("Input.Ticked", "supervisor:cart.view"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Equal("true", unknown.Document.QuerySelector("[name='Input.Names']")!.GetAttribute("aria-invalid"));
        Assert.Contains("account.fly", unknown.Document.GetElementById("Input_Names-error")!.TextContent);
        Assert.True(unknown.Document.QuerySelector("input[value='supervisor:cart.view']")!.HasAttribute("checked"));
        var forNobody = await ada.Submit(await ada.Get(Page), "main form", ("Input.Names", "account.edit"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forNobody.Status);
        Assert.Contains("at least one role", forNobody.Document.GetElementById("Input_Roles-hint")!.TextContent);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_closed"));
        Assert.DoesNotContain("assistance.pages-closed", await shop.Facts());
    }

    [Fact]
    public async Task Whatever_is_open_to_sessions_can_be_closed_or_stays_open_for_a_reason()
    {
        await using var shop = await TestShop.Start();
        var open = (await ListedEndpoint.All(shop))
            .Where(endpoint => endpoint.Access is { Delegation: not Delegation.Deny } access && (endpoint.IsSafe || access.Delegation == Delegation.Allow))
            .Select(endpoint => endpoint.ToString()).ToList();
        Assert.Equal(open.Except(Stays.Keys).Order(StringComparer.Ordinal), ClosablePage.All.SelectMany(page => page.Endpoints).Order(StringComparer.Ordinal));
        Assert.Empty(Stays.Keys.Except(open));
        Assert.All(ClosablePage.All, page => Assert.NotEmpty(page.Endpoints));
        var names = ClosablePage.All.SelectMany(page => page.Aliases.Append(page.Name)).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static async Task Close(Visitor ada, string role, string names) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Page), "main form", ("Input.Names", names), ("Input.Roles", role))).Status);
}
