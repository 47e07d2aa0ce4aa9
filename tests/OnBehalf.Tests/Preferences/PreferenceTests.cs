using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Preferences;

public sealed class PreferenceTests
{
    private const string Page = "/account/preferences";

    [Fact]
    public async Task The_newsletter_counts_when_the_mail_is_answered_and_not_before_and_is_taken_back_at_any_time()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        Assert.Contains("You do not get it", (await ines.Get(Page)).Text);
        Assert.Equal(Page, (await Do(ines, "newsletter")).Location);
        Assert.Equal("asked", await shop.Scalar<string>("select newsletter from buyer_preference"));
        var code = await Code(shop, 1);

        // A second mail makes the first worthless; opening the link changes nothing, the button does, once.
        Assert.Equal(HttpStatusCode.Conflict, (await Do(ines, "newsletter")).Status);
        await shop.Age("buyer_preference", "newsletter_asked_at", TimeSpan.FromMinutes(6));
        await Do(ines, "newsletter");
        var second = await Code(shop, 2);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Confirm(shop, code)).Status);
        Assert.Equal("asked", await shop.Scalar<string>("select newsletter from buyer_preference"));
        Assert.Equal("/account/newsletter?done=true", (await Confirm(shop, second)).Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Confirm(shop, second)).Status);
        Assert.Contains("You get it at ines@", (await ines.Get(Page)).Text);
        Assert.Equal("confirmed", await shop.Scalar<string>("select newsletter from buyer_preference"));

        await Do(ines, "no-newsletter");
        Assert.Contains("You said no on", (await ines.Get(Page)).Text);
        await shop.Age("buyer_preference", "newsletter_asked_at", TimeSpan.FromMinutes(6));
        await Do(ines, "newsletter");
        var third = await Code(shop, 3);
        await Do(ines, "no-newsletter");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Confirm(shop, third)).Status);
        Assert.Equal(
            ["asked", "asked", "confirmed", "withdrawn", "asked", "withdrawn"],
            (await shop.Facts()).Where(name => name.StartsWith("preferences.newsletter-", StringComparison.Ordinal)).Select(name => name["preferences.newsletter-".Length..]));
    }

    [Fact]
    public async Task What_somebody_looks_at_is_remembered_with_his_consent_only_and_gone_when_he_takes_it_back()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Get("/product/P-100");
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from viewed_product"));
        Assert.Null((await ines.Get("/account")).Document.QuerySelector("#viewed"));

        await Do(ines, "tracking");
        await ines.Get("/product/P-100");
        await ines.Get("/product/P-200");
        await ines.Get("/product/P-100");
        var seen = (await ines.Get("/account")).Document.QuerySelector("#viewed")!.TextContent;
        Assert.True(seen.IndexOf("P-100", StringComparison.Ordinal) < seen.IndexOf("P-200", StringComparison.Ordinal), seen);

        // What an operator looks at is not hers, nor does he see it, nor may he change it.
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Get("/product/P-300");
        Assert.Null((await karim.Get("/account")).Document.QuerySelector("#viewed"));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from viewed_product"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(Page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Page, [("Input.Do", "no-tracking")], from: "/account")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Page, [("Input.Do", "newsletter")], from: "/account")).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from buyer_preference where allows_tracking and newsletter = 'none'"));

        await Do(ines, "no-tracking");
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from viewed_product"));
        await ines.Get("/product/P-300");
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from viewed_product"));
        Assert.Equal(["preferences.tracking-allowed", "preferences.tracking-withdrawn"], (await shop.Facts()).Where(name => name.StartsWith("preferences.", StringComparison.Ordinal)));
    }

    private static async Task<Answer> Do(Visitor ines, string what)
    {
        await ines.Get(Page);
        return await ines.Post(Page, [("Input.Do", what)], from: Page);
    }

    private static async Task<string> Code(TestShop shop, int mail)
    {
        var body = (await shop.Mail("newsletter-asked", mail)).Body;
        var lines = body.Split('\n').Select(line => line.Trim()).ToList();
        var secret = lines.Find(line => line.Contains("code=", StringComparison.Ordinal)) is { } link ? link.Split("code=")[1] : lines.Find(line => line.Length == 43 && !line.Contains(' ', StringComparison.Ordinal))!;
        return secret;
    }

    // On another machine, with nobody signed in.
    private static async Task<Answer> Confirm(TestShop shop, string code)
    {
        var elsewhere = shop.Anonymous();
        var page = await elsewhere.Follow(await elsewhere.Get($"/account/newsletter?code={code}"));
        return await elsewhere.Submit(page, "main form, .door form");
    }
}
