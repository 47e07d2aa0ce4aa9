using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>When other rules come into force, what they no longer allow is over at once, not only at its next request.</summary>
public sealed class SessionReviewTests
{
    private static readonly ShopPolicy Standard = ShopPolicy.Standard;

    [Fact]
    public async Task What_new_rules_forbid_ends_with_them_and_what_they_allow_goes_on()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("karim")).Assisting("ines");
        await (await shop.As("sam")).Assisting("paul");
        await InForce(shop, Standard with { Rules = [Standard.Rules[0] with { Countries = ["AT"] }, .. Standard.Rules.Skip(1)] });

        Assert.Equal(("ended", "assistance.outside-territory"), await Of(shop, "ines"));
        Assert.Equal(("active", null), await Of(shop, "paul"));
    }

    [Fact]
    public async Task A_session_that_would_lose_rights_ends_and_one_that_would_gain_some_goes_on()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("karim")).Assisting("ines");
        await InForce(shop, Terms(terms => terms with { HardSeconds = 7_200 }));
        Assert.Equal(("active", null), await Of(shop, "ines"));

        await InForce(shop, Terms(terms => terms with { Withheld = Rights.Of(Right.OrdersPlace) }));
        Assert.Equal(("ended", "rights-changed"), await Of(shop, "ines"));
    }

    [Fact]
    public async Task A_network_in_the_rules_is_judged_with_the_next_request()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("karim")).Assisting("ines");
        await InForce(shop, Standard with { Rules = [Standard.Rules[0] with { Networks = [System.Net.IPNetwork.Parse("10.0.0.0/8")] }, .. Standard.Rules.Skip(1)] });
        Assert.Equal(("active", null), await Of(shop, "ines"));
    }

    private static ShopPolicy Terms(Func<PolicyTerms, PolicyTerms> change) =>
        Standard with { Rules = [Standard.Rules[0] with { Terms = change(Standard.Rules[0].Terms) }, .. Standard.Rules.Skip(1)] };

    private static async Task InForce(TestShop shop, ShopPolicy policy)
    {
        var ada = await Sessions.CallerOf(await shop.As("ada"));
        var versions = shop.Services.GetRequiredService<PolicyVersions>();
        var draft = (await versions.Begin(ada, default)).Value;
        Assert.Null((await versions.Change(ada, draft, "test", _ => PolicyDraft.Of(policy), default)).Refusal);
        Assert.True((await versions.Submit(ada, draft, null, default)).Value);
    }

    private static async Task<(string Status, string? Cause)> Of(TestShop shop, string buyer)
    {
        await using var db = shop.Database.Read();
        var row = await db.Set<AssistedSessionRow>().SingleAsync(row => row.BuyerId == Characters.BuyerIdOf(buyer));
        return (row.Status, row.EndCause);
    }
}
