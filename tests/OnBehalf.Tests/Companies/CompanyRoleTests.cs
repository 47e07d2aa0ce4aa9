using System.Net;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class CompanyRoleTests
{
    private const string List = "/account/company/roles";
    private const string Office = "/admin/customers/N-1001/roles";
    private const string ById = "select cast(id as text) from company_role where name_key = 'cable buyer'";
    private static readonly string Ines = $"/account/company/people/{Characters.MembershipIdOf("ines")}";

    [Fact]
    public async Task A_company_makes_a_role_gives_it_and_what_the_role_loses_everybody_loses_at_once()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        Assert.Equal(HttpStatusCode.SeeOther, (await Make(jonas, "Cable buyer", "orders.place")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Make(jonas, "cable BUYER", "orders.view")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Make(jonas, "Approver", "orders.view")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Make(jonas, "Chief", "settings.change")).Status);
        var role = await shop.Scalar<string>(ById);

        var given = await jonas.Submit(await jonas.Get(Ines), "form:has(button[value=role])", ("Input.Do", "role"), ("Input.Role", role));
        Assert.Equal(Ines + "?done=role", given.Location);
        Assert.Contains("Cable buyer", (await jonas.Follow(given)).Text);
        Assert.Contains("Cable buyer", (await jonas.Get("/account/company/people")).Text);
        var ines = await shop.As("ines");
        Assert.Contains("Cable buyer", (await ines.Get("/account")).Text);
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/checkout")).Status);
        var karim = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/checkout")).Status);
        var seen = await karim.Get("/product/P-100");

        // In use it cannot be deleted; with fewer rights neither she nor who acts for her orders on.
        var page = await jonas.Get($"{List}/{role}");
        Assert.Contains("Ines Albrecht", page.Text);
        Assert.Equal(HttpStatusCode.Conflict, (await jonas.Post($"{List}/{role}", [("Input.Do", "delete")], from: $"{List}/{role}")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Store(jonas, role, "1", "prices.view", "carts.view")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Get("/checkout")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await karim.Get("/checkout")).Status);
        Assert.NotEqual(HttpStatusCode.SeeOther, (await karim.Submit(seen, "form[action$='/cart/lines']", ("quantity", "3"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/cart")).Status);

        // Of two who change it the second is told; nothing is lost.
        Assert.Equal(HttpStatusCode.Conflict, (await Store(jonas, role, "1", "orders.view")).Status);
        Assert.Equal(
            ["roles.added", "identity.role-changed", "roles.changed"],
            (await shop.Facts()).Where(fact => fact.StartsWith("roles", StringComparison.Ordinal) || fact == "identity.role-changed"));
    }

    [Fact]
    public async Task Nobody_makes_or_gives_a_role_with_more_rights_than_he_has_nor_changes_his_own()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        await Make(jonas, "Cable buyer", "company.manage", "orders.view");
        await Make(jonas, "Buyer", "orders.place");
        var role = await shop.Scalar<string>(ById);
        var buyer = await shop.Scalar<string>("select cast(id as text) from company_role where name_key = 'buyer'");
        await jonas.Submit(await jonas.Get(Ines), "form:has(button[value=role])", ("Input.Do", "role"), ("Input.Role", role));

        var ines = await shop.As("ines");
        Assert.Equal(HttpStatusCode.SeeOther, (await Make(ines, "Small", "orders.view")).Status);
        var refused = await Make(ines, "Large", "orders.place");
        Assert.Contains("a right that you do not have", refused.Text);
        Assert.Contains("a right that you do not have", (await ines.Post($"{List}/{buyer}", [("Input.Name", "Buyer"), ("Input.Version", "1"), ("Input.Rights", "orders.view")], from: List)).Text);
        Assert.Contains("You have this role yourself", (await Store(ines, role, "1", "orders.view")).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Post($"{List}/{buyer}", [("Input.Do", "delete")], from: List)).Status);
        var mira = $"/account/company/people/{Characters.MembershipIdOf("mira")}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Post(mira, [("Input.Do", "role"), ("Input.Role", buyer)], from: List)).Status);
        Assert.DoesNotContain(buyer, (await ines.Get("/account/company/people/new")).Html);

        // Nor does she by somebody of hers who would act for an administrator.
        const string Mandates = "/account/company/mandates";
        var wish = new[] { ("Input.By", $"membership:{Characters.MembershipIdOf("mira")}"), ("Input.For", Characters.MembershipIdOf("jonas").ToString()) };
        var form = await ines.Get(Mandates + "/new");
        Assert.Contains("a right that you do not have", (await ines.Submit(form, "main form[method=post]", [.. wish, ("Input.Highest", "order")])).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Post(Mandates, [("Input.Upwards", "true")], from: Mandates)).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_mandate where operator_membership_id is not null"));

        // Staff may, but who decides for the company is named only by who grants access; nobody reaches the roles of others.
        var vera = await shop.As("vera");
        Assert.Contains("Cable buyer", (await vera.Get(Office)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get($"/admin/customers/N-1002/roles/{role}")).Status);
        var paul = await shop.As("paul");
        Assert.NotEqual(HttpStatusCode.OK, (await paul.Get($"{List}/{role}")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await (await shop.As("lena")).Get(List)).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await vera.Post($"/admin/buyers/{Characters.MembershipIdOf("paul")}/place", [("Input.Do", "role"), ("Input.Role", buyer)], from: Office)).Status);
    }

    [Fact]
    public async Task A_new_employee_gets_an_own_role_and_a_copy_has_the_rights_of_its_original()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Post(Office + "/new", [("Input.Name", "Cable buyer"), ("Input.Rights", "orders.view-centre")], from: Office + "/new")).Status);
        var role = await shop.Scalar<string>(ById);
        var jonas = await shop.As("jonas");
        var copy = await jonas.Get($"{List}/new?copy={role}");
        Assert.Equal(["orders.view", "orders.view-centre"], copy.Document.QuerySelectorAll("input[name='Input.Rights'][checked]").Select(box => box.GetAttribute("value")));
        var form = await jonas.Get("/account/company/people/new");
        var made = await jonas.Submit(form, "main form", ("Input.FirstName", "Nora"), ("Input.LastName", "Nilsson"), ("Input.Email", "nora@nordlicht.example"), ("Input.Role", role));
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        Assert.Equal("own|" + role, await shop.Scalar<string>("select m.role || '|' || cast(m.company_role_id as text) from membership m join buyer b on b.id = m.buyer_id where b.first_name = 'Nora'"));
        Assert.Contains("Cable buyer", (await vera.Get("/admin/customers/N-1001")).Text);
    }

    [Fact]
    public void What_is_stored_never_gives_more_than_a_company_can_give()
    {
        var role = HeldRole.Read($"own {ulong.MaxValue} Every right");
        Assert.Equal("Every right", role.OwnName);
        Assert.DoesNotContain(role.Rights.Names(), right => !right.IsOfBuyer);
        Assert.True(OwnRole.Read("Buyer", ["orders.place"]).Role!.Rights.Include(Rights.Of(Right.CartsChange, Right.CartsView, Right.PricesView)));
    }

    private static Task<Answer> Make(Visitor visitor, string name, params string[] rights) =>
        visitor.Post(List + "/new", [("Input.Name", name), .. rights.Select(right => ("Input.Rights", right))], from: List + "/new");

    private static Task<Answer> Store(Visitor visitor, string role, string version, params string[] rights) =>
        visitor.Post($"{List}/{role}", [("Input.Name", "Cable buyer"), ("Input.Version", version), .. rights.Select(right => ("Input.Rights", right))], from: List);
}
