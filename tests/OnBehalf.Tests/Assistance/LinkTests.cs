using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>A link by mail for a named colleague: a wish, used once, by him alone, under his own sign-in and rules.</summary>
public sealed class LinkTests
{
    private static string Form => $"/staff/colleague-link/{Characters.MembershipIdOf("ines")}";

    [Fact]
    public async Task A_colleague_follows_the_link_as_himself_finds_it_filled_in_and_uses_it_up()
    {
        await using var shop = await TestShop.Start();
        var (karim, tom) = (await shop.As("karim"), await shop.As("tom"));
        var made = await Make(karim, "tom", ("Input.Text", "She wants ten more drills"), ("Input.Ticket", "T-9"));
        Assert.Equal("/staff/customers/N-1001", made.Location);
        var id = await shop.Scalar<string>("select cast(id as text) from assist_link");
        var mail = await shop.Scalar<string>("select subject || ' ' || body from mail where kind = 'assist-link'");
        Assert.Contains($"/staff/links/{id}", mail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Ines", mail);
        Assert.DoesNotContain("drills", mail);
        Assert.Contains("open until", (await karim.Get("/staff/customers/N-1001")).Text);

        var page = await tom.Follow(await tom.Get($"/staff/links/{id}"));
        Assert.Contains("Karim Weiss asks you to do this", page.Text);
        Assert.Equal("She wants ten more drills", page.Document.QuerySelector("#text")?.GetAttribute("value"));
        Assert.Equal("open", await shop.Scalar<string>("select status from assist_link"));
        Assert.Equal(HttpStatusCode.SeeOther, (await tom.Submit(page, "main form[method=post]")).Status);
        Assert.Equal("used", await shop.Scalar<string>("select status from assist_link"));
        Assert.Equal("T-9", await shop.Scalar<string>("select ticket from assisted_session"));
        Assert.Contains("assistance.link-used", await shop.Facts());

        var again = await tom.Get($"/staff/links/{id}");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("no longer counts", again.Text);
        var replayed = await tom.Submit(page, "main form[method=post]", ("Input.TakeOver", "true"));
        Assert.Equal(HttpStatusCode.Conflict, replayed.Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Contains("used", (await karim.Get("/staff/customers/N-1001")).Document.QuerySelector("[aria-labelledby=links-title]")!.TextContent);
    }

    [Fact]
    public async Task For_anybody_else_there_is_no_such_link_and_without_sign_in_there_is_the_door()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        await Make(karim, "rosa");
        var id = await shop.Scalar<string>("select cast(id as text) from assist_link");

        // Rosa does not see this customer: the link gives her nothing that she has not.
        foreach (var who in new[] { "karim", "tom", "ada", "rosa" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As(who)).Get($"/staff/links/{id}")).Status);
        }

        Assert.StartsWith("/staff/account/login", (await shop.Anonymous().Get($"/staff/links/{id}")).Location);

        // The id in another's form does not use it up either.
        Assert.Equal(HttpStatusCode.NotFound, (await Sessions.Begin(await shop.As("ada"), "ines", ("Input.Link", id))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Equal("open", await shop.Scalar<string>("select status from assist_link"));
    }

    [Fact]
    public async Task A_link_ends_with_its_time_or_when_its_maker_takes_it_back()
    {
        await using var shop = await TestShop.Start();
        var (karim, tom) = (await shop.As("karim"), await shop.As("tom"));
        await Make(karim, "tom", ("Input.Hours", "1"));
        var id = await shop.Scalar<string>("select cast(id as text) from assist_link");
        var page = await tom.Follow(await tom.Get($"/staff/links/{id}"));
        await shop.Age("assist_link", "expires_at", TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Conflict, (await tom.Get($"/staff/links/{id}")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await tom.Submit(page, "main form[method=post]")).Status);

        await shop.Sql("delete from assist_link");
        await Make(karim, "tom");
        id = await shop.Scalar<string>("select cast(id as text) from assist_link");
        Assert.Equal(HttpStatusCode.NotFound, (await tom.Post($"/staff/links/{id}/withdrawal", [], from: "/staff")).Status);
        var customer = await karim.Get("/staff/customers/N-1001");
        Assert.Equal("/staff/customers/N-1001", (await karim.Submit(customer, "form[action$='/withdrawal']")).Location);
        Assert.Equal(HttpStatusCode.Conflict, (await tom.Get($"/staff/links/{id}")).Status);
        Assert.Contains("assistance.link-withdrawn", await shop.Facts());
    }

    [Theory]
    [InlineData("Input.For", "", "choose one")]
    [InlineData("Input.Hours", "100000", "choose from the list")]
    [InlineData("Input.Reason", "because", "Choose a reason")]
    public async Task What_cannot_be_asked_comes_back_on_its_field(string field, string value, string sentence)
    {
        await using var shop = await TestShop.Start();
        var answer = await Make(await shop.As("karim"), "tom", (field, value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(sentence, answer.Document.QuerySelector($"[data-valmsg-for='{field}']")?.TextContent);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_link"));
    }

    private static async Task<Answer> Make(Visitor karim, string colleague, params (string Name, string Value)[] changed)
    {
        var page = await karim.Get(Form + "?from=%2Fstaff%2Fcustomers%2FN-1001");
        (string Name, string Value)[] fields = [("Input.For", Characters.StaffIdOf(colleague).ToString()), ("Input.Reason", "visit")];
        return await karim.Submit(page, "main form[method=post]", [.. fields.Where(field => changed.All(other => other.Name != field.Name)), .. changed]);
    }
}
