using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Languages;

/// <summary>Who is answered in which language.</summary>
public sealed class LanguageTests
{
    [Fact]
    public async Task A_visitor_is_answered_as_his_browser_wants_and_as_he_chooses_and_only_in_what_the_shop_offers()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        visitor.Headers["Accept-Language"] = "de-AT,de;q=0.9,en;q=0.5";
        Assert.Equal("en", (await visitor.Get("/account/login")).Document.DocumentElement.GetAttribute("lang"));

        await Offer(shop, "en de fr");
        var page = await visitor.Get("/account/login");
        Assert.Equal("de", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Anmelden", page.Document.QuerySelector("h1")!.TextContent);

        // What he chooses counts more than what his browser says, on the page where he was.
        var chosen = await Choose(visitor, page, "en");
        Assert.Equal(HttpStatusCode.SeeOther, chosen.Status);
        Assert.Equal("Sign in", (await visitor.Get("/account/login")).Document.QuerySelector("h1")!.TextContent);

        // Staff pages have no French.
        var french = shop.Anonymous();
        french.Headers["Accept-Language"] = "fr";
        Assert.Equal("Se connecter", (await french.Get("/account/login")).Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("fr", (await french.Get("/account/login")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", (await french.Get("/staff/account/login")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task What_somebody_chose_is_his_everywhere_and_nobody_chooses_a_word_that_is_no_language()
    {
        await using var shop = await TestShop.Start();
        await Offer(shop, "en de");
        var ines = await shop.As("ines");
        Assert.Equal("/account", (await Choose(ines, await ines.Get("/account"), "de")).Location);
        Assert.Equal("de", (await ines.Get("/account")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("de", (await (await shop.As("ines")).Get("/account")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("identity.language-chosen", await shop.Facts());

        var wrong = await Choose(ines, await ines.Get("/account"), "de", "xx");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("de", await shop.Scalar<string>("select language from buyer where language is not null"));

        // Where it is not offered any more the shop's own counts.
        await Offer(shop, "en");
        Assert.Equal("en", (await ines.Get("/account")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Pitfall18_A_session_opens_in_the_language_of_the_customer_its_bar_speaks_to_the_operator_and_his_own_pages_stay_as_they_were()
    {
        await using var shop = await TestShop.Start();
        await Offer(shop, "en de");
        await shop.Sql("update company set language = 'de'");
        var ines = await shop.As("ines");
        Assert.Equal("de", (await ines.Get("/account")).Document.DocumentElement.GetAttribute("lang"));

        var karim = await shop.As("karim");
        var session = await karim.Assisting("ines");
        var page = await session.Get("/account");
        Assert.Equal("de", page.Document.DocumentElement.GetAttribute("lang"));
        var bar = page.Document.QuerySelector(".assisted-bar")!;
        Assert.Equal("en", bar.GetAttribute("lang"));
        Assert.Contains("End and return", bar.TextContent);
        Assert.Null(page.Document.QuerySelector("form.languages"));
        Assert.Equal("en", (await karim.Get("/staff")).Document.DocumentElement.GetAttribute("lang"));

        // The session is not where a language is chosen, neither the buyer's nor the operator's.
        Assert.NotEqual(HttpStatusCode.SeeOther, (await session.Post("/language", [("language", "en")])).Status);
        Assert.Null((await karim.Get("/staff")).Document.QuerySelector("html[lang=de]"));
    }

    [Fact]
    public async Task A_mail_speaks_to_who_reads_it_whoever_causes_it_and_what_is_written_down_stays_English()
    {
        await using var shop = await TestShop.Start();
        await Offer(shop, "en de fr");
        await shop.Sql("update staff set language = 'de'");
        await shop.Sql("update buyer set language = 'fr'");

        // A German-speaking operator acts for a buyer who reads French.
        var karim = await shop.As("karim");
        Assert.Equal("de", (await karim.Get("/staff")).Document.DocumentElement.GetAttribute("lang"));
        var session = await karim.Assisting("ines");
        await session.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        await session.Post("/assisted-session/end", [], from: "/cart");
        var mail = await shop.Mail("session-ended");
        Assert.Contains("Bonjour Ines Albrecht,", mail.Body);
        Assert.Contains("a agi pour vous", mail.Body);
        Assert.True(mail.Body.Contains("A mis 2", StringComparison.Ordinal), mail.Body);
        Assert.DoesNotContain(" acted ", mail.Body);
        Assert.StartsWith("Karim Weiss a agi pour vous", mail.Subject);

        // What is kept is as it would be for anybody.
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from audit_event where cast(entry as text) like '%Vertriebs%' or cast(entry as text) like '%Warenkorb%'"));
    }

    private static async Task Offer(TestShop shop, string languages)
    {
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.languages]", languages));
    }

    private static Task<Answer> Choose(Visitor visitor, Answer page, string button, string? instead = null) =>
        visitor.Submit(page, "form.languages", ("language", instead ?? button));
}
