using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class ProtectionTests
{
    private const string Page = "/admin/assistance/protection";

    [Theory]
    [InlineData("ines@buyers.example", "jonas")]
    [InlineData("N-1001", null)]
    public async Task Nobody_acts_for_whom_is_under_protection_and_what_runs_ends_at_once(string whom, string? other)
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var ada = await shop.As("ada");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Page), "main form", ("Input.Whom", whom), ("Input.Reason", "Asked for it"))).Status);

        Assert.Equal("assistance.protected", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal("assistance.protected", (await karim.Get(Sessions.PathOf("ines"))).Document.QuerySelector("[role=alert]")?.GetAttribute("data-code"));
        Assert.Equal("assistance.protected", (await karim.Get("/staff/customers?q=albrecht")).Document.QuerySelector(".why-not")?.GetAttribute("data-code"));
        Assert.Equal("assistance.protected", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("ines"))).Refusal?.Code);
        Assert.Equal(other is null ? HttpStatusCode.Forbidden : HttpStatusCode.SeeOther, (await karim.Post(Sessions.PathOf("jonas"), [("Input.Reason", "visit")], from: "/staff")).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(Page), "main form", ("Input.Whom", whom), ("Input.Reason", "Again"))).Status);
        await ada.Submit(await ada.Get(Page), "form:has(input[name='Input.Lift'])");
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Post(Sessions.PathOf("ines"), [("Input.Reason", "visit"), ("Input.TakeOver", "true")], from: "/staff")).Status);
        Assert.Equal("Asked for it|Ada Novak|Ada Novak", await shop.Scalar<string>("select reason || '|' || set_by || '|' || lifted_by from assist_protection"));
        Assert.Contains("assistance.protection-lifted", await shop.Facts());
    }

    [Theory]
    [InlineData("nobody@buyers.example", "Why", "Input.Whom")]
    [InlineData("N-1001", " ", "Input.Reason")]
    public async Task What_cannot_be_protected_comes_back_on_its_field(string whom, string reason, string field)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var answer = await ada.Submit(await ada.Get(Page), "main form", ("Input.Whom", whom), ("Input.Reason", reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("true", answer.Document.QuerySelector($"[name='{field}']")?.GetAttribute("aria-invalid"));
    }
}
