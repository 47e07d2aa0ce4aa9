using System.Net;
using System.Text.Json;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class PolicyPagesTests
{
    private const string Rules = "/admin/assistance/policy";

    [Fact]
    public async Task An_administrator_reads_the_rules_in_sentences_and_writes_a_draft_that_counts_at_once()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get(Rules);
        Assert.Contains("Sales reps, supervisors, administrators and telesales operators may act for companies and their people that are assigned to them.", page.Text);
        Assert.Contains("Version 1 is in force.", page.Text);

        var draft = (await ada.Submit(page, "main form[method=post]")).Location!;
        Assert.Equal(Rules + "/2", draft);
        var edit = await ada.Get(draft + "/rules?id=assigned-customer");
        Assert.Equal("assigned", edit.Document.QuerySelector("#Input_Reach option[selected]")?.GetAttribute("value"));
        var changed = await ada.Submit(edit, "main form", ("Input.Hard", "7200"), ("Input.Ticket", "true"));
        Assert.Equal(draft, changed.Location);

        var version = await ada.Follow(changed);
        Assert.Equal(["assigned-customer|Seconds at most||7200", "assigned-customer|Ticket||true"], version.Document.QuerySelectorAll("section:first-of-type tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))));
        Assert.Contains("ends after 2 hours in any case, asks for a ticket", version.Text);
        Assert.Equal("1", await shop.Scalar<string>("select count(*) from assist_policy where status = 'draft'"));
        var inForce = await ada.Submit(version, "main form[action$='/policy/2']", ("Input.Action", "submit"), ("Input.Note", "Long orders"));
        Assert.Equal(Rules, inForce.Location);
        Assert.Contains("Version 2 is in force since", (await ada.Get(Rules)).Text);
        Assert.Contains("after 2 hours in any case", (await (await shop.As("karim")).Get(Sessions.PathOf("ines"))).Text);
        Assert.Equal(["assistance.policy-drafted", "assistance.policy-drafted", "assistance.policy-changed"], await shop.Facts());
        Assert.Contains("assigned-customer, Seconds at most: nothing -> 7200", Assert.Single(await shop.Personal("difference")));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(await shop.Scalar<string>("select body from assist_policy where version = 2")))),
            System.Text.Json.JsonDocument.Parse(await shop.Scalar<string>("select entry from audit_event where name = 'assistance.policy-changed'")).RootElement.GetProperty("digest-after").GetString());
        Assert.Equal("Long orders", await shop.Scalar<string>("select note from assist_policy"));
    }

    [Theory]
    [InlineData("Input.PerOrder", "lots", "amounts with their currency")]
    [InlineData("Input.Id", "not-assigned", "one of the rules that stand fast")]
    [InlineData("Input.Networks", "everywhere", "is not a network")]
    public async Task A_rule_that_cannot_be_read_comes_back_with_the_sentence_on_its_field(string field, string value, string sentence)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var draft = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        var answer = await ada.Submit(
            await ada.Get(draft + "/rules"), "main form", [.. new[] { ("Input.Name", "Fair"), ("Input.Id", "fair"), ("Input.Subjects", "employee"), (field, value) }.Reverse().DistinctBy(pair => pair.Item1)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var input = answer.Document.QuerySelector($"[name='{field}']")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains(sentence, answer.Document.GetElementById(input.GetAttribute("aria-describedby")!.Split(' ')[^1])?.TextContent);
        Assert.DoesNotContain("fair", await shop.Scalar<string>("select body from assist_policy"));
    }

    [Fact]
    public async Task A_rule_for_some_kinds_of_companies_is_written_on_its_page_and_counts_in_lists_at_the_start_and_while_it_runs()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var draft = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        var both = await ada.Submit(await ada.Get(draft + "/rules"), "main form", ("Input.Name", "x"), ("Input.Id", "x"), ("Input.Subjects", "consumer"), ("Input.CompanyKinds", "dealer"));
        Assert.Contains("private customers have no company", both.Text);
        await ada.Submit(await ada.Get(draft + "/rules"), "main form", ("Input.Name", "Partners by themselves"), ("Input.Id", "partners"), ("Input.Effect", "deny"), ("Input.Subjects", "employee"), ("Input.Subjects", "company"), ("Input.CompanyKinds", "partner"), ("Input.CompanyKinds", "dealer"), ("Input.Reach", "all"));
        var version = await ada.Get(draft);
        Assert.Contains("Everybody may not act for companies and their people of the kind partner or dealer.", version.Text);
        Assert.Equal(2, (await ada.Get(draft + "/rules?id=partners")).Document.QuerySelectorAll("input[name='Input.CompanyKinds'][checked]").Length);
        await ada.Submit(version, "main form[action$='/policy/2']", ("Input.Action", "submit"), ("Input.Note", "Partners order by themselves"));

        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/account")).Status);
        Assert.Equal("/admin/customers/N-1001", (await ada.Submit(await ada.Get("/admin/customers/N-1001/kind"), "main form", ("Input.Kind", "partner"))).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);

        Assert.Contains("assistance.partners", Codes(await karim.Get("/staff/organisations?q=nord")));
        Assert.Contains("assistance.partners", Codes(await karim.Get("/staff/customers?q=nord")));
        Assert.Contains("assistance.partners", Codes(await karim.Get(Sessions.PathOf("ines"))));
        Assert.Equal("assistance.partners", await shop.Scalar<string>("select end_cause from assisted_session"));

        static IEnumerable<string?> Codes(Answer page) => page.Document.QuerySelectorAll("[data-code]").Select(element => element.GetAttribute("data-code"));
    }

    [Fact]
    public async Task A_draft_can_be_added_to_ordered_and_thrown_away_and_only_its_writer_changes_it()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var draft = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        await ada.Submit(await ada.Get(draft + "/rules"), "main form", ("Input.Name", "No nights"), ("Input.Id", "nights"), ("Input.Effect", "deny"), ("Input.Subjects", "employee"), ("Input.From", "20:00"), ("Input.To", "06:00"));
        await ada.Submit(await ada.Get(draft), "form:has(input[value=nights])", ("Input.Action", "up"));
        await ada.Submit(await ada.Get(draft), "form:has(input[value=all-customers])", ("Input.Action", "remove"));
        await ada.Submit(await ada.Get(draft + "/general"), "main form", ("Input.Reasons", "Trade fair\nVisit or at the counter"), ("Input.TicketPattern", "T-[0-9]+"), ("Input.TicketExample", "T-1"));
        var (policy, _) = PolicyDraft.Parse(await shop.Scalar<string>("select body from assist_policy")).Read(2);
        Assert.Equal(["assigned-customer", "role-covers-all", "role-covers-consumers", "nights", "mandated-colleague"], policy!.Rules.Select(rule => rule.Id));
        Assert.Equal(["trade-fair", "visit"], policy.Reasons);

        await shop.Sql("update staff set role = 'administrator' where email like 'vera@%'");
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get(draft + "/rules")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Post(draft, [("Input.Action", "submit")])).Status);
        await vera.Post(draft, [("Input.Action", "discard")]);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_policy"));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get(draft)).Status);
    }

    [Fact]
    public async Task With_four_eyes_a_version_waits_for_a_second_administrator_and_never_for_its_own()
    {
        await using var shop = await TestShop.Start();
        await shop.Put(ShopPolicy.Standard with { ChangesNeedSecond = true });
        await shop.Sql("update staff set role = 'administrator' where email like 'vera@%'");
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        var draft = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        await ada.Submit(await ada.Get(draft + "/general"), "main form", ("Input.Hard", "7200"));
        Assert.Contains("Propose to a second administrator", (await ada.Get(draft)).Text);
        await ada.Post(draft, [("Input.Action", "submit")]);

        Assert.Equal("proposed", await shop.Scalar<string>("select status from assist_policy where version = 3"));
        Assert.Contains("after 1 hour in any case", (await (await shop.As("karim")).Get(Sessions.PathOf("ines"))).Text);
        var own = await ada.Post(draft, [("Input.Action", "approve")]);
        Assert.Equal(HttpStatusCode.Forbidden, own.Status);
        Assert.Equal(HttpStatusCode.Conflict, (await vera.Post(Rules, [])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Post(draft, [("Input.Action", "approve")])).Status);
        Assert.Equal("active|Ada Novak|Vera Blum", await shop.Scalar<string>("select status || '|' || created_by || '|' || decided_by from assist_policy where version = 3"));
        Assert.Equal("replaced", await shop.Scalar<string>("select status from assist_policy where version = 2"));
        Assert.Equal(HttpStatusCode.Conflict, (await vera.Post(draft, [("Input.Action", "reject")])).Status);
        Assert.Contains("assistance.policy-proposed", await shop.Facts());
    }

    [Fact]
    public async Task Abuse39_Who_edits_the_rules_can_neither_approve_them_himself_nor_take_the_second_pair_of_eyes_away()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var alone = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        await ada.Submit(await ada.Get(alone + "/general"), "main form", ("Input.FourEyes", "true"));
        var locked = await ada.Post(alone, [("Input.Action", "submit")]);
        Assert.Contains("There is no second active administrator", locked.Text);

        await shop.Sql("update staff set role = 'administrator' where email like 'vera@%'");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Post(alone, [("Input.Action", "submit")])).Status);
        Assert.Contains("Ada Novak has changed the rules", await shop.Scalar<string>("select subject from mail where to_address like 'vera@%'"));
        var weaker = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        await ada.Submit(await ada.Get(weaker + "/general"), "main form", ("Input.FourEyes", "false"));
        await ada.Post(weaker, [("Input.Action", "submit")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.Post(weaker, [("Input.Action", "approve")])).Status);

        Assert.Equal("2|3", await shop.Scalar<string>(
            "select (select version from assist_policy where status = 'active') || '|' || (select version from assist_policy where status = 'proposed')"));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Post("/admin/settings/assistance.policy-four-eyes", [("Input.Value", "false")])).Status);
    }

    [Fact]
    public async Task The_simulator_tells_what_a_version_would_have_changed_by_rule_and_one_by_one()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        await Sessions.Begin(karim, "ines");
        await Sessions.Begin(karim, "jonas", ("Input.TakeOver", "true"));
        await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("paul"));
        var ada = await shop.As("ada");
        var draft = (await ada.Submit(await ada.Get(Rules), "main form[method=post]")).Location!;
        Assert.Contains("Nothing would have been different.", (await ada.Get(draft + "/simulation")).Text);

        await ada.Submit(await ada.Get(draft + "/rules?id=assigned-customer"), "main form", ("Input.Reach", "all"), ("Input.OpensIn", "view"));
        var page = await ada.Get(draft + "/simulation");
        Assert.Contains("2 sessions and 1 refused start of the last 30 days", page.Text);
        Assert.Equal(["would be allowed|assistance.assigned-customer|1", "another mode|assistance.assigned-customer|2"],
            page.Document.QuerySelectorAll(".counts tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))));
        Assert.Contains(page.Document.QuerySelectorAll(".simulated tbody tr"), row => row.TextContent.Contains("Paul Südmann, Südwind AG") && row.TextContent.Contains("would be allowed"));
        Assert.Contains("view instead of order", page.Text);
    }

    [Fact]
    public async Task Why_somebody_may_not_act_is_told_with_the_rule_and_what_would_change_it_in_three_steps()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var page = await vera.Submit(await vera.Get("/admin/assistance/why"), "main form", ("op", "rosa"), ("customer", "nordlicht"));
        Assert.Equal(HttpStatusCode.OK, (await vera.Get("/admin/assistance/why?op=rosa&customer=nordlicht")).Status);
        page = await vera.Get("/admin/assistance/why?op=rosa&customer=nordlicht");
        var ines = page.Document.QuerySelectorAll("a.list-group-item").Single(link => link.TextContent.Contains("Ines Albrecht"));
        var answer = await vera.Get(ines.GetAttribute("href")! + $"&a={Characters.StaffIdOf("rosa")}");
        Assert.Contains("No Rosa Lind cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to Rosa Lind.", answer.Text);
        Assert.Contains("Assign Nordlicht GmbH to Rosa Lind, or grant access for a time.", answer.Text);
        Assert.Contains("assistance.not-assigned", answer.Text);

        var yes = await vera.Get($"/admin/assistance/why?a={Characters.StaffIdOf("karim")}&b={Characters.MembershipIdOf("lena")}");
        Assert.Contains("Yes Karim Weiss may act for Lena Vogt: Nordlicht GmbH is assigned to Karim Weiss.", yes.Text);
        Assert.Contains("Not possible to place orders: the buyer may not do it himself.", yes.Text);
    }

    [Fact]
    public async Task The_same_answer_comes_as_json_and_what_does_not_exist_is_not_found()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var json = JsonDocument.Parse((await vera.GetJson($"/admin/api/assistance/decision?staff={Characters.StaffIdOf("rosa")}&membership={Characters.MembershipIdOf("ines")}")).Html).RootElement;
        Assert.Equal("assistance.not-assigned", json.GetProperty("code").GetString());
        Assert.Equal("Rosa Lind cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to Rosa Lind.", json.GetProperty("detail").GetString());
        Assert.Equal("You cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to you. Ask your supervisor, or request access.", json.GetProperty("toOperator").GetString());
        Assert.False(json.GetProperty("isAllowed").GetBoolean());

        var whole = JsonDocument.Parse((await vera.GetJson($"/admin/api/assistance/decision?staff={Characters.StaffIdOf("karim")}&company={Characters.Nordlicht}")).Html).RootElement;
        Assert.Equal("Karim Weiss may act for Nordlicht GmbH: it is assigned to Karim Weiss.", whole.GetProperty("detail").GetString());
        Assert.Contains("the company as a whole", (await vera.Get("/admin/assistance/why?customer=nordl")).Text);
        Assert.Contains("Karim Weiss may act for Nordlicht GmbH", (await vera.Get($"/admin/assistance/why?a={Characters.StaffIdOf("karim")}&company={Characters.Nordlicht}")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await vera.GetJson($"/admin/api/assistance/decision?staff={Characters.StaffIdOf("rosa")}&membership={Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("karim")).GetJson($"/admin/api/assistance/decision?staff={Characters.StaffIdOf("rosa")}&membership={Characters.MembershipIdOf("ines")}")).Status);
    }
}
