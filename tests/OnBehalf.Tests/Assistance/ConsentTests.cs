using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Browser;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Consent of the buyer: standing, asked each time by code, link or tap, taken back; and the emergency that does without.</summary>
public sealed class ConsentTests
{
    private const string Page = "/account/assistance/consent";

    [Fact]
    public async Task A_standing_consent_lets_act_as_far_as_it_goes_and_its_withdrawal_ends_the_session_before_the_answer()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { Consent = ConsentNeed.Standing });
        var (karim, ines) = (await shop.As("karim"), await shop.As("ines"));
        Assert.Equal("assistance.consent-needed", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("ines"))).Refusal?.Code);
        Assert.Contains("Ines has to agree before you act", (await karim.Get(Sessions.PathOf("ines"))).Text);

        Assert.Equal(HttpStatusCode.SeeOther, (await Say(ines, ("Input.Whom", "assigned"), ("Input.Highest", "cart"), ("Input.Action", "give"))).Status);
        var (_, inside) = await Sessions.Act(karim, "ines");
        Assert.Equal("cart", (await karim.Get(inside + "/account")).Document.QuerySelector("[data-mode]")!.TextContent);
        var before = await CallerIn(karim, inside);
        Assert.Null(await Write(shop, before));

        // Less than before counts at once, also for what had begun.
        await Say(ines, ("Input.Whom", "assigned"), ("Input.Highest", "view"), ("Input.Action", "give"));
        Assert.Equal("assistance.session-narrowed", await Write(shop, before));
        Assert.Equal("view", (await karim.Get(inside + "/account")).Document.QuerySelector("[data-mode]")!.TextContent);

        var again = await CallerIn(karim, inside);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(await ines.Get(Page), "section li form", ("Input.Action", "withdraw"))).Status);
        Assert.Equal("assistance.session-over", await Write(shop, again));
        Assert.Equal("assistance.consent-withdrawn", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Contains("the customer has withdrawn consent", (await karim.Get(Sessions.PathOf("ines"))).Text);

        await ines.Submit(await ines.Get(Page), "section li form", ("Input.Action", "forget"));
        Assert.Equal("assistance.consent-needed", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("ines"))).Refusal?.Code);
        foreach (var fact in new[] { "assistance.consent-given", "assistance.consent-withdrawn", "assistance.consent-forgotten" })
        {
            Assert.Contains(fact, await shop.Facts());
        }
    }

    [Fact]
    public async Task Nobody_of_them_denies_also_where_the_rule_asks_for_nothing_and_only_those()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await Say(ines, ("Input.Whom", Characters.StaffIdOf("karim").ToString()), ("Input.Action", "refuse"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal("assistance.consent-withdrawn", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("ines"))).Refusal?.Code);
        Assert.Null((await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(await shop.As("sam")), Sessions.Request("ines"))).Refusal);
    }

    [Fact]
    public async Task What_is_taken_back_from_those_who_are_assigned_leaves_what_others_were_allowed_once()
    {
        await using var shop = await TestShop.Start();
        await using (var db = shop.Database.Read())
        {
            foreach (var staff in new[] { "karim", "sam" })
            {
                db.Add(new AssistConsentRow
                {
                    Id = Guid.CreateVersion7(), MembershipId = Characters.MembershipIdOf("ines"), Kind = "once", Whom = "staff", StaffId = Characters.StaffIdOf(staff), Status = "given",
                    Highest = Mode.Order, Withheld = 0, How = "code", GivenAt = TimeProvider.System.GetUtcNow(), GivenBy = "Ines Albrecht",
                });
            }

            await db.SaveChangesAsync();
        }

        await Say(await shop.As("ines"), ("Input.Whom", "assigned"), ("Input.Action", "refuse"));
        Assert.Equal("Karim over, Sam given", await shop.Scalar<string>(
            "select (select 'Karim ' || c.status from assist_consent c join staff s on s.id = c.staff_id where s.first_name = 'Karim') || ', ' || (select 'Sam ' || c.status from assist_consent c join staff s on s.id = c.staff_id where s.first_name = 'Sam')"));
    }

    [Fact]
    public async Task A_withdrawal_and_an_answer_at_the_same_moment_leave_no_consent_behind()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { Consent = ConsentNeed.AskEachTime });
        var (asks, consents) = (shop.Services.GetRequiredService<ConsentAsks>(), shop.Services.GetRequiredService<Consents>());
        var karim = await Sessions.CallerOf(await shop.As("karim"));
        var ines = (await shop.Services.GetRequiredService<Modules.Identity.SignInQueries>().FindBuyer(Host.Cookies.Hash((await shop.As("ines")).Cookies[Host.Cookies.Shop])!, default))!;
        for (var round = 0; round < 20; round++)
        {
            Assert.Null((await asks.Ask(karim, Characters.MembershipIdOf("ines"), null, "visit", null, 30, null, default)).Refusal);
            var id = Guid.Parse(await shop.Scalar<string>("select cast(id as text) from assist_ask where status = 'asked'"));
            await Task.WhenAll(
                Task.Run(() => asks.Answer(ines, id, allows: true, default)),
                Task.Run(() => consents.Say(ines, new Statement("anybody", null, IsGiven: false, Mode.View, Rights.None, null), forCompany: false, default)));
            Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_consent where kind = 'once' and status = 'given'"));
            Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_ask where status = 'asked'"));
            await shop.Sql("delete from assist_consent");
            await shop.Sql("delete from assist_ask");
        }
    }

    [Fact]
    public async Task An_administrator_who_is_also_staff_opens_his_company_to_nobody()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        await shop.Sql("update buyer set email = 'sam@onbehalf.example', email_normalized = 'sam@onbehalf.example' where email like 'jonas@%'");
        var said = await jonas.Submit(await jonas.Get(Page), "section:has(#said-company) > form", ("Input.Whom", "anybody"), ("Input.Action", "give"));
        Assert.Equal(HttpStatusCode.Forbidden, said.Status);
        var given = await jonas.Submit(await jonas.Get("/account/company/mandates/new"), "main form[method=post]", ("Input.By", "staff"));
        Assert.Equal(HttpStatusCode.Forbidden, given.Status);
        Assert.Equal(0, await shop.Scalar<int>("select (select count(*) from assist_consent) + (select count(*) from assist_mandate)"));

        // To say no is never refused.
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Submit(await jonas.Get(Page), "section:has(#said-company) > form", ("Input.Whom", "anybody"), ("Input.Action", "refuse"))).Status);
    }

    [Fact]
    public async Task A_company_asks_for_more_than_the_shop_and_only_its_administrator_says_so()
    {
        await using var shop = await TestShop.Start();
        var (jonas, ines) = (await shop.As("jonas"), await shop.As("ines"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Post(Page, [("Input.Action", "ask"), ("Input.Need", "standing"), ("Input.ForCompany", "true")])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Post(Page, [("Input.Action", "ask"), ("Input.Need", "standing")])).Status);
        var karim = await Sessions.CallerOf(await shop.As("karim"));
        Assert.Equal("assistance.consent-needed", (await shop.Services.AssistedSessions().Start(karim, Sessions.Request("ines"))).Refusal?.Code);
        await Say(ines, ("Input.Whom", "anybody"), ("Input.Action", "give"));
        Assert.Null((await shop.Services.AssistedSessions().Start(karim, Sessions.Request("ines"))).Refusal);
    }

    [Fact]
    public async Task A_code_is_good_for_this_operator_this_buyer_once_and_five_tries()
    {
        await using var shop = await TestShop.Start();
        await AskEachTime(shop);
        var (karim, tom, ines) = (await shop.As("karim"), await shop.As("tom"), await shop.As("ines"));
        await Ask(karim, "ines");
        var code = await CodeOf(shop, ines);
        Assert.Contains(code, (await ines.Get("/account/assistance/asks/" + await shop.Scalar<string>("select cast(id as text) from assist_ask"))).Text.Replace(" ", "", StringComparison.Ordinal));

        // Another one's, and for another buyer.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(tom, "ines", ("Input.ConsentCode", code))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "jonas", ("Input.ConsentCode", code))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.ConsentCode", Wrong(code)))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.ConsentCode", code))).Status);
        Assert.Equal("once|code", await shop.Scalar<string>("select kind || '|' || how from assist_consent where session_id is not null"));

        // Once: the next session asks again.
        await shop.Services.AssistedSessions().End(Caller.Machine("test"), new AssistedSessionId(Guid.Parse(await shop.Scalar<string>("select cast(id as text) from assisted_session"))), "operator");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.ConsentCode", code))).Status);

        await Ask(karim, "ines");
        var second = await CodeOf(shop, ines);
        for (var i = 0; i < ConsentAsks.Tries; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.ConsentCode", Wrong(second)))).Status);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.ConsentCode", second))).Status);
        Assert.Equal("over", await shop.Scalar<string>("select status from assist_ask where tries = 5"));
        Assert.Equal(ConsentAsks.Tries + 1, (await shop.Facts()).Count(name => name == "assistance.consent-code-wrong"));

        await Ask(karim, "ines");
        var third = await CodeOf(shop, ines);
        await shop.Age("assist_ask", "expires_at", TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.ConsentCode", third))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ines.Get("/account/assistance/question")).Status);
    }

    [Fact]
    public async Task The_link_says_who_and_why_answers_by_a_button_and_works_once()
    {
        await using var shop = await TestShop.Start();
        await AskEachTime(shop);
        var karim = await shop.As("karim");
        await Ask(karim, "ines", "She wants the drills");
        Assert.DoesNotContain("code=", await shop.Scalar<string>("select body from mail where kind = 'consent-asked'"));
        var link = new Uri((await shop.Mail("consent-asked")).Link).PathAndQuery;
        var anybody = shop.Anonymous();
        Assert.Equal("/consent", (await anybody.Get(link)).Location);
        var page = await anybody.Get("/consent");
        foreach (var words in new[] { "Karim Weiss asks to act for Ines Albrecht", "30 minutes, cart and order", "She wants the drills" })
        {
            Assert.Contains(words, page.Text);
        }

        Assert.Equal("asked", await shop.Scalar<string>("select status from assist_ask"));
        Assert.Equal(HttpStatusCode.SeeOther, (await anybody.Submit(page, "main form", ("allow", "true"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await anybody.Submit(page, "main form", ("allow", "false"))).Status);
        Assert.Contains("\"allowed\"", (await karim.GetJson("/staff/asks/" + await shop.Scalar<string>("select cast(id as text) from assist_ask"))).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("tom")).GetJson("/staff/asks/" + await shop.Scalar<string>("select cast(id as text) from assist_ask"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines")).Status);
    }

    [Fact]
    public async Task The_question_of_an_open_page_costs_one_command_counts_as_no_activity_and_is_answered_by_this_buyer_alone()
    {
        await using var shop = await TestShop.Start();
        await AskEachTime(shop);
        var (karim, ines, jonas) = (await shop.As("karim"), await shop.As("ines"), await shop.As("jonas"));
        await Ask(karim, "ines");
        await shop.Sql("update sign_in set last_seen_at = " + (shop.Database.Kind == Data.DatabaseKind.Postgres ? "now() - interval '5 minutes'" : "last_seen_at - 300000000") + " where buyer_id is not null");
        var seen = await shop.Scalar<string>("select cast(max(last_seen_at) as text) from sign_in where buyer_id is not null");
        var question = JsonDocument.Parse((await ines.Get("/account/assistance/question")).Html).RootElement;
        Assert.Equal("Karim Weiss (Sales rep) asks to act for you: 30 minutes, cart and order.", question.GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await jonas.Get("/account/assistance/question")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await shop.Anonymous().Get("/account/assistance/question")).Status);
        Assert.Equal(seen, await shop.Scalar<string>("select cast(max(last_seen_at) as text) from sign_in where buyer_id is not null"));

        // Without a script it stands on every page.
        var path = "/account/assistance/asks/" + question.GetProperty("id").GetString();
        Assert.Equal(path, (await ines.Get("/cart")).Document.QuerySelector(".consent-open a")?.GetAttribute("href"), ignoreCase: true);
        Assert.Null((await jonas.Get("/cart")).Document.QuerySelector(".consent-open"));
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get(path)).Status);
        var token = question.GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.PostRaw(path, [("allow", "false"), ("__RequestVerificationToken", token)])).Status);
        Assert.Contains("Ines refused", (await karim.Get(Sessions.PathOf("ines"))).Text);
        Assert.Equal("assistance.consent-needed", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("ines"))).Refusal?.Code);
    }

    [Fact]
    public async Task An_emergency_begins_with_a_second_person_and_is_always_told()
    {
        await using var shop = await TestShop.Start();
        await AskEachTime(shop);
        var (karim, vera) = (await shop.As("karim"), await shop.As("vera"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.AskEmergency", "true"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.AskEmergency", "true"), ("Input.Text", "The line stands still"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Status(await Sessions.Begin(karim, "ines", ("Input.Emergency", "true"))));
        await vera.Submit(await vera.Get("/admin/assistance/requests"), "main form", ("Input.Action", "grant"));
        var begun = await Sessions.Begin(karim, "ines", ("Input.Emergency", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, begun.Status);
        var inside = begun.Location![..begun.Location!.LastIndexOf('/')];
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/account")).Status);
        Assert.Equal("ines@buyers.example", await shop.Scalar<string>("select to_address from mail where kind = 'emergency-started'"), ignoreCase: true);
        Assert.Contains("in an emergency", await shop.Scalar<string>("select subject from mail where kind = 'session-alert' order by created_at desc limit 1"));
        Assert.Contains("Emergency: began without your consent", (await (await shop.As("ines")).Get("/account/assistance")).Text);

        // The approval was for one start, and an ordinary one is not enough.
        await Sessions.End(karim, inside);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Status(await Sessions.Begin(karim, "ines", ("Input.Emergency", "true"))));
        Assert.Contains("assistance.emergency-started", await shop.Facts());
    }

    [Theory]
    [Trait("Category", "Browser")]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task In_the_browser_a_tap_of_the_buyer_lets_the_waiting_operator_begin(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await AskEachTime(shop);
        await using var karim = await Window.Open(shop, "karim-asks", width);
        await karim.Enter(await shop.As("karim"));
        await using var ines = await Window.Open(shop, "ines-taps", width);
        await ines.Enter(await shop.As("ines"));
        await ines.Go("/product/P-100", "reading");
        await karim.Go(Sessions.PathOf("ines"), "needs-consent");
        await karim.Click(karim.Button("Ask Ines"), "asked");
        var notice = ines.Page.Locator(".consent-notice");
        await notice.WaitForAsync();
        await ines.Look("notice");
        await ines.Click(notice.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Allow 30 minutes" }), "allowed");
        Assert.Contains("You allowed it", await ines.Text());
        // The button is there before the answer, for the code; the page that has the answer no longer waits for it.
        await karim.Page.Locator("[data-ask]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await karim.Look("answer-is-there");
        karim.Session = ("Karim Weiss", "Ines Albrecht");
        await karim.Click(karim.Button("Act for Ines"), "inside");
        await ines.Go(Page, "who-may-act");
        karim.Close();
        ines.Close();
    }

    private static HttpStatusCode Status(Answer answer) => answer.Status == HttpStatusCode.Forbidden ? HttpStatusCode.UnprocessableEntity : answer.Status;

    private static Task AskEachTime(TestShop shop) => shop.PutTerms(terms => terms with { Consent = ConsentNeed.AskEachTime });

    private static async Task Ask(Visitor visitor, string buyer, string? note = null) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(visitor, buyer, ("Input.AskConsent", "true"), ("Input.Text", note ?? ""))).Status);

    private static async Task<Answer> Say(Visitor visitor, params (string, string)[] fields) => await visitor.Submit(await visitor.Get(Page), "section > form", fields);

    private static async Task<string> CodeOf(TestShop shop, Visitor buyer) =>
        JsonDocument.Parse((await buyer.Get("/account/assistance/question")).Html).RootElement.GetProperty("code").GetString()!.Replace(" ", "", StringComparison.Ordinal);

    private static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    private static async Task<Caller> CallerIn(Visitor visitor, string inside)
    {
        var handle = inside["/as/".Length..];
        var hash = System.Security.Cryptography.SHA256.HashData(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(visitor.Cookies[Host.Cookies.Assist(handle)]));
        return (await visitor.Shop.Services.GetRequiredService<AssistedSessionQueries>().Find(handle, hash, null, isActivity: true, default))!;
    }

    private static async Task<string?> Write(TestShop shop, Caller caller) =>
        (await shop.Database.Write<Done>(caller, _ => Task.FromResult<Outcome<Done>>(Done.It))).Refusal?.Code;
}
