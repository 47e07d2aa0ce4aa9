using System.Net;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Making somebody's browser do what he did not mean.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task Abuse09_Nobody_is_signed_in_or_brought_into_a_session_by_a_form_of_somebody_else()
    {
        await using var shop = await TestShop.Start();

        // The attacker's own form, sent from the victim's browser: no session.
        var (rosa, karim) = (await shop.As("rosa"), await shop.As("karim"));
        var foreign = await rosa.Get(Sessions.PathOf("paul"));
        await karim.Get("/staff");
        var pushed = await karim.PostRaw(Sessions.PathOf("ines"), [("Input.Reason", "visit"), ("__RequestVerificationToken", foreign.Token())]);
        Assert.Equal(HttpStatusCode.BadRequest, pushed.Status);

        // Also with the attacker's half of the token.
        karim.Cookies["form"] = rosa.Cookies["form"];
        pushed = await karim.PostRaw(Sessions.PathOf("ines"), [("Input.Reason", "visit"), ("__RequestVerificationToken", foreign.Token())]);
        Assert.Equal(HttpStatusCode.BadRequest, pushed.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));

        // The attacker's password, sent from a page of his: nobody is signed in.
        foreach (var (path, cookie, email) in new[] { ("/staff/account/login", "staff", "rosa@onbehalf.example"), ("/account/login", "shop", "paul@buyers.example") })
        {
            foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
            {
                var victim = shop.Anonymous();
                var page = await victim.Get(path);
                victim.Headers[header] = value;
                var answer = await victim.Submit(page, "form.door-form", ("Input.Email", email), ("Input.Password", Characters.Password));
                Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
                Assert.False(victim.Cookies.ContainsKey(cookie));
            }
        }

        // A link alone begins nothing.
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(Sessions.PathOf("ines") + "?Input.Reason=visit&Input.TakeOver=true")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Fact]
    public async Task Abuse10_Forms_of_a_session_are_taken_from_its_own_pages_only()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Post("/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: "/cart");
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var (own, hers, desks) = ((await karim.Get(inside + "/cart")).Token(), (await ines.Get("/cart")).Token(), (await karim.Get("/staff/account/password")).Token());
        var before = await shop.Dump("cart", "cart_line", "orders", "address", "buyer");
        (string Path, (string, string)[] Fields)[] forms =
        [
            ("/cart/lines", [("Sku", "P-100"), ("Quantity", "1")]),
            ("/cart", [("Input.Remove", "all")]),
            ("/checkout", [("Input.Place", "true")]),
            ("/account/data", [("Input.FirstName", "Eve"), ("Input.LastName", "Evil"), ("Input.Version", "1")]),
            ($"/account/addresses/{Guid.Empty}", [("Input.Line1", "x")]),
            ("/account/logout", []),
            ("/assisted-session/end", []),
        ];
        foreach (var (path, fields) in forms)
        {
            foreach (var token in new[] { "", hers, desks, own[..^4] + "AAAA" })
            {
                Assert.Equal(HttpStatusCode.BadRequest, (await karim.PostRaw(inside + path, [.. fields, ("__RequestVerificationToken", token)])).Status);
            }

            foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site") })
            {
                karim.Headers[header] = value;
                Assert.Equal(HttpStatusCode.Forbidden, (await karim.PostRaw(inside + path, [.. fields, ("__RequestVerificationToken", own)])).Status);
                karim.Headers.Remove(header);
            }
        }

        Assert.Equal(before, await shop.Dump("cart", "cart_line", "orders", "address", "buyer"));
        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.PostRaw(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1"), ("__RequestVerificationToken", own)])).Status);
    }

    [Fact]
    public async Task Abuse11_No_page_that_begins_or_is_a_session_can_be_framed()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var confirm = await karim.Get(Sessions.PathOf("ines"));
        var (_, inside) = await Sessions.Act(karim, "ines");
        foreach (var page in new[] { confirm, await karim.Get(inside + "/account"), await karim.Get(inside + "/checkout"), await karim.Get(inside + "/no-such-page"), await karim.Get("/staff/account/login"), await karim.Get("/admin") })
        {
            var headers = page.Response.Headers;
            var policy = string.Join(' ', headers.GetValues("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.Contains("form-action 'self'", policy);
            Assert.DoesNotContain("unsafe-", policy);
            Assert.Equal(["same-origin"], headers.GetValues("Cross-Origin-Opener-Policy"));
        }
    }
}
