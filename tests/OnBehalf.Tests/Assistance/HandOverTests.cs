using OnBehalf.Modules.Assistance;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Two host names: each surface on its own, and the start handed over from the one to the other. A browser is two visitors, because cookies stay with their host.</summary>
public sealed class HandOverTests
{
    private const string Staff = "http://staff.shop.test";
    private const string Shop = "http://www.shop.test";

    [Fact]
    public async Task A_start_goes_over_both_hosts_with_no_secret_in_any_address_or_log_and_its_end_leads_back()
    {
        var log = new Written();
        await using var shop = await Two(log);
        var (karim, browser) = (await shop.As("karim"), shop.Anonymous());
        var (page, round) = await LastStep(karim, browser);
        var secret = browser.Cookies["assist-tx"];
        var made = await Press(karim, page);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Contains($"form-action 'self' {Shop};", Header(made, "Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header(made, "Content-Security-Policy"));
        Assert.Equal("strict-origin", Header(made, "Referrer-Policy"));
        Assert.Contains("no-store", Header(made, "Cache-Control"));
        var form = made.Document.QuerySelector("form[data-press]")!;
        Assert.Equal($"{Shop}/assist/redemption", form.GetAttribute("action"));
        Assert.Null(form.QuerySelector("input[name=__RequestVerificationToken]"));
        var (id, code) = CodeOf(made);

        var begun = await Redeem(browser, id, code);
        Assert.Matches("^/as/[a-z0-9]{14}/account$", begun.Location);
        var handle = begun.Location!.Split('/')[2];
        var token = browser.Cookies["assist-" + handle];
        Assert.False(browser.Cookies.ContainsKey("assist-tx"));
        var inside = await browser.Get($"{Shop}{begun.Location}");
        Assert.Contains("Karim Weiss", inside.Document.QuerySelector(".assisted-bar")?.TextContent);
        Assert.Contains($"form-action 'self' {Staff};", Header(inside, "Content-Security-Policy"));

        // From now on the shop itself has the way back into the Sales Portal, with the page at hand; who never acted has not.
        var product = await browser.Get($"{Shop}/product/P-100");
        var bar = product.Document.QuerySelector(".operator-bar form")!;
        Assert.Equal($"{Staff}/staff/customers", bar.GetAttribute("action"));
        Assert.Equal("/product/P-100", bar.QuerySelector("input[name=to]")!.GetAttribute("value"));
        Assert.Contains($"form-action 'self' {Staff};", Header(product, "Content-Security-Policy"));
        var stranger = await shop.Anonymous().Get($"{Shop}/product/P-100");
        Assert.Null(stranger.Document.QuerySelector(".operator-bar"));
        Assert.Contains("form-action 'self';", Header(stranger, "Content-Security-Policy"));

        var ended = await Send(browser, $"{Shop}/as/{handle}/assisted-session/end", Shop, Token(inside));
        Assert.Equal($"{Staff}/staff/customers/N-1001", ended.Location);

        var seen = string.Join('\n', [.. round, begun.Location, ended.Location!, log.Text, await shop.Dump("assist_hand_over", "assisted_session", "audit_event", "audit_private")]);
        Assert.All([secret, code, token], value => Assert.DoesNotContain(value, seen));
    }

    [Fact]
    public async Task A_code_counts_once_for_a_minute_in_its_browser_with_its_number_and_from_the_staff_host()
    {
        await using var shop = await Two();
        var (karim, browser) = (await shop.As("karim"), shop.Anonymous());
        var (page, _) = await LastStep(karim, browser);
        var (id, code) = CodeOf(await Press(karim, page));

        // Another browser, with no secret or with its own.
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(shop.Anonymous(), id, code)).Status);
        var other = shop.Anonymous();
        await other.Get($"{Shop}/assist/accept?back=%2Fstaff");
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(other, id, code)).Status);

        // Another number, another code, another origin or none.
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(browser, Guid.NewGuid().ToString(), code)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(browser, id, Host.Cookies.NewToken().Token)).Status);
        foreach (var origin in new[] { "http://evil.test", Shop, null })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Send(browser, $"{Shop}/assist/redemption", origin, ("id", id), ("code", code))).Status);
        }

        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Contains("assistance.hand-over-refused", await shop.Facts());

        // Another operator's code in the browser of this one.
        var vera = await shop.As("vera");
        var (hers, _) = await LastStep(vera, other);
        var (herId, herCode) = CodeOf(await Press(vera, hers));
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(browser, herId, herCode)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(browser, id, herCode)).Status);

        // Itself, but late.
        await shop.Age("assist_hand_over", "made_at", TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(browser, id, code)).Status);

        // Itself, and again.
        (id, code) = CodeOf(await Press(karim, page));
        var kept = browser.Cookies["assist-tx"];
        Assert.Equal(HttpStatusCode.SeeOther, (await Redeem(browser, id, code)).Status);
        browser.Cookies["assist-tx"] = kept;
        Assert.Equal(HttpStatusCode.Conflict, (await Redeem(browser, id, code)).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Theory]
    [InlineData("update staff set status = 'suspended'", HttpStatusCode.Forbidden)]
    [InlineData("update sign_in set ended_at = created_at", HttpStatusCode.Forbidden)]
    [InlineData("update company set status = 'blocked'", HttpStatusCode.Forbidden)]
    public async Task What_ended_between_the_press_and_the_arrival_is_judged_again(string between, HttpStatusCode status)
    {
        await using var shop = await Two();
        var (karim, browser) = (await shop.As("karim"), shop.Anonymous());
        var (page, _) = await LastStep(karim, browser);
        var (id, code) = CodeOf(await Press(karim, page));
        await shop.Sql(between);
        Assert.Equal(status, (await Redeem(browser, id, code)).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Theory]
    [InlineData("sign out")]
    [InlineData("update sign_in set hard_ends_at = created_at")]
    [InlineData("update staff set status = 'suspended'")]
    public async Task The_mark_of_an_operator_on_the_shop_host_ends_with_his_sign_in(string end)
    {
        await using var shop = await Two();
        var (karim, browser) = (await shop.As("karim"), shop.Anonymous());
        var (page, _) = await LastStep(karim, browser);
        var (id, code) = CodeOf(await Press(karim, page));
        await Redeem(browser, id, code);
        Assert.NotNull((await browser.Get($"{Shop}/product/P-100")).Document.QuerySelector(".operator-bar"));
        if (end == "sign out")
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await Send(karim, $"{Staff}/staff/account/logout", Staff, Token(await karim.Get($"{Staff}/staff")))).Status);
        }
        else
        {
            await shop.Sql(end);
        }

        Assert.Null((await browser.Get($"{Shop}/product/P-100")).Document.QuerySelector(".operator-bar"));
        Assert.False(browser.Cookies.ContainsKey("operator"));
    }

    [Fact]
    public async Task With_one_host_the_way_to_the_sales_portal_ends_with_the_sign_in_too()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        Assert.NotNull((await karim.Get("/product/P-100")).Document.QuerySelector(".operator-bar"));
        await shop.Sql("update sign_in set hard_ends_at = created_at");
        Assert.True(karim.Cookies.ContainsKey("staff"));
        Assert.Null((await karim.Get("/product/P-100")).Document.QuerySelector(".operator-bar"));
    }

    [Fact]
    public async Task Each_surface_answers_on_its_own_host_alone()
    {
        await using var shop = await Two();
        var (karim, ines) = (await shop.As("karim"), await shop.As("ines"));
        Assert.Equal($"{Staff}/staff/customers?q=nord", (await karim.Get($"{Shop}/staff/customers?q=nord")).Location);
        Assert.Equal($"{Staff}/admin", (await karim.Get($"{Shop}/admin")).Location);
        Assert.Equal($"{Shop}/cart", (await ines.Get($"{Staff}/cart")).Location);
        Assert.Equal($"{Shop}/as/abcdefgh1234/cart", (await karim.Get($"{Staff}/as/abcdefgh1234/cart")).Location);
        Assert.Equal("/staff", (await karim.Get($"{Staff}/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get($"{Staff}/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get($"{Shop}/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("http://other.test/cart")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("http://other.test/health")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.PostRaw($"{Shop}/staff/account/logout", [])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.PostRaw($"{Staff}/cart/lines", [])).Status);

        // The way over the shop host leads to pages of the staff host and nowhere else.
        foreach (var back in new[] { "https%3A%2F%2Fevil.test", "%2F%2Fevil.test", "%2Fcart", "%2Fstaff%2Faccount%2Flogin", "" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await ines.Get($"{Shop}/assist/accept?back={back}")).Status);
        }
    }

    [Fact]
    public async Task Starts_that_never_arrive_and_wishes_that_never_come_true_are_forgotten_after_some_minutes()
    {
        await using var shop = await Two();
        var (karim, vera, browser) = (await shop.As("karim"), await shop.As("vera"), shop.Anonymous());
        var (page, _) = await LastStep(karim, browser);
        await Press(karim, page);
        await Wish(vera, browser, await BeginForCompany(vera, browser, "N-1001"), "süd");
        var sweep = shop.Services.GetRequiredService<SessionSweep>();
        await sweep.Sweep();
        Assert.Equal((1, 1), (await shop.Scalar<int>("select count(*) from assist_hand_over"), await shop.Scalar<int>("select count(*) from assist_switch")));
        await shop.Age("assist_hand_over", "made_at", TimeSpan.FromMinutes(11));
        await shop.Age("assist_switch", "made_at", TimeSpan.FromMinutes(11));
        await sweep.Sweep();
        Assert.Equal((0, 0), (await shop.Scalar<int>("select count(*) from assist_hand_over"), await shop.Scalar<int>("select count(*) from assist_switch")));
    }

    [Fact]
    public async Task With_one_host_there_is_no_hand_over()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/assist/accept?back=%2Fstaff")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.PostRaw("/assist/redemption", [("id", Guid.NewGuid().ToString())])).Status);
        Assert.StartsWith("/as/", (await Sessions.Begin(karim, "ines")).Location);
    }

    [Fact]
    public async Task A_switch_to_the_next_company_presses_itself_on_the_staff_host_where_the_rules_ask_for_nothing_more()
    {
        var log = new Written();
        await using var shop = await Two(log);
        var (vera, browser) = (await shop.As("vera"), shop.Anonymous());
        var inside = await BeginForCompany(vera, browser, "N-1001");
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(browser, $"{Shop}{inside}/assisted-session/organisation", Shop, ("to", "N-1002"))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_switch"));

        var (page, round) = await Wish(vera, browser, inside, "süd");
        Assert.Equal("/staff/customers/N-1002/act", new Uri(Staff + page.Path).AbsolutePath);
        var form = page.Document.QuerySelector("form:has(template[data-press=once])")!;
        Assert.Equal("visit", form.QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.Equal("Asked for by Ines herself", form.QuerySelector("input[name='Input.Text']")!.GetAttribute("value"));
        Assert.Contains("You come from Nordlicht GmbH.", form.TextContent);
        Assert.Contains("Act for Südwind AG", form.QuerySelector("button:not([hidden])")!.TextContent);
        Assert.All(round, address => Assert.DoesNotMatch("visit|Ines", address));
        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));

        var (id, code) = CodeOf(await PressItself(vera, page));
        var begun = await Redeem(browser, id, code);
        Assert.Matches("^/as/[a-z0-9]{14}/$", begun.Location);
        Assert.Equal("Südwind AG", (await browser.Get(Shop + begun.Location)).Document.QuerySelector(".bar-badge")!.TextContent);
        Assert.Equal("switched", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended'"));
        Assert.Equal("Asked for by Ines herself", await shop.Scalar<string>("select reason_text from assisted_session where status = 'active'"));

        // Back on the page: the wish has come true, and nothing presses itself again.
        Assert.Null((await vera.Get(Staff + page.Path)).Document.QuerySelector("form:has(template[data-press=once])"));
        Assert.DoesNotContain("Asked for by Ines", log.Text);
    }

    [Fact]
    public async Task A_switch_to_no_company_or_several_leads_to_the_list_and_one_to_the_same_company_back()
    {
        await using var shop = await Two();
        var (vera, browser) = (await shop.As("vera"), shop.Anonymous());
        var inside = await BeginForCompany(vera, browser, "N-1001");
        Assert.Equal("/staff/organisations?q=nobody", (await Arrive(vera, browser, inside, "nobody")).Location);
        Assert.Equal("/staff/organisations", (await vera.Get($"{Staff}/staff/organisations/next")).Location);
        Assert.Equal($"{Shop}{inside}/", (await Arrive(vera, browser, inside, "N-1001")).Location);
    }

    [Theory]
    [InlineData("another company")]
    [InlineData("another operator")]
    [InlineData("another sign-in")]
    [InlineData("too late")]
    [InlineData("session over")]
    public async Task Nothing_presses_itself_for_who_did_not_ask_for_just_this_a_moment_ago(string how)
    {
        await using var shop = await Two();
        var (vera, browser) = (await shop.As("vera"), shop.Anonymous());
        var inside = await BeginForCompany(vera, browser, "N-1001");
        var (page, _) = await Wish(vera, browser, inside, "N-1002");
        Assert.NotNull((await vera.Get(Staff + page.Path)).Document.QuerySelector("form:has(template[data-press=once])"));
        var path = how == "another company" ? page.Path.Replace("N-1002", "N-1003", StringComparison.Ordinal) : page.Path;
        var visitor = how == "another operator" ? await shop.As("rosa") : how == "another sign-in" ? await shop.As("vera") : vera;
        if (how == "too late")
        {
            await shop.Age("assist_switch", "made_at", TimeSpan.FromSeconds(61));
        }
        else if (how == "session over")
        {
            await Send(browser, $"{Shop}{inside}/assisted-session/end", Shop, Token(await browser.Get($"{Shop}{inside}/cart")));
        }

        var plain = await visitor.Get(Staff + path);
        Assert.Equal(HttpStatusCode.OK, plain.Status);
        Assert.Null(plain.Document.QuerySelector("[data-press=once]"));
        Assert.DoesNotContain("Asked for by Ines", plain.Text);
    }

    [Fact]
    public async Task Where_more_is_asked_for_the_last_step_waits_for_the_operator_with_what_he_said_before_filled_in()
    {
        await using var shop = await Two();
        var (vera, browser) = (await shop.As("vera"), shop.Anonymous());
        var inside = await BeginForCompany(vera, browser, "N-1001");
        foreach (var more in new Func<PolicyTerms, PolicyTerms>[] { terms => terms with { NeedsTicket = true }, terms => terms with { NeedsSecondFactor = true }, terms => terms with { NeedsApproval = true } })
        {
            await shop.Put(ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules.Select(rule => rule with { Terms = more(rule.Terms) })] });
            var (page, _) = await Wish(vera, browser, inside, "N-1002");
            Assert.Null(page.Document.QuerySelector("[data-press=once]"));
            Assert.Equal("Asked for by Ines herself", page.Document.QuerySelector("input[name='Input.Text']")!.GetAttribute("value"));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"{Shop}{inside}/cart")).Status);
    }

    // Signed in on the one host, and in a session on the other.
    private static async Task<string> BeginForCompany(Visitor staff, Visitor browser, string number)
    {
        var (page, _) = await LastStep(staff, browser, $"/staff/customers/{number}/act");
        var (id, code) = CodeOf(await Send(staff, Staff + page.Path, Staff, Token(page), ("Input.Reason", "visit"), ("Input.Text", "Asked for by Ines herself")));
        return (await Redeem(browser, id, code)).Location!.TrimEnd('/');
    }

    // What is typed into the bar, and where it leads on the staff host.
    private static async Task<Answer> Arrive(Visitor staff, Visitor browser, string inside, string to)
    {
        var sent = await Send(browser, $"{Shop}{inside}/assisted-session/organisation", Shop, Token(await browser.Get($"{Shop}{inside}/cart")), ("to", to));
        var led = await browser.Get(Shop + sent.Location);
        Assert.StartsWith($"{Staff}/staff/organisations/next?q=", led.Location);
        return await staff.Get(led.Location!);
    }

    private static async Task<(Answer Page, List<string> Round)> Wish(Visitor staff, Visitor browser, string inside, string to)
    {
        var arrived = await Arrive(staff, browser, inside, to);
        var (page, round) = await LastStep(staff, browser, arrived.Location!);
        return (page, [arrived.Path, arrived.Location!, .. round]);
    }

    private static Task<TestShop> Two(Written? log = null) => TestShop.Start(builder =>
    {
        builder.Configuration["Hosts:Staff"] = "staff.shop.test";
        builder.Configuration["Hosts:Shop"] = "www.shop.test";
        if (log is not null)
        {
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(log).AddFilter((_, _) => true);
        }
    });

    // The link, over the shop host, to the page; with the addresses on the way.
    private static async Task<(Answer Page, List<string> Round)> LastStep(Visitor staff, Visitor browser, string? path = null)
    {
        path ??= Sessions.PathOf("ines");
        var link = await staff.Get(Staff + path);
        Assert.StartsWith($"{Shop}/assist/accept?back=", link.Location);
        var accepted = await browser.Get(link.Location!);
        Assert.StartsWith($"{Staff}{path}{(path.Contains('?') ? '&' : '?')}browser=", accepted.Location);
        return (await staff.Get(accepted.Location!), [link.Location!, accepted.Location!]);
    }

    private static Task<Answer> Press(Visitor staff, Answer page) =>
        Send(staff, Staff + page.Path, Staff, Token(page), ("Input.Reason", "visit"), ("Input.TakeOver", "true"));

    // As the script does: the form as it stands, and no button.
    private static Task<Answer> PressItself(Visitor staff, Answer page)
    {
        var form = page.Document.QuerySelector("form:has(template[data-press=once])")!;
        return Send(staff, Staff + page.Path, Staff, [
            .. form.QuerySelectorAll("input[name]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? "")),
            .. form.QuerySelectorAll("select[name]").Select(select => (select.GetAttribute("name")!, (select.QuerySelector("option[selected]") ?? select.QuerySelector("option"))!.GetAttribute("value")!)),
        ]);
    }

    private static (string Name, string Value) Token(Answer page) =>
        ("__RequestVerificationToken", page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);

    private static (string Id, string Code) CodeOf(Answer made) =>
        (made.Document.QuerySelector("input[name=id]")!.GetAttribute("value")!, made.Document.QuerySelector("input[name=code]")!.GetAttribute("value")!);

    private static Task<Answer> Redeem(Visitor browser, string id, string code) => Send(browser, $"{Shop}/assist/redemption", Staff, ("id", id), ("code", code));

    private static Task<Answer> Send(Visitor visitor, string url, string? origin, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return visitor.Send(request);
    }

    private static string Header(Answer answer, string name) => string.Join(' ', answer.Response.Headers.GetValues(name));

    private sealed class Written : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
