using System.Net;
using OnBehalf.Assistance;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Abuse;
using OnBehalf.Tests.Browser;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Karim acts for Ines and Mira side by side, where the rules let him have more than one session.</summary>
public sealed class SlotTests
{
    private static readonly (string, string)[] OneDrill = [("sku", "P-100"), ("quantity", "1")];

    [Fact]
    public async Task Two_sessions_stand_side_by_side_and_the_end_of_one_leaves_the_other()
    {
        await using var shop = await Allowing(2);
        var karim = await shop.As("karim");
        var (_, forInes) = await Sessions.Act(karim, "ines");
        var page = await karim.Get(Sessions.PathOf("mira"));
        Assert.Equal("info", page.Document.QuerySelector("[role=note].alert")!.ClassList.First(name => name.StartsWith("alert-"))[6..]);
        Assert.Equal(forInes + "/account", page.Document.QuerySelector("main a[href^='/as/']")!.GetAttribute("href"));
        var (_, forMira) = await Sessions.Act(karim, "mira");
        Assert.Equal(["1", "2"], await Slots(shop));

        // Each has its page, its bar with the way to the other, and its copy of the cart.
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Post(forMira + "/cart/lines", OneDrill, from: forMira + "/product/P-100")).Status);
        Assert.Empty((await karim.Get(forInes + "/cart")).Lines());
        Assert.Equal(["P-100 1"], (await karim.Get(forMira + "/cart")).Lines());
        var bar = (await karim.Get(forInes + "/account")).Document.QuerySelector(".assisted-bar")!;
        Assert.Contains("Ines Albrecht", bar.GetAttribute("data-buyer"));
        Assert.Equal(forMira + "/account", bar.QuerySelector(".bar-others form")!.GetAttribute("action"));
        Assert.Contains("You also act for Mira", bar.QuerySelector(".bar-others summary")!.GetAttribute("aria-label"));
        var desk = await karim.Get("/staff");
        Assert.Equal([forInes + "/account", forMira + "/account"], desk.Document.QuerySelectorAll("main a[href^='/as/']").Select(link => link.GetAttribute("href")!));

        // A form on the page of the one is worth nothing in the other.
        var token = (await karim.Get(forInes + "/product/P-100")).Token();
        var before = await shop.Dump("cart", "cart_line");
        Assert.Equal(HttpStatusCode.BadRequest, (await karim.PostRaw(forMira + "/cart/lines", [.. OneDrill, ("__RequestVerificationToken", token)])).Status);
        Assert.Equal(before, await shop.Dump("cart", "cart_line"));

        await Sessions.End(karim, forInes);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(forInes + "/cart")).Status);
        var left = await karim.Get(forMira + "/cart");
        Assert.Equal(HttpStatusCode.OK, left.Status);
        Assert.Null(left.Document.QuerySelector(".bar-others"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "jonas")).Status);
        Assert.Equal(["1", "2"], await Slots(shop));
    }

    [Fact]
    public async Task Without_room_or_for_the_same_customer_a_start_says_so_and_takes_the_place_of_the_one_that_is_named()
    {
        await using var shop = await Allowing(2);
        var karim = await shop.As("karim");
        var (_, forInes) = await Sessions.Act(karim, "ines");
        var twice = await Sessions.Begin(karim, "ines");
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);
        Assert.Equal(forInes + "/account", twice.Document.QuerySelector("main a[href^='/as/']")!.GetAttribute("href"));

        var (_, forMira) = await Sessions.Act(karim, "mira");
        var third = await Sessions.Begin(karim, "jonas");
        Assert.Equal(HttpStatusCode.Conflict, third.Status);
        Assert.NotNull(third.Document.QuerySelector("[role=alert][data-code='assistance.session-running']"));
        Assert.NotNull(third.Document.QuerySelector("main form button[type=submit][disabled]"));
        var place = third.Document.QuerySelectorAll("button[name='Input.InsteadOf']")[0].GetAttribute("value")!;
        var (_, forJonas) = await Sessions.Act(karim, "jonas", ("Input.InsteadOf", place));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(forInes + "/cart")).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(forMira + "/cart")).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(forJonas + "/cart")).Status);
        Assert.Equal("switched", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended'"));
        Assert.Equal(2, karim.Cookies.Keys.Count(name => name.StartsWith("assist-")));

        // Somebody else's session gives no place.
        var rosa = await shop.As("rosa");
        await Sessions.Act(rosa, "paul");
        var other = await shop.Scalar<string>("select cast(id as text) from assisted_session where status = 'active' order by started_at desc limit 1");
        Assert.Equal(HttpStatusCode.Conflict, (await Sessions.Begin(karim, "hanna", ("Input.InsteadOf", other))).Status);
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));

        // The desk ends the one that is named, signing out ends all.
        var handle = forJonas["/as/".Length..];
        await karim.Submit(await karim.Get("/staff"), $"main form:has(input[value='{handle}'])");
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(forMira + "/cart")).Status);
        await Sessions.Act(karim, "ines");
        await karim.Post("/staff/account/logout", [], from: "/staff");
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
    }

    [Fact]
    public async Task Abuse04_Fifty_starts_at_once_make_exactly_as_many_sessions_as_the_rules_allow()
    {
        await using var shop = await Allowing(3);
        var caller = await Sessions.CallerOf(await shop.As("karim"));
        string[] buyers = ["ines", "jonas", "lena", "mira", "hanna"];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => shop.Services.AssistedSessions().Start(caller, Sessions.Request(buyers[i % 5]))));

        Assert.Equal(3, outcomes.Count(outcome => !outcome.IsRefused));
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(AssistedSessions.Running.Code, outcome.Refusal!.Code));
        Assert.Equal(["1", "2", "3"], await Slots(shop));
        Assert.Equal(3, await shop.Scalar<int>("select count(distinct membership_id) from assisted_session"));
    }

    [Fact]
    public async Task Rules_that_allow_fewer_end_the_newest_that_are_too_many_at_once()
    {
        await using var shop = await Allowing(3);
        var karim = await shop.As("karim");
        var bases = new List<string>();
        foreach (var buyer in new[] { "ines", "jonas", "mira" })
        {
            bases.Add((await Sessions.Act(karim, buyer)).Base);
        }

        // The first has run out, and nobody has written it down yet: it takes no room.
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromHours(1), $"session_id = (select id from assisted_session where handle = '{bases[0][4..]}')");
        var ada = await shop.As("ada");
        const string Rules = "/admin/assistance/policy";
        var draft = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Submit(await ada.Get(draft + "/general"), "main form", ("Input.AtOnce", "6"))).Status);
        await ada.Submit(await ada.Get(draft + "/general"), "main form", ("Input.AtOnce", "1"));
        await ada.Post(draft, [("Input.Action", "submit")]);

        Assert.Equal(HttpStatusCode.OK, (await karim.Get(bases[1] + "/cart")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(bases[2] + "/cart")).Status);
        Assert.Equal("fewer-at-once", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended' and end_cause <> 'idle'"));
        Assert.Contains("one session at a time", (await ada.Get(Rules)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Sessions.Begin(karim, "ines")).Status);
    }

    [Theory]
    [Trait("Category", "Browser")]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task In_the_browser_he_goes_from_one_session_to_the_other_by_the_bar(int width)
    {
        await using var shop = await Allowing(2, listen: true);
        var karim = await shop.As("karim");
        var (_, forInes) = await Sessions.Act(karim, "ines");
        await using var window = await Window.Open(shop, "karim-side-by-side", width);
        await window.Enter(karim);
        await window.Go(Sessions.PathOf("mira"), "beside");
        window.Session = ("Karim Weiss", "Mira Åkesson");
        await window.Click(window.Button("Act for Mira"), "mira");
        await window.Click(window.Page.Locator(".bar-others summary"), "others");
        window.Session = ("Karim Weiss", "Ines Albrecht");
        await window.Click(window.Button("Go on for Ines Albrecht"), "ines");
        Assert.Contains(forInes + "/account", window.Page.Url);
        window.Session = null;
        await window.Go("/staff", "desk");
        await window.Go(Sessions.PathOf("jonas"), "no-room");
        window.Close();
    }

    private static async Task<TestShop> Allowing(int most, bool listen = false)
    {
        var shop = await TestShop.Start(listen: listen);
        await shop.Put(ShopPolicy.Standard with { SessionsAtOnce = most });
        return shop;
    }

    private static async Task<IReadOnlyList<string>> Slots(TestShop shop)
    {
        List<string> slots = [];
        for (var slot = 1; slot <= ShopPolicy.MostAtOnce; slot++)
        {
            if (await shop.Scalar<int>($"select count(*) from assisted_session where status = 'active' and slot = {slot}") == 1)
            {
                slots.Add(slot.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return slots;
    }
}
