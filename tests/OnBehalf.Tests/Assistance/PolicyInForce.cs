using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Puts rules in force past the pages.</summary>
internal static class PolicyInForce
{
    public static async Task Put(this TestShop shop, ShopPolicy policy)
    {
        await shop.Sql("update assist_policy set status = 'replaced' where status = 'active'");
        var version = await shop.Scalar<int>("select coalesce(max(version), 1) + 1 from assist_policy");
        await using var db = shop.Database.Read();
        db.Add(new AssistPolicyRow
        {
            Version = version, Status = "active", Body = PolicyDraft.Of(policy).ToJson(), CreatedAt = TimeProvider.System.GetUtcNow(),
            CreatedById = Characters.StaffIdOf("ada"), CreatedBy = "Ada Novak",
        });
        await db.SaveChangesAsync();
        shop.Services.GetRequiredService<ShopPolicies>().Forget();
    }

    /// <summary>The standard policy with its first rule (assigned customers) changed.</summary>
    public static Task Put(this TestShop shop, Func<PolicyRule, PolicyRule> change) =>
        shop.Put(ShopPolicy.Standard with { Rules = [change(ShopPolicy.Standard.Rules[0]), .. ShopPolicy.Standard.Rules.Skip(1)] });

    public static Task PutTerms(this TestShop shop, Func<PolicyTerms, PolicyTerms> change) => shop.Put(rule => rule with { Terms = change(rule.Terms) });
}
