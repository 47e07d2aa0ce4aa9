using System.Net;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class CostCentreTests
{
    private const string List = "/account/company/cost-centres";
    private const string Office = "/admin/customers/N-1001/cost-centres";

    [Fact]
    public async Task An_order_is_booked_on_a_cost_centre_and_shows_it_wherever_it_is_shown()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        Assert.Equal(HttpStatusCode.SeeOther, (await Add(jonas, "4711", "Workshop")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Add(jonas, "4711", "Again")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Add(jonas, "0815", "Office")).Status);

        var ines = await shop.As("ines");
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        var checkout = await ines.Get("/checkout");
        Assert.Equal(["None", "0815 Office", "4711 Workshop"], checkout.Document.QuerySelectorAll("#cost-centre option").Select(option => option.TextContent.Trim()));
        var workshop = await shop.Scalar<string>("select cast(id as text) from cost_centre where code = '4711'");
        var placed = await ines.Submit(checkout, "#checkout", ("Input.CostCentre", workshop), ("Input.Place", "true"));
        var order = (await ines.Follow(placed)).Text;
        Assert.Contains("4711 Workshop", order);
        var path = placed.Location!.Split('?')[0];
        Assert.Contains("cost centre 4711 Workshop", (await ines.Get(path + "/print")).Text);
        Assert.Contains("Cost centre: 4711 Workshop", await shop.Scalar<string>("select body from mail where kind = 'order-placed'"));
        var file = await (await shop.As("ada")).Get("/staff/orders.csv?tab=customers");
        Assert.Contains("cost_centre", file.Html);
        Assert.Contains("4711 Workshop", file.Html);

        // What it was called then stays, and the list finds it by what it is.
        await jonas.Submit(await jonas.Get($"{List}/{workshop}"), "main form", ("Input.Name", "Garage"), ("Input.IsActive", "false"));
        Assert.Contains("4711 Workshop", (await ines.Get($"/account/orders?centre={workshop}")).Text);
        var office = await shop.Scalar<string>("select cast(id as text) from cost_centre where code = '0815'");
        Assert.Contains("No such order on 0815 Office", (await ines.Get($"/account/orders?centre={office}")).Text);
        Assert.Equal(["cost-centres.added", "cost-centres.added", "cost-centres.changed"], (await shop.Facts()).Where(fact => fact.StartsWith("cost-centres", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nobody_orders_on_a_cost_centre_that_is_not_open_to_him()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get(Office), "main form", ("Input.Code", "1"), ("Input.Name", "Mira's"))).Status);
        var id = await shop.Scalar<string>("select cast(id as text) from cost_centre");
        await vera.Submit(await vera.Get($"{Office}/{id}"), "main form", ("Input.People", Characters.MembershipIdOf("mira").ToString()));
        Assert.Contains("Open to one person", (await vera.Get(Office)).Text);

        var ines = await shop.As("ines");
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        var checkout = await ines.Get("/checkout");
        Assert.Null(checkout.Document.QuerySelector("#cost-centre"));
        var refused = await ines.Submit(checkout, "#checkout", ("Input.CostCentre", id), ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
        var mira = await shop.As("mira");
        await mira.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        Assert.Contains("Mira's", (await mira.Get("/checkout")).Document.QuerySelector("#cost-centre")!.TextContent);

        // Of another company it does not exist, and who does not manage the company does not change it.
        Assert.Equal(HttpStatusCode.Forbidden, (await mira.Get(List)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get($"/admin/customers/N-1002/cost-centres/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await shop.As("karim")).Assisting("jonas")).Get(List)).Status);
    }

    private static async Task<Answer> Add(Visitor jonas, string code, string name) =>
        await jonas.Submit(await jonas.Get(List), "main form", ("Input.Code", code), ("Input.Name", name));
}
