using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>What a buyer gets in hand about his order: with the mail, on its page, on paper.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task The_mail_of_an_order_waits_for_its_proof_and_page_and_paper_show_it()
    {
        await using var shop = await TestShop.Start(watchesLog: true);
        await shop.Sequence();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Place", "true"));
        var number = await shop.Scalar<string>("select number from orders");
        Assert.Contains("Audit log: pending", (await ines.Get($"/account/orders/{number}/print")).Text);
        var pending = await ines.Get($"/account/orders/{number}/proof");
        Assert.Equal(HttpStatusCode.Conflict, pending.Status);
        Assert.Empty(shop.Mails("order-placed"));

        await shop.Sequence();
        var mail = await shop.Mail("order-placed");
        Assert.Contains($"{number}.tlog-proof", mail.Raw);
        var file = await ines.Get($"/account/orders/{number}/proof");
        Assert.Equal($"attachment; filename={number}.tlog-proof; filename*=UTF-8''{number}.tlog-proof", file.Response.Content.Headers.ContentDisposition!.ToString());
        Assert.True(TlogProof.TryParse(file.Html, out var proof));
        var policy = WitnessPolicy.Parse($"log {shop.Services.GetRequiredService<LogSigner>().Verifier}\nquorum none\n");
        Assert.Null(proof!.Judge(Merkle.LeafHash(proof.Extra!), policy));
        Assert.Contains("\"orders.placed\"", System.Text.Encoding.UTF8.GetString(proof.Extra!));
        Assert.Contains($"Audit log: Entry {proof.Index:N0} of the log", (await ines.Get($"/account/orders/{number}/print")).Text);

        // Of others' orders there is no proof either.
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("paul")).Get($"/account/orders/{number}/proof")).Status);
    }
}
