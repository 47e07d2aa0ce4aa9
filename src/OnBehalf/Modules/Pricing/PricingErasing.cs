using OnBehalf.Data;

namespace OnBehalf.Modules.Pricing;

/// <summary>How people are forgotten here. That a coupon was used for an order stays with the order.</summary>
internal static class PricingErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "The customer group of a private customer", null,
        """delete from customer_terms where membership_id in (select id from membership where buyer_id = {person}) returning 1 as "Value" """);
}
