using OnBehalf.Host;
using OnBehalf.PayProvider;
using OnBehalf.Tests.Payments;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Using a session to pay with what is the buyer's.</summary>
public sealed class CardTests
{
    [Fact]
    public async Task Abuse15_No_form_of_a_session_begins_a_payment_for_the_buyer()
    {
        await using var provider = await TestProvider.Start(OnlinePaymentTests.Key, OnlinePaymentTests.Secret);
        await using var shop = await OnlinePaymentTests.Start(provider);
        await MatrixSample.Enter(shop);
        var number = await OnlinePaymentTests.Order(await shop.As("ines"));
        var karim = await shop.As("karim");
        var sent = 0;
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.Method == "POST" && endpoint.Access?.Audience != Audience.Staff))
        {
            await shop.Sql("update assisted_session set status = 'ended'");
            var inside = await karim.Assisting("ines");
            var token = (await inside.Get("/no-such-page")).Token();
            await inside.PostRaw(
                MatrixSample.PathOf(endpoint.Pattern).Replace("SO-2025-000001", number, StringComparison.Ordinal),
                [("Input.Card", "4111111111111111"), ("Input.Payment", "online"), ("pays", "true"), ("__RequestVerificationToken", token)]);
            sent++;
        }

        Assert.True(sent > 30);
        Assert.Empty(provider.Payments);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from payment"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from order_step where kind = 'payment-received'"));

        // What they can: hand it over.
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from pay_link"));
    }
}
