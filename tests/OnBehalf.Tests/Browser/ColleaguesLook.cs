using OnBehalf.Assistance;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>An administrator of a company gives a mandate, a colleague acts by it and comes back.</summary>
[Trait("Category", "Browser")]
public sealed class ColleaguesLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_colleague_is_given_a_mandate_acts_orders_and_comes_back(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.Put(ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules.Select(rule => rule.Id == "mandated-colleague" ? rule with { Terms = PolicyTerms.Default } : rule)] });
        await using (var jonas = await Window.Open(shop, "gives", width))
        {
            await jonas.Enter(await shop.As("jonas"));
            await jonas.Go("/account/company/mandates", "mandates-none");
            await jonas.Click(jonas.Link("New mandate"), "mandate-new");
            await jonas.Page.SelectOptionAsync("#Input_By", $"membership:{Characters.MembershipIdOf("ines")}");
            await jonas.Page.SelectOptionAsync("#Input_For", Characters.MembershipIdOf("mira").ToString());
            await jonas.Page.FillAsync("#Input_PerOrder", "500");
            await jonas.Click(jonas.Button("Give the mandate"), "mandates");
            Assert.Contains("at most 500.00 EUR an order", await jonas.Text());
            await jonas.Click(jonas.Link("Why can A act for B?"), "company-why");
            await jonas.Page.SelectOptionAsync("#who", Characters.MembershipIdOf("ines").ToString());
            await jonas.Page.SelectOptionAsync("#whom", Characters.MembershipIdOf("lena").ToString());
            await jonas.Click(jonas.Button("Ask"), "company-why-no");
            Assert.Contains("Ines Albrecht cannot act for Lena Vogt", await jonas.Text());
            await jonas.Page.SelectOptionAsync("#whom", Characters.MembershipIdOf("mira").ToString());
            await jonas.Click(jonas.Button("Ask"), "company-why-yes");
            Assert.Contains("Ines Albrecht may act for Mira Åkesson", await jonas.Text());
            jonas.Close();
        }

        await using var ines = await Window.Open(shop, "colleague", width);
        await ines.Enter(await shop.As("ines"));
        await ines.Go("/cart/all");
        await ines.Page.FillAsync("#Input_Name", "Warehouse");
        await ines.Click(ines.Button("Begin it"), "carts-first");
        await ines.Go("/cart/all");
        await ines.Page.FillAsync("#Input_Name", "Van for the site at the harbour of Flensburg, second floor");
        await ines.Click(ines.Button("Begin it"), "carts-open");
        await ines.Go("/cart/all", "carts");
        await ines.Go("/account/company/people", "people");
        await ines.Click(ines.Link("Act for Mira"), "colleague-act");
        ines.Session = ("Ines Albrecht", "Mira Åkesson");
        await ines.Click(ines.Button("Act for Mira"), "colleague-inside");
        await ines.Go(new Uri(ines.Page.Url).AbsolutePath.Replace("/account", "/product/P-100", StringComparison.Ordinal), "colleague-product");
        await ines.Click(ines.Button("Add to cart"), "colleague-cart");
        await ines.Go(string.Join('/', new Uri(ines.Page.Url).AbsolutePath.Split('/')[..3]) + "/checkout", "colleague-checkout");
        await ines.Page.CheckAsync("input[name='Input.Payment'][value='invoice']");
        await ines.Click(ines.Page.Locator("button[name='Input.Place']").First, "colleague-ordered");
        Assert.Contains("placed by Ines Albrecht for Mira", await ines.Text());
        ines.Session = null;
        await ines.Click(ines.Button("End and return"), "colleague-back");
        Assert.EndsWith("/account/company/people", ines.Page.Url, StringComparison.Ordinal);
        ines.Close();
    }
}
