using OnBehalf.Tests.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

public sealed class CustomerGroupTests
{
    private const string Groups = "/admin/customer-groups";

    [Fact]
    public async Task An_administrator_keeps_groups_and_says_who_belongs_to_which()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get(Groups), "#new", ("Input.Code", "retail"), ("Input.Name", "Retailers"));
        await ada.Submit(await ada.Get(Groups), "[data-group=retail] form", ("name", "Retail"));
        await ada.Submit(await ada.Get("/admin/customers/N-1001/terms"), "main form", ("Input.Group", "retail"));
        await ada.Submit(await ada.Get(ConsumerTerms), "main form", ("Input.Group", "retail"));

        var page = await ada.Get(Groups);
        Assert.Contains("2 customers", page.Text);
        Assert.Equal("retail", (await ada.Get("/admin/customers/N-1001/terms")).Document.QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.Equal(["pricing.group-added", "pricing.group-renamed", "pricing.customer-group-changed", "pricing.customer-group-changed"], await Facts(shop));

        // Storing what is there already changes nothing; who is out of the group lets it go.
        await ada.Submit(await ada.Get("/admin/customers/N-1001/terms"), "main form");
        await ada.Submit(await ada.Get("/admin/customers/N-1002/terms"), "main form");
        Assert.Equal(4, (await Facts(shop)).Count);
        Assert.Contains("give those customers another group first", (await ada.Post($"{Groups}?handler=remove", [("code", "retail")], Groups)).Text);
        await ada.Submit(await ada.Get("/admin/customers/N-1001/terms"), "main form", ("Input.Group", ""));
        await ada.Submit(await ada.Get(ConsumerTerms), "main form", ("Input.Group", ""));
        await ada.Post($"{Groups}?handler=remove", [("code", "retail")], Groups);
        Assert.Equal("", await shop.Dump("customer_group"));
    }

    [Theory]
    [InlineData("", "Retail", "Code: 1 to 64")]
    [InlineData("re tail", "Retail", "Code: 1 to 64")]
    [InlineData("retail", " ", "Name: 1 to 100")]
    public async Task What_is_no_code_or_name_is_refused_at_its_field(string code, string name, string why)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var answer = await ada.Submit(await ada.Get(Groups), "#new", ("Input.Code", code), ("Input.Name", name));
        Assert.Contains(why, answer.Text);
        Assert.Equal("", await shop.Dump("customer_group"));
    }

    [Fact]
    public async Task Groups_and_who_belongs_to_them_come_by_import_with_every_fault_named()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["customer_groups.csv"] = "code,name\nretail,Retail\n";
        box["customer_terms.csv"] = "company_number,email,customer_group_code\nN-1001,,retail\n,Carla@Buyers.example,retail\nN-1002,,\n";
        Assert.True((await box.Import()).Done);
        Assert.Equal(2, await box.Shop.Scalar<int>("select count(*) from customer_terms t join customer_group g on g.id = t.customer_group_id where g.code = 'retail'"));

        box["customer_terms.csv"] = "company_number,email,customer_group_code\nN-1001,,none\n,ines@buyers.example,retail\nN-1001,carla@buyers.example,retail\n";
        Assert.Equal(
            [
                "customer_terms.csv, line 2, customer_group_code 'none': Code not found, neither in customer_groups.csv nor in the shop.",
                "customer_terms.csv, line 3, email 'ines@buyers.example': No private customer has this address, neither in contacts.csv nor in the shop.",
                "customer_terms.csv, line 4, company_number 'N-1001': Name either a company by its number or a private customer by his e-mail address.",
            ],
            await box.Faults());
    }

    private static string ConsumerTerms => $"/admin/buyers/{Characters.MembershipIdOf("carla")}/terms";

    private static async Task<List<string>> Facts(TestShop shop) => [.. (await shop.Facts()).Where(fact => fact.StartsWith("pricing.", StringComparison.Ordinal))];
}
