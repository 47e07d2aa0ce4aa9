using System.Net;
using System.Text.Json;
using OnBehalf.Assistance;
using OnBehalf.Tests.Browser;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Consent for each session where it is a colleague who asks, and where it is about a company as a whole.</summary>
public sealed class ConsentOfOthersTests
{
    private const string Whole = "/staff/customers/N-1001/act";

    [Fact]
    public async Task A_colleague_asks_and_only_his_question_and_this_buyers_answer_let_him_begin_once()
    {
        await using var shop = await TestShop.Start();
        await ColleaguesAsk(shop);
        var (ines, mira) = (await shop.As("ines"), await shop.As("mira"));
        var page = await ines.Get(ActPath("mira"));
        Assert.Contains("Mira has to agree before you act", page.Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Submit(page, "main form[method=post]")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(page, "main form[method=post]", ("Input.AskConsent", "true"), ("Input.Text", "While you are away"))).Status);

        var question = JsonDocument.Parse((await mira.Get("/account/assistance/question")).Html).RootElement;
        Assert.StartsWith("Ines Albrecht (Colleague) asks to act for you: 30 minutes", question.GetProperty("text").GetString());
        Assert.Contains("Ines Albrecht (your colleague) asks to act for you", await shop.Scalar<string>("select body from mail where kind = 'consent-asked'"));
        var path = "/account/assistance/asks/" + question.GetProperty("id").GetString();
        Assert.Contains("Ines Albrecht asks to act for you", (await mira.Get("/cart")).Document.QuerySelector(".consent-open")!.TextContent);
        Assert.Contains("Your colleague", (await mira.Get(path)).Text);
        var heard = (await ines.Get(ActPath("mira"))).Document.QuerySelector("[data-ask]")!.GetAttribute("data-ask")!;
        Assert.Contains("\"asked\"", (await ines.GetJson(heard)).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("lena")).GetJson(heard)).Status);

        // The code is of this question: another colleague with the same mandate types it in vain.
        var code = question.GetProperty("code").GetString()!;
        var jonas = await shop.As("jonas");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await jonas.Submit(await jonas.Get(ActPath("mira")), "main form[method=post]", ("Input.ConsentCode", code))).Status);
        var begun = await ines.Submit(await ines.Get(ActPath("mira")), "main form[method=post]", ("Input.ConsentCode", code));
        Assert.Equal(HttpStatusCode.SeeOther, begun.Status);
        var inside = ines.Inside(begun.Location!);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/account")).Status);
        Assert.Equal("once|colleague|code", await shop.Scalar<string>("select kind || '|' || whom || '|' || how from assist_consent where session_id is not null"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account/company/asks/" + Guid.NewGuid())).Status);

        await Sessions.End(inside, "");
        Assert.Contains("Mira has to agree", (await ines.Get(ActPath("mira"))).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Submit(await ines.Get(ActPath("mira")), "main form[method=post]")).Status);
    }

    [Fact]
    public async Task What_the_buyer_takes_back_ends_the_session_of_a_colleague_too()
    {
        await using var shop = await TestShop.Start();
        await ColleaguesAsk(shop);
        var (ines, mira) = (await shop.As("ines"), await shop.As("mira"));
        await ines.Submit(await ines.Get(ActPath("mira")), "main form[method=post]", ("Input.AskConsent", "true"));
        var path = "/account/assistance/asks/" + await shop.Scalar<string>("select cast(id as text) from assist_ask");
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get(path)).Status);
        await mira.Submit(await mira.Get(path), "main form", ("allow", "true"));
        var inside = ines.Inside((await ines.Submit(await ines.Get(ActPath("mira")), "main form[method=post]")).Location!);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/account")).Status);

        await mira.Submit(await mira.Get("/account/assistance/consent"), "section > form", ("Input.Whom", "anybody"), ("Input.Action", "refuse"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Equal("assistance.consent-withdrawn", await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task What_somebody_lets_anybody_of_the_shop_do_lets_no_colleague_act()
    {
        await using var shop = await TestShop.Start();
        await ColleaguesAsk(shop, ConsentNeed.Standing);
        var (ines, mira) = (await shop.As("ines"), await shop.As("mira"));
        await mira.Submit(await mira.Get("/account/assistance/consent"), "section > form", ("Input.Whom", "anybody"), ("Input.Action", "give"));
        Assert.Equal("anybody given", await shop.Scalar<string>("select whom || ' ' || status from assist_consent"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Submit(await ines.Get(ActPath("mira")), "main form[method=post]")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Fact]
    public async Task An_administrator_who_is_also_staff_is_not_asked_for_his_company()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { Consent = ConsentNeed.AskEachTime });
        var karim = await shop.As("karim");
        var page = await karim.Get(Whole);
        await shop.Sql("update buyer set email = 'karim@onbehalf.example', email_normalized = 'karim@onbehalf.example' where email like 'jonas@%'");
        var asked = await karim.Submit(page, "main form[method=post]", ("Input.AskConsent", "true"), ("Input.ConsentBy", Characters.MembershipIdOf("jonas").ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_ask"));
        Assert.Empty((await karim.Get(Whole)).Document.QuerySelectorAll("#consent-by option"));
    }

    [Fact]
    public async Task For_a_company_as_a_whole_one_of_its_administrators_is_asked_and_his_word_is_for_nothing_else()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { Consent = ConsentNeed.AskEachTime });
        var (karim, jonas) = (await shop.As("karim"), await shop.As("jonas"));
        var page = await karim.Get(Whole);
        Assert.Equal(["Jonas Petersen"], page.Document.QuerySelectorAll("#consent-by option").Select(option => option.TextContent));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Submit(page, "main form[method=post]")).Status);

        // Nobody but an administrator of this company.
        foreach (var other in new[] { "ines", "paul" })
        {
            var refused = await karim.Submit(page, "main form[method=post]", ("Input.AskConsent", "true"), ("Input.ConsentBy", Characters.MembershipIdOf(other).ToString()));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(page, "main form[method=post]", ("Input.AskConsent", "true"))).Status);
        var question = JsonDocument.Parse((await jonas.Get("/account/assistance/question")).Html).RootElement;
        Assert.StartsWith("Karim Weiss (Sales rep) asks to act for Nordlicht GmbH as a whole", question.GetProperty("text").GetString());
        var path = "/account/assistance/asks/" + question.GetProperty("id").GetString();
        Assert.Contains("for your company as a whole", (await jonas.Get("/cart")).Document.QuerySelector(".consent-open")!.TextContent);

        // Who is no administrator any more answers for nobody.
        await shop.Sql($"update membership set role = 'purchaser' where id in (select membership_id from assist_ask)");
        Assert.Equal(HttpStatusCode.Conflict, (await jonas.Post(path, [("allow", "true")])).Status);
        await shop.Sql($"update membership set role = 'administrator' where id in (select membership_id from assist_ask)");
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Post(path, [("allow", "true")])).Status);

        // It is no consent of a person: neither of Ines nor of Jonas himself.
        foreach (var person in new[] { "ines", "jonas" })
        {
            Assert.Equal("assistance.consent-needed", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request(person))).Refusal?.Code);
        }

        var begun = await karim.Submit(await karim.Get(Whole), "main form[method=post]");
        Assert.Equal(HttpStatusCode.SeeOther, begun.Status);
        var inside = karim.Inside(begun.Location!);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/")).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where name = 'assistance.consent-given' and entry like '%\"is-whole\":true%' and entry like '%\"ask\":%'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assist_consent where company_id is not null and membership_id is null and session_id is not null"));

        await jonas.Submit(await jonas.Get("/account/assistance/consent"), "section:has(#said-company) > form", ("Input.Whom", "anybody"), ("Input.Action", "refuse"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/")).Status);
    }

    [Fact]
    public async Task An_emergency_for_a_company_as_a_whole_is_told_to_its_order_contact()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { Consent = ConsentNeed.AskEachTime });
        var (karim, vera) = (await shop.As("karim"), await shop.As("vera"));
        Assert.Contains("The order contact of Nordlicht GmbH and the supervisors are always told", (await karim.Get(Whole)).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get(Whole), "main form[method=post]", ("Input.AskEmergency", "true"), ("Input.Text", "The line stands still"))).Status);
        Assert.Equal("emergency", await shop.Scalar<string>("select kind from assist_request where company_id is not null and membership_id is null"));

        // What was approved for the company opens nobody of it.
        await vera.Submit(await vera.Get("/admin/assistance/requests"), "main form", ("Input.Action", "grant"));
        Assert.NotEqual(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.Emergency", "true"))).Status);
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from assisted_session"));

        var begun = await karim.Submit(await karim.Get(Whole), "main form[method=post]", ("Input.Emergency", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, begun.Status);
        Assert.True(await shop.Scalar<long>("select count(*) from mail where kind = 'emergency-started'") > 0);
        Assert.Contains("assistance.emergency-started", await shop.Facts());
        Assert.Contains("Emergency: began without your consent", (await (await shop.As("jonas")).Get("/account/company/assistance")).Text);
    }

    [Theory]
    [Trait("Category", "Browser")]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task In_the_browser_a_colleague_waits_for_the_answer_and_begins(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await ColleaguesAsk(shop);
        var (ines, mira) = (await shop.As("ines"), await shop.As("mira"));
        await using var window = await Window.Open(shop, "ines-asks-mira", width);
        await window.Enter(ines);
        await window.Go(ActPath("mira"), "needs-consent");
        await window.Click(window.Button("Ask Mira"), "asked");
        var path = "/account/assistance/asks/" + await shop.Scalar<string>("select cast(id as text) from assist_ask");
        await mira.Submit(await mira.Get(path), "main form", ("allow", "true"));
        await window.Page.Locator("[data-ask]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        window.Session = ("Ines Albrecht", "Mira Åkesson");
        await window.Click(window.Button("Act for Mira"), "inside");
        window.Session = null;
        await using var karim = await Window.Open(shop, "karim-asks-company", width);
        await shop.PutTerms(terms => terms with { Consent = ConsentNeed.AskEachTime });
        await karim.Enter(await shop.As("karim"));
        await karim.Go(Whole, "whole");
        await karim.Click(karim.Button("Ask the administrator"), "whole-asked");
        window.Close();
        karim.Close();
    }

    private static string ActPath(string buyer) => $"/account/company/people/{Characters.MembershipIdOf(buyer)}/act";

    // Jonas lets Ines and himself act for everybody, and the shop's rule asks those whom it is about each time.
    private static async Task ColleaguesAsk(TestShop shop, ConsentNeed consent = ConsentNeed.AskEachTime)
    {
        var rules = ShopPolicy.Standard.Rules;
        await shop.Put(ShopPolicy.Standard with { Rules = [.. rules.SkipLast(1), rules[^1] with { Terms = rules[^1].Terms with { Consent = consent } }] });
        var jonas = await shop.As("jonas");
        const string Mandates = "/account/company/mandates";
        foreach (var by in new[] { "ines", "jonas" })
        {
            var given = await jonas.Submit(await jonas.Get(Mandates + "/new"), "main form[method=post]", ("Input.By", $"membership:{Characters.MembershipIdOf(by)}"), ("Input.For", ""));
            Assert.Equal(Mandates, given.Location);
        }
    }
}
