using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>Support helps a buyer who cannot get in, and sees why; it never sees what the mails hold.</summary>
public sealed class BuyerHelpTests
{
    private static readonly string Ines = $"/admin/buyers/{Characters.MembershipIdOf("ines")}";

    [Fact]
    public async Task A_locked_account_is_unlocked_and_its_failures_stand_there_with_their_cause()
    {
        await using var shop = await TestShop.Start();
        for (var i = 0; i < 6; i++)
        {
            await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example", "not this one");
        }

        var sam = await shop.As("sam");
        var page = await sam.Get(Ines);
        Assert.Contains("Locked until", page.Text);
        Assert.Equal(["the account was locked", "five failures: no sign-in for 15 minutes", "wrong password"], Causes(page).Distinct());
        Assert.Equal(7, Causes(page).Count());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example")).Status);
        Assert.Contains("?done=unlock", (await Help(sam, "unlock")).Location);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example")).Status);
        Assert.Contains("identity.unlocked", await shop.Facts());
        Assert.DoesNotContain("Locked until", (await sam.Get(Ines)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await sam.Post(Ines, [("help", "unlock")])).Status);
    }

    [Fact]
    public async Task A_mail_for_a_new_password_goes_to_the_buyer_and_not_to_who_sends_it_and_waits_while_somebody_acts_for_him()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        var sent = await Help(sam, "reset");
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        var code = (await shop.Mail("password-reset")).Link.Split("code=")[1];
        foreach (var text in new[] { sent.Html, (await sam.Get(Ines)).Html, (await sam.Get("/admin/mail")).Html })
        {
            Assert.DoesNotContain(code, text);
        }

        Assert.Contains("identity.password-reset-asked", await shop.Facts());
        await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), ShopSettings.ResetPauseMinutes, "5");
        await (await (await shop.As("karim")).Assisting("ines")).Get("/");
        Assert.Equal(HttpStatusCode.SeeOther, (await Help(sam, "reset")).Status);
        await shop.Mail("password-reset-later");
        Assert.Equal(1, await shop.Scalar<int>("select cast(count(*) as integer) from mail where kind = 'password-reset'"));

        // As few as somebody gets who asks for them himself.
        await Help(sam, "reset");
        Assert.Contains("too often", (await Help(sam, "reset")).Text);
    }

    [Fact]
    public async Task Who_never_came_is_invited_again_and_not_twice_in_a_moment()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set password_hash = null, invited_at = null where email = 'ines@buyers.example'");
        var sam = await shop.As("sam");
        Assert.Contains("No password is chosen yet", (await sam.Get(Ines)).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await Help(sam, "invite")).Status);
        await shop.Mail("invitation");
        var again = await Help(sam, "invite");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("went out a moment ago", again.Text);
        Assert.Contains("Send the invitation instead", (await sam.Post(Ines, [("help", "reset")])).Text);
        Assert.Equal(1, await shop.Scalar<int>("select cast(count(*) as integer) from mail where kind in ('invitation', 'password-reset')"));
    }

    [Fact]
    public async Task A_new_address_that_waits_gets_its_confirmation_again_and_without_one_nothing_is_sent()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        Assert.Equal(HttpStatusCode.Conflict, (await sam.Post(Ines, [("help", "confirm")])).Status);
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = shop.Database.Read())
        {
            db.Add(new OnBehalf.Modules.Identity.OneTimeCodeRow
            {
                Id = Guid.NewGuid(), Purpose = "email-change", BuyerId = Characters.BuyerIdOf("ines"), CodeHash = [9], Payload = "ines@new.example", CreatedAt = now, ExpiresAt = now.AddHours(1),
            });
            await db.SaveChangesAsync();
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await Help(sam, "confirm")).Status);
        Assert.Contains("ines@new.example", (await shop.Mail("email-change")).To);
        Assert.Contains("identity.confirmation-sent-again", await shop.Facts());
    }

    [Fact]
    public async Task A_checkout_that_was_refused_stands_there_with_its_cause()
    {
        await using var shop = await TestShop.Start();
        var (ines, inside) = (await shop.As("ines"), await (await shop.As("karim")).Assisting("ines"));
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        await ines.Put("P-100", "1");
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Place(checkout)).Status);
        await inside.Put("P-100", "2");
        var other = await inside.Get("/checkout");
        await inside.Put("P-100", "1");
        Assert.Equal(HttpStatusCode.Conflict, (await inside.Place(other)).Status);
        var page = await (await shop.As("vera")).Get(Ines);
        Assert.Equal(["the cart was changed meanwhile", "the cart was changed meanwhile"], Causes(page));
        Assert.Equal(["in a session of staff"], page.Document.QuerySelectorAll("#troubles .small").Select(one => one.TextContent));
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "orders.not-placed"));
    }

    [Fact]
    public async Task Reps_and_telesales_do_not_help_here_and_no_session_does()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("sam")).Assisting("ines");
        foreach (var visitor in new[] { await shop.As("karim"), await shop.As("tom"), await shop.As("ines"), inside })
        {
            Assert.NotEqual(HttpStatusCode.SeeOther, (await visitor.PostRaw(Ines, [("help", "reset")])).Status);
        }

        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from mail where kind like 'password-reset%'"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await shop.As("sam")).Post(Ines, [("help", "everything")])).Status);
    }

    private static IEnumerable<string> Causes(Answer page) => page.Document.QuerySelectorAll("#troubles tbody td:last-child").Select(cell => cell.TextContent.Trim());

    private static async Task<Answer> Help(Visitor visitor, string what) => await visitor.Post(Ines, [("help", what)]);
}
