using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>The cart of an assisted session: a branch of the buyer's, made by the first change.</summary>
public sealed class CartBranchTests
{
    [Fact]
    public async Task Pitfall01_A_session_in_which_nothing_was_done_changes_no_cart()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var before = await shop.Dump(OfTheBuyer);

        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        Assert.Equal(["P-100 2", "P-300 1"], (await inside.Get("/cart")).Lines());
        await inside.Submit(await inside.Get("/cart"), "#cart");
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "lots"));
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");
        var again = await karim.Assisting("ines");
        await again.Get("/cart");

        Assert.Equal(before, await shop.Dump(OfTheBuyer));
    }

    [Fact]
    public async Task Pitfall01_Starting_switching_and_ending_leave_every_row_of_both_buyers_as_it_was()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "2");
        await (await shop.As("hanna")).Put("P-300", "1");
        var before = await shop.Dump(OfTheBuyer);
        var karim = await shop.As("karim");

        var (_, forInes) = await Sessions.Act(karim, "ines");
        Assert.Equal(["P-100 2"], (await karim.Get(forInes + "/cart")).Lines());
        var (_, forHanna) = await Sessions.Act(karim, "hanna", ("Input.TakeOver", "true"));
        Assert.NotEqual(forInes, forHanna);
        Assert.Equal(["P-300 1"], (await karim.Get(forHanna + "/cart")).Lines());
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.End(karim, forHanna)).Status);

        Assert.Equal(before, await shop.Dump(OfTheBuyer));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from assisted_session where status = 'ended'"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task What_was_prepared_in_a_session_that_ran_out_is_kept_or_thrown_away_as_the_shop_wants(string setting, bool isGone)
    {
        await using var shop = await TestShop.Start();
        var settings = shop.Services.GetRequiredService<ShopSettings>();
        await settings.Change(Caller.Machine("test"), ShopSettings.DiscardExpiredBranch, setting);
        await (await shop.As("ines")).Put("P-100", "2");
        var karim = await shop.As("karim");
        var (_, session) = await Sessions.Act(karim, "ines");
        await karim.Post(session + "/cart/lines", [("Sku", "P-300"), ("Quantity", "4")], from: session + "/cart");

        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(session + "/cart")).Status);

        var (_, next) = await Sessions.Act(karim, "ines");
        Assert.Equal(isGone ? ["P-100 2"] : ["P-100 2", "P-300 4"], (await karim.Get(next + "/cart")).Lines());
        Assert.Equal(isGone ? 1 : 0, (await shop.Facts()).Count(fact => fact == "carts.branch-discarded"));
    }

    [Fact]
    public async Task Pitfall02_No_line_moves_between_the_carts_of_two_customers()
    {
        await using var shop = await TestShop.Start();
        var (ines, paul) = (await shop.As("ines"), await shop.As("paul"));
        await ines.Put("P-100", "1");
        await paul.Put("P-300", "5");
        var vera = await shop.As("vera");

        var forInes = await vera.Assisting("ines");
        await forInes.Put("P-200", "7");
        Assert.Equal(["P-100 1", "P-200 7"], (await forInes.Get("/cart")).Lines());
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'switched'");
        var forPaul = await vera.Assisting("paul");
        Assert.Equal(["P-300 5"], (await forPaul.Get("/cart")).Lines());
        await forPaul.Put("P-300", "1");
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");

        Assert.Equal(["P-100 1"], (await ines.Get("/cart")).Lines());
        Assert.Equal(["P-300 5"], (await paul.Get("/cart")).Lines());
        Assert.Equal(["P-100 1", "P-200 7"], (await (await vera.Assisting("ines")).Get("/cart")).Lines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pitfall03_The_first_change_makes_one_branch_however_many_tabs_there_are(bool hasOwnCart)
    {
        await using var shop = await TestShop.Start();
        if (hasOwnCart)
        {
            await (await shop.As("ines")).Put("P-100", "2");
        }

        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Get("/cart");
        Assert.Equal(hasOwnCart ? 1 : 0, await shop.Scalar<int>("select count(*) from cart"));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => inside.Put("P-200", "1")));

        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart where base_cart_id is not null"));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from cart"));
        Assert.Equal(hasOwnCart ? ["P-100 2", "P-200 12"] : ["P-200 12"], (await inside.Get("/cart")).Lines());
        Assert.Single(await shop.Facts(), "carts.branched");
    }

    [Fact]
    public async Task Pitfall14_Buyer_and_operator_work_at_the_same_time_and_neither_loses_a_line()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var karim = await (await shop.As("karim")).Assisting("ines");
        var (hers, his) = (await ines.Get("/cart"), await karim.Get("/cart"));

        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(hers, "#cart", ("Input.Lines[0].Quantity", "3"))).Status);
        var lost = await karim.Submit(his, "#cart", ("Input.Lines[0].Quantity", "9"));
        Assert.Equal(HttpStatusCode.Conflict, lost.Status);
        Assert.Equal(["P-100 3"], lost.Lines());
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(lost, "#cart", ("Input.Lines[0].Quantity", "9"))).Status);

        Assert.Equal(["P-100 3"], (await ines.Get("/cart")).Lines());
        Assert.Equal(["P-100 9"], (await karim.Get("/cart")).Lines());
        await ines.Put("P-300", "1");
        Assert.Contains("has changed that cart since", (await karim.Get("/cart")).Text);
    }

    [Fact]
    public async Task A_form_of_the_buyers_cart_is_out_of_date_once_another_tab_has_made_the_branch()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "2");
        var karim = await (await shop.As("karim")).Assisting("ines");
        var old = await karim.Get("/cart");
        await karim.Put("P-200", "1");

        var answer = await karim.Submit(old, "#cart", ("Input.Lines[0].Quantity", "4"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(["P-100 2", "P-200 1"], answer.Lines());
    }

    [Fact]
    public async Task The_buyer_sees_what_was_prepared_beside_his_own_cart()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        Assert.DoesNotContain("has prepared a cart", (await ines.Get("/cart")).Text);

        await (await (await shop.As("karim")).Assisting("ines")).Put("P-300", "4");

        var page = await ines.Get("/cart");
        Assert.Equal(["P-100 2"], page.Lines());
        var prepared = string.Join(' ', page.Document.QuerySelector("#prepared")!.TextContent.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Karim Weiss has prepared a cart for you", prepared);
        Assert.Contains("2 × Cordless drill 18 V", prepared);
        Assert.Contains("4 × Señal warning lamp", prepared);
        Assert.Contains("259.96 EUR", prepared);
    }

    [Fact]
    public async Task The_next_session_goes_on_with_the_branch_and_the_log_says_so()
    {
        await using var shop = await TestShop.Start();
        var first = await (await shop.As("karim")).Assisting("ines");
        await first.Put("P-300", "4");
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");

        var second = await (await shop.As("vera")).Assisting("ines");
        Assert.Equal(["P-300 4"], (await second.Get("/cart")).Lines());
        Assert.Contains("prepared by Karim Weiss", (await second.Get("/cart")).Text);
        await second.Put("P-300", "1");

        Assert.Equal(["P-300 5"], (await second.Get("/cart")).Lines());
        Assert.Equal(["carts.branched", "carts.line-added", "carts.branch-resumed", "carts.line-quantity-changed"], await shop.Facts());
        Assert.Contains("Vera Blum has prepared a cart for you", (await (await shop.As("ines")).Get("/cart")).Text);
    }

    [Fact]
    public async Task A_branch_is_gone_after_thirty_days()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "2");
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Put("P-300", "4");
        await shop.Age("cart", "expires_at", TimeSpan.FromDays(29), "base_cart_id is not null");
        Assert.Equal(["P-100 2", "P-300 4"], (await karim.Get("/cart")).Lines());

        await shop.Age("cart", "expires_at", TimeSpan.FromDays(1.1), "base_cart_id is not null");
        Assert.Equal(["P-100 2"], (await karim.Get("/cart")).Lines());
        Assert.DoesNotContain("has prepared a cart", (await (await shop.As("ines")).Get("/cart")).Text);
        await karim.Put("P-200", "1");

        Assert.Equal(["P-100 2", "P-200 1"], (await karim.Get("/cart")).Lines());
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart where base_cart_id is not null and status = 'active'"));
        Assert.Contains("carts.branch-discarded", await shop.Facts());
    }

    [Fact]
    public async Task The_operator_can_begin_again_from_the_buyers_cart()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "2");
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Put("P-300", "4");

        var answer = await karim.Submit(await karim.Get("/cart"), "form.cart-notice");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(["P-100 2"], (await karim.Get("/cart")).Lines());
        Assert.Equal("carts.branch-discarded", (await shop.Facts())[^1]);
    }

    [Fact]
    public async Task A_session_that_may_only_look_sees_the_cart_and_changes_nothing()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "2");
        var before = await shop.Dump("cart", "cart_line");
        var karim = await (await shop.As("karim")).Assisting("ines", Mode.View);

        var page = await karim.Get("/cart");
        Assert.Contains("2 ×", page.Line("P-100"));
        Assert.Null(page.Document.QuerySelector("#quick-add"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Put("P-100", "1")).Status);
        Assert.Equal(before, await shop.Dump("cart", "cart_line"));
    }

    [Fact]
    public async Task An_article_that_the_operator_takes_out_stays_in_the_buyers_cart()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var karim = await (await shop.As("karim")).Assisting("ines");
        var page = await karim.Get("/cart");

        await karim.Submit(page, "#cart", ("Input.Remove", page.Product("P-100")));

        Assert.Equal(["P-300 1"], (await karim.Get("/cart")).Lines());
        Assert.Equal(["P-100 2", "P-300 1"], (await ines.Get("/cart")).Lines());
    }

    private static readonly string[] OfTheBuyer = ["cart", "cart_line", "buyer", "membership", "company", "address", "orders", "mail"];
}
