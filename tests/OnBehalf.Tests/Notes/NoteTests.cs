using System.Net;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Notes;

/// <summary>What staff write down for each other: about a company, its people, private customers and orders.</summary>
public sealed class NoteTests
{
    private const string Company = "/staff/customers/N-1001";
    private const string Form = "#notes form";

    [Fact]
    public async Task A_note_stands_on_the_page_with_who_and_when_and_in_the_log_without_its_words()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var page = await karim.Get(Company);
        var sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => karim.Submit(page, Form, ("Input.Text", "  Rings twice.\r\nAsk for the ramp <b>  "))));
        Assert.All(sent, answer => Assert.Equal(Company + "#notes", answer.Location));
        await karim.Submit(await karim.Get(Company), Form, ("Input.Text", "Prefers mail."), ("Input.About", $"people/{Characters.MembershipIdOf("ines")}"));

        var notes = (await karim.Get(Company)).Document.QuerySelectorAll("#notes .list-group-item").Select(note => note.TextContent).ToList();
        Assert.Equal(2, notes.Count);
        Assert.Contains("Ines Albrecht", notes[0]);
        Assert.Contains("Prefers mail.", notes[0]);
        Assert.Contains("Rings twice.\nAsk for the ramp <b>", notes[1]);
        Assert.Contains("Karim Weiss", notes[1]);

        // In the Back Office on the company's page and on hers, where only hers is.
        var vera = await shop.As("vera");
        Assert.Contains("Rings twice.", (await vera.Get("/admin/customers/N-1001")).Text);
        var hers = await vera.Get($"/admin/buyers/{Characters.MembershipIdOf("ines")}");
        Assert.Contains("Prefers mail.", hers.Text);
        Assert.DoesNotContain("Rings twice.", hers.Text);
        var back = await vera.Submit(hers, Form, ("Input.Text", "Has moved."));
        Assert.Equal($"/admin/buyers/{Characters.MembershipIdOf("ines")}#notes", back.Location);

        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "notes.written"));
        Assert.DoesNotContain("Rings", await shop.Dump("audit_event", "audit_private", "idempotency"));
        Assert.Contains("wrote a note", (await vera.Get("/admin/audit?company=N-1001")).Text);
    }

    [Fact]
    public async Task A_correction_stands_beside_what_the_note_said_and_the_second_of_two_is_told()
    {
        await using var shop = await TestShop.Start();
        var (karim, vera) = (await shop.As("karim"), await shop.As("vera"));
        await karim.Submit(await karim.Get(Company), Form, ("Input.Text", "Ramp on the left."));
        var path = (await karim.Get(Company)).Document.QuerySelector("#notes .list-group-item a")!.GetAttribute("href")!;
        var (his, hers) = (await karim.Get(path), await vera.Get(path));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(his, "main form")).Status);
        Assert.Equal(Company + "#notes", (await karim.Submit(his, "main form", ("Input.Text", "Ramp on the right."))).Location);

        // What she typed is not lost, and what he made of it stands above.
        var late = await vera.Submit(hers, "main form", ("Input.Text", "No ramp at all."));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Ramp on the right.", late.Text);
        Assert.Equal("No ramp at all.", late.Document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(late, "main form")).Status);

        var note = (await karim.Get(Company)).Document.QuerySelector("#notes .list-group-item")!;
        Assert.Equal("No ramp at all.", note.QuerySelector(".note-text")!.TextContent);
        Assert.Equal(["Ramp on the right.", "Ramp on the left."], note.QuerySelectorAll("details .note-text").Select(text => text.TextContent));
        Assert.Equal(["notes.written", "notes.corrected", "notes.corrected"], (await shop.Facts()).Where(fact => fact.StartsWith("notes.", StringComparison.Ordinal)));
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from note"));
    }

    [Fact]
    public async Task Who_does_not_see_the_customer_sees_and_writes_nothing_and_buyers_never_do()
    {
        await using var shop = await TestShop.Start();
        var (karim, rosa) = (await shop.As("karim"), await shop.As("rosa"));
        await karim.Submit(await karim.Get(Company), Form, ("Input.Text", "Between us."));
        var path = (await karim.Get(Company)).Document.QuerySelector("#notes .list-group-item a")!.GetAttribute("href")!;
        var before = await shop.Dump("note");
        foreach (var hidden in new[] { path, "/staff/notes/companies/N-1001", $"/staff/notes/people/{Characters.MembershipIdOf("ines")}", $"/staff/notes/people/{Characters.MembershipIdOf("carla")}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get(hidden)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await rosa.Post(hidden, [("Input.Text", "Mine."), ("Input.Key", "12345678")], from: "/staff")).Status);
        }

        // Nor about somebody of another company from the page of his own.
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Submit(await karim.Get(Company), Form, ("Input.Text", "Hm."), ("Input.About", $"people/{Characters.MembershipIdOf("paul")}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Submit(await karim.Get(Company), Form, ("Input.Text", "Hm."), ("Input.About", "companies/N-1002"))).Status);

        // What was taken from him since he opened the page is not his any more.
        var open = await karim.Get(Company);
        await shop.Sql("delete from staff_assignment");
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Submit(open, Form, ("Input.Text", "Late."))).Status);
        Assert.Equal(before, await shop.Dump("note"));

        var ines = await shop.As("ines");
        foreach (var page in new[] { "/account", "/account/assistance", "/account/data" })
        {
            Assert.DoesNotContain("Between us.", (await ines.Get(page)).Text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\u0007b")]
    [InlineData(null)]
    public async Task What_is_no_note_is_refused_at_its_field_and_what_was_typed_stays(string? text)
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var typed = text ?? new string('x', 2_001);
        var refused = await karim.Submit(await karim.Get(Company), Form, ("Input.Text", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("at most 2000 characters", refused.Document.GetElementById("note-error")!.TextContent);
        Assert.Equal(typed.Trim(), refused.Document.GetElementById("note-text")!.TextContent.Trim());
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from note"));
        Assert.Equal(Company + "#notes", (await karim.Submit(refused, Form, ("Input.Text", "Better."))).Location);
    }

    [Fact]
    public async Task The_end_of_a_session_offers_a_note_once_about_the_person_the_company_and_what_was_ordered()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (_, inside) = await Sessions.Act(karim, "ines");
        await karim.Inside(inside + "/account").Order("P-100", "10");
        var number = await shop.Scalar<string>("select number from orders");
        var back = await karim.Follow(await Sessions.End(karim, inside));
        var offer = back.Document.QuerySelector("#session-over a")!.GetAttribute("href")!;
        Assert.Null((await karim.Get("/staff")).Document.QuerySelector("#session-over"));
        Assert.Contains(offer[..offer.IndexOf('?')], (await karim.Get("/staff/sessions")).Html);

        var form = await karim.Get(offer);
        Assert.Equal(["Ines Albrecht", "Nordlicht GmbH", $"Order {number}"], form.Document.QuerySelectorAll("select option").Select(option => option.TextContent));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(form, "main form", ("Input.About", "companies/N-1002"), ("Input.Text", "Hm."))).Status);
        var written = await karim.Submit(form, "main form", ("Input.About", $"orders/{number}"), ("Input.Text", "Wants it before noon."));
        Assert.Equal(back.Path, written.Location);

        var order = await (await shop.As("vera")).Get($"/admin/orders/{number}");
        Assert.Contains("Wants it before noon.", order.Document.QuerySelector("#notes")!.TextContent);
        Assert.Contains("after a session", order.Document.QuerySelector("#notes")!.TextContent);
        Assert.DoesNotContain("Wants it before noon.", (await (await shop.As("ines")).Get($"/account/orders/{number}")).Text);

        // Nobody writes about a session of somebody else.
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("vera")).Get(offer)).Status);
    }

    [Fact]
    public async Task Old_notes_are_on_pages_of_their_own()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        for (var i = 1; i <= 32; i++)
        {
            await karim.Post("/staff/notes/companies/N-1001", [("Input.Text", $"Note {i}."), ("Input.Key", $"key-{i:0000000}")], from: "/staff");
        }

        var page = await karim.Get(Company);
        Assert.Equal(["Note 32.", "Note 31.", "Note 30."], Texts(page));
        var all = await karim.Get(page.Document.QuerySelector("#notes .card-actions a")!.GetAttribute("href")!);
        Assert.Equal(30, Texts(all).Count);
        Assert.Equal(["Note 2.", "Note 1."], Texts(await karim.Get(all.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!)));
    }

    private static List<string> Texts(Answer page) => [.. page.Document.QuerySelectorAll("#notes .note-text").Select(text => text.TextContent)];
}
