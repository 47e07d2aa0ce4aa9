using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Account;

public sealed class AddressChoiceTests
{
    private const string Path = "/account/addresses/choice";

    [Fact]
    public async Task The_checkout_begins_with_the_choice_of_the_person_then_that_of_the_company_in_sessions_too()
    {
        await using var shop = await TestShop.Start();
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        var (kai, gate) = (await Added(jonas, "Kai 7", "company"), await Added(ines, "Gate 3", "own"));
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Submit(await jonas.Get(Path), "main form", ("Input.CompanyShipping", kai))).Status);
        Assert.Equal(("Hafenstraße 1", "Kai 7"), await Begun(ines));

        var done = await ines.Follow(await ines.Submit(await ines.Get(Path), "main form", ("Input.OwnShipping", gate), ("Input.OwnBilling", kai)));
        Assert.Contains("First for you: shipping", done.Text);
        Assert.Equal(("Kai 7", "Gate 3"), await Begun(ines));
        Assert.Equal(("Hafenstraße 1", "Kai 7"), await Begun(jonas));
        Assert.Equal(("Kai 7", "Gate 3"), await Begun(await (await shop.As("karim")).Assisting("ines")));

        // One that is gone is nobody's choice any more.
        await ines.Post($"/account/addresses/{gate}/removal", [], from: Path);
        Assert.Equal(("Kai 7", "same"), await Begun(ines));
        await jonas.Submit(await jonas.Get(Path), "main form", ("Input.CompanyShipping", ""));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address_choice where purpose = 'shipping'"));
        Assert.Equal(4, (await shop.Facts()).Count(fact => fact == "addresses.chosen"));
    }

    [Fact]
    public async Task Nobody_chooses_what_others_cannot_see_what_is_not_his_or_what_changed_meanwhile()
    {
        await using var shop = await TestShop.Start();
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        var (own, his) = (await Added(ines, "Gate 3", "own"), await Added(jonas, "Lane 9", "own"));
        var (kai, late) = (await Added(ines, "Kai 7", "company"), await ines.Get(Path));
        foreach (var (field, id) in new[] { ("CompanyShipping", own), ("OwnShipping", his), ("OwnBilling", Guid.NewGuid().ToString()) })
        {
            var refused = await ines.Submit(await ines.Get(Path), "main form", ($"Input.{field}", id));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.NotEqual("", refused.Document.GetElementById($"Input_{field}-error")!.TextContent);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Post(Path, [("Input.OwnBilling", kai)], from: Path)).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address_choice"));
        await jonas.Submit(await jonas.Get(Path), "main form", ("Input.CompanyBilling", kai));
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Submit(late, "main form", ("Input.CompanyBilling", await Added(ines, "Quay 1", "company")))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("lena")).Get(Path)).Status);
        Assert.Equal(1, await shop.Scalar<int>($"select count(*) from address_choice where lower(cast(address_id as text)) = '{kai}'"));
    }

    [Fact]
    public async Task Who_acts_for_a_customer_does_not_choose_first_what_he_wrote_himself()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        var mine = await Added(karim, "Lane 9", "company");
        Assert.DoesNotContain("Lane 9", (await karim.Get(Path)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Submit(await karim.Get(Path), "main form", ("Input.CompanyShipping", mine))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address_choice"));
        var ines = await shop.As("ines");
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(await ines.Get(Path), "main form", ("Input.CompanyShipping", mine))).Status);

        // Nor does he write another one in its place.
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Submit(await karim.Get($"/account/addresses/{mine}"), "main form", ("Input.Line1", "Lane 10"))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address where line1 = 'Lane 10'"));
    }

    [Fact]
    public async Task Of_two_who_choose_at_once_there_is_one_choice()
    {
        await using var shop = await TestShop.Start();
        var people = new[] { await shop.As("ines"), await shop.As("jonas") };
        var ids = new[] { await Added(people[0], "Kai 7", "company"), await Added(people[1], "Quay 1", "company") };
        var pages = new[] { await people[0].Get(Path), await people[1].Get(Path) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => people[i].Submit(pages[i], "main form", ("Input.CompanyShipping", ids[i]))));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from address_choice"));
    }

    private static async Task<string> Added(Visitor who, string line, string owner)
    {
        var added = await who.Submit(
            await who.Get("/account/addresses/new"), "main form",
            ("Input.Line1", line), ("Input.City", "Kiel"), ("Input.PostalCode", "24103"), ("Input.Country", "DE"), ("Input.Owner", owner), ("Input.IsBilling", "true"), ("Input.IsShipping", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, added.Status);
        return (await who.Shop.Scalar<string>($"select lower(cast(id as text)) from address where line1 = '{line}'"))!;
    }

    private static async Task<(string Billing, string Shipping)> Begun(Visitor who)
    {
        await who.Put("P-100", "1");
        var page = await who.Get("/checkout");
        return (await Line(who, page, "Billing"), await Line(who, page, "Shipping"));
    }

    private static async Task<string> Line(Visitor who, Answer page, string field)
    {
        var id = page.Document.QuerySelector($"[name='Input.{field}'][checked]")!.GetAttribute("value")!;
        return id == "same" ? id : (await who.Shop.Scalar<string>($"select line1 from address where lower(cast(id as text)) = '{id}'"))!;
    }
}
