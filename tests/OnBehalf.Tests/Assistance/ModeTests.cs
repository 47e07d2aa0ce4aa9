using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Browser;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>The mode of a session: raised for what the rule asks, lowered by hand, fallen back by the database's clock.</summary>
public sealed class ModeTests
{
    private static readonly (string, string)[] OneDrill = [("sku", "P-100"), ("quantity", "1")];

    [Fact]
    public async Task Support_looks_first_raises_it_with_a_reason_and_falls_back_by_the_clock_of_the_database()
    {
        await using var shop = await TestShop.Start();
        var (sam, inside) = await Sessions.Act(await shop.As("sam"), "ines");
        Assert.Equal("view", (await sam.Get(inside + "/account")).Document.QuerySelector(".bar-mode [data-mode]")!.TextContent);
        var refused = await sam.Post(inside + "/cart/lines", OneDrill, from: inside + "/product/P-100");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Raise it with “Mode” in the bar above", refused.Text);
        Assert.Contains("Raise it with “Mode” in the bar above", (await sam.Get(inside + "/checkout")).Text);

        var page = await sam.Get(inside + "/assisted-session/mode?back=/product/P-100");
        var unsaid = await sam.Submit(page, "main form", ("Input.Mode", "Order"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.Status);
        Assert.Contains("why you need the higher mode", unsaid.Text);
        Assert.Equal(inside + "/product/P-100", (await sam.Submit(page, "main form", ("Input.Mode", "Order"), ("Input.Reason", "T-77: she cannot find it"))).Location);
        Assert.Equal(HttpStatusCode.SeeOther, (await sam.Post(inside + "/cart/lines", OneDrill, from: inside + "/product/P-100")).Status);
        var left = System.Text.Json.JsonDocument.Parse((await sam.GetJson(inside + "/assisted-session")).Html).RootElement;
        Assert.Equal("order", left.GetProperty("mode").GetString());
        Assert.InRange(left.GetProperty("raisedSeconds").GetInt32(), 850, 900);

        await shop.Age("assisted_session", "raised_until", TimeSpan.FromMinutes(16));
        Assert.Equal("view", (await sam.Get(inside + "/account")).Document.QuerySelector(".bar-mode [data-mode]")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.Post(inside + "/cart/lines", OneDrill, from: inside + "/product/P-100")).Status);

        // The reason counts for the whole session; a part of the way up is enough for the cart.
        Assert.Equal(HttpStatusCode.SeeOther, (await sam.Submit(await sam.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Cart"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await sam.Post(inside + "/cart/lines", OneDrill, from: inside + "/product/P-100")).Status);
        Assert.Contains("mode cart, which is not enough", (await sam.Get(inside + "/checkout")).Text);
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "assistance.mode-raised"));
        Assert.Contains("Raised the mode from view to order", (await (await shop.As("ines")).Get("/account/assistance")).Text);
    }

    [Fact]
    public async Task A_write_that_began_before_the_fall_back_or_the_lowering_does_not_commit_after_it()
    {
        await using var shop = await TestShop.Start();
        var (sam, inside) = await Sessions.Act(await shop.As("sam"), "ines");
        await sam.Submit(await sam.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Order"), ("Input.Reason", "T-77"));
        var raised = await CallerIn(sam, inside);
        Assert.Null(await Write(shop, raised));
        await shop.Age("assisted_session", "raised_until", TimeSpan.FromMinutes(16));
        Assert.Equal("assistance.session-narrowed", await Write(shop, raised));

        await sam.Submit(await sam.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Order"));
        var again = await CallerIn(sam, inside);
        Assert.Null(await Write(shop, again));
        await sam.Submit(await sam.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "View"));
        Assert.Equal("assistance.session-narrowed", await Write(shop, again));
        Assert.Null(await Write(shop, await CallerIn(sam, inside)));
        Assert.Contains("assistance.mode-lowered", await shop.Facts());
    }

    [Fact]
    public async Task The_password_is_the_operators_own_and_asked_for_each_time()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { OpensIn = Mode.View, RaiseNeedsProof = true, RaiseSeconds = 120 });
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        foreach (var (typed, status) in new[] { ("", HttpStatusCode.UnprocessableEntity), ("wrong wrong wrong", HttpStatusCode.UnprocessableEntity), (Characters.Password, HttpStatusCode.SeeOther) })
        {
            Assert.Equal(status, (await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Cart"), ("Input.Password", typed))).Status);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Order"))).Status);
        Assert.Equal("cart", (await karim.Get(inside + "/account")).Document.QuerySelector(".bar-mode [data-mode]")!.TextContent);
    }

    [Fact]
    public async Task The_second_step_of_the_operator_is_asked_for_and_counts_for_five_minutes()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { OpensIn = Mode.View, RaiseNeedsSecondFactor = true, RaiseNeedsProof = true, RaiseSeconds = 120 });
        var (secret, codes) = await Identity.SecondStepTests.With(shop, "karim");
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        Assert.Null((await karim.Get(inside + "/assisted-session/mode")).Document.QuerySelector("input[type=password]"));
        foreach (var (typed, status) in new[] { ("", HttpStatusCode.UnprocessableEntity), ("000000", HttpStatusCode.UnprocessableEntity), (codes[0], HttpStatusCode.SeeOther) })
        {
            var answer = await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Cart"), ("Input.Password", Characters.Password), ("Input.Code", typed));
            Assert.Equal(status, answer.Status);
            Assert.Equal(status == HttpStatusCode.UnprocessableEntity, answer.Document.QuerySelector("[data-valmsg-for='Input.Code']")?.TextContent.Length > 0);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Order"))).Status);
        await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "View"));
        await shop.Age("sign_in", "second_factor_at", TimeSpan.FromMinutes(6));
        var late = await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Order"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);

        // On the page of the Sales Portal, where also a passkey can be used.
        var way = late.Document.QuerySelector("main a[href^='/staff/sessions/proof']")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(await karim.Get(way), "main form", ("Input.Password", Characters.Password))).Status);
        Assert.Equal(inside + "/assisted-session/mode", (await karim.Submit(await karim.Get(way), "main form", ("Input.Code", Identity.SecondStepTests.Now(secret, +1)))).Location);
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get(inside + "/assisted-session/mode"), "main form", ("Input.Mode", "Order"))).Status);
        Assert.Equal("/staff", (await (await shop.As("rosa")).Get(way)).Location);
    }

    [Fact]
    public async Task Above_the_highest_mode_of_the_rule_nothing_is_offered_and_nothing_taken()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { OpensIn = Mode.View, Highest = Mode.Cart });
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var page = await karim.Get(inside + "/assisted-session/mode");
        Assert.Equal(["View", "Cart"], page.Document.QuerySelectorAll("main input[type=radio]").Select(input => input.GetAttribute("value")!));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Submit(page, "main form", ("Input.Mode", "Order"))).Status);
        await shop.PutTerms(terms => terms with { OpensIn = Mode.View, Highest = Mode.View });
        Assert.Equal("SPAN", (await karim.Get(inside + "/account")).Document.QuerySelector(".bar-mode")!.TagName);
        Assert.Contains("assistance.not-assisting", (await (await shop.As("ines")).GetJson("/assisted-session/mode")).Html);
    }

    [Theory]
    [Trait("Category", "Browser")]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task In_the_browser_the_mode_is_raised_from_the_bar_and_falls_back_before_the_eyes(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var sam = await shop.As("sam");
        var (_, inside) = await Sessions.Act(sam, "ines");
        await using var window = await Window.Open(shop, "sam-raises", width);
        await window.Enter(sam);
        window.Session = ("Sam Okoye", "Ines Albrecht");
        await window.Go(inside + "/product/P-100", "view");
        await window.Click(window.Page.Locator("button.bar-mode"), "mode");
        await window.Page.GetByLabel("Why").FillAsync("T-77");
        await window.Click(window.Button("Change the mode"), "raised");
        Assert.EndsWith("/product/P-100", window.Page.Url, StringComparison.Ordinal);
        Assert.Equal("order", await window.Page.Locator(".bar-mode [data-mode]").TextContentAsync());

        // The time runs out on the server: the page hears of it when it looks again.
        await shop.Age("assisted_session", "raised_until", TimeSpan.FromMinutes(16));
        await window.Page.EvaluateAsync("document.querySelector('.bar-extend').requestSubmit()");
        await window.Page.Locator(".bar-mode [data-mode]", new() { HasText = "view" }).WaitForAsync();
        Assert.Contains("assisted-view", await window.Page.Locator("body").GetAttributeAsync("class"));
        window.Close();
    }

    private static async Task<Caller> CallerIn(Visitor visitor, string inside)
    {
        var handle = inside["/as/".Length..];
        var hash = System.Security.Cryptography.SHA256.HashData(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(visitor.Cookies[Host.Cookies.Assist(handle)]));
        return (await visitor.Shop.Services.GetRequiredService<AssistedSessionQueries>().Find(handle, hash, null, isActivity: true, default))!;
    }

    private static async Task<string?> Write(TestShop shop, Caller caller) =>
        (await shop.Database.Write<Done>(caller, _ => Task.FromResult<Outcome<Done>>(Done.It))).Refusal?.Code;
}
