using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class CompanyMasterTests
{
    private const string Data = "/admin/customers/N-1001/data";
    private const string Status = "/admin/customers/N-1001/status";

    [Fact]
    public async Task A_supervisor_changes_what_is_kept_about_a_company_and_everybody_sees_what_it_was()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var form = await vera.Get(Data);
        var wrong = await vera.Submit(form, "main form", ("Input.TaxId", "DE136695977"), ("Input.Number", "N-1002"), ("Input.Country", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("check digits", wrong.Document.QuerySelector("#Input_TaxId-error")!.TextContent);
        var taken = await vera.Submit(form, "main form", ("Input.Number", "N-1002"));
        Assert.Contains("another customer has it", taken.Document.QuerySelector("#Input_Number-error")!.TextContent);

        var stored = await vera.Submit(
            form, "main form", ("Input.Name", "Polarlicht GmbH"), ("Input.Number", "P-7"), ("Input.TaxId", "136695976"), ("Input.Contracts", "V-1; V-2,V-1"), ("Input.Language", "fr"),
            ("Input.Segment", "Trade"), ("Input.OrderEmail", "orders@polarlicht.example"));
        Assert.Equal("/admin/customers/P-7/data?done=1", stored.Location);
        var after = await vera.Follow(stored);
        Assert.Contains("Tax id: none → became DE136695976", after.Text.Replace("→became", "→ became", StringComparison.Ordinal));
        Assert.Contains("Name: Nordlicht GmbH", after.Text);
        Assert.Contains("Vera Blum", after.Text);
        Assert.Equal(
            "Polarlicht GmbH|polarlicht gmbh|V-1, V-2|fr|DE136695976", await shop.Scalar<string>("select name || '|' || sort_name || '|' || contract_number || '|' || language || '|' || tax_id from company where number = 'P-7'"));
        Assert.Equal(["customers.changed"], (await shop.Facts()).Where(fact => fact.StartsWith("customers.ch", StringComparison.Ordinal)));
        Assert.Contains("name: Nordlicht GmbH", (await shop.Personal("before"))[0]);

        // Found by what it is called now, and no longer by what it was.
        Assert.Contains("Polarlicht", (await vera.Get("/admin/customers?q=polarl")).Text);
        Assert.DoesNotContain("Polarlicht", (await vera.Get("/admin/customers?q=nordlicht+gmbh")).Document.QuerySelector("main table, main ul")?.TextContent ?? "");

        // Who still looks at the old form changes nothing.
        var late = await vera.Submit(form, "main form", ("Input.Name", "Nordlicht GmbH"));
        Assert.NotEqual(HttpStatusCode.SeeOther, late.Status);
    }

    [Fact]
    public async Task A_company_on_hold_looks_but_does_not_order_and_a_blocked_one_is_out_at_once()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var ines = await shop.As("ines");
        var karim = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await vera.Submit(await vera.Get(Status), "main form", ("Input.Status", "on-hold"), ("Input.Reason", " "))).Status);

        var held = await vera.Submit(await vera.Get(Status), "main form", ("Input.Status", "on-hold"), ("Input.Reason", "Bills are open"));
        Assert.Equal("/admin/customers/N-1001", held.Location);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
        Assert.NotEqual(HttpStatusCode.OK, (await karim.Get("/cart")).Status);

        await vera.Submit(await vera.Get(Status), "main form", ("Input.Status", "blocked"), ("Input.Reason", "Insolvent"));
        Assert.StartsWith("/account/login", (await ines.Get("/account")).Location);
        Assert.Equal("suspended", await shop.Scalar<string>("select end_cause from sign_in where buyer_id is not null"));
        var history = (await vera.Get(Status)).Text;
        Assert.Contains("“Insolvent”", history);
        Assert.Contains("“Bills are open” Vera Blum", history);
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "customers.status-changed"));
    }

    [Fact]
    public async Task Only_supervisors_and_administrators_change_companies()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        Assert.DoesNotContain(Data, (await sam.Get("/admin/customers/N-1001")).Html);
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.Get(Data)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.Get(Status)).Status);
        Assert.Equal(HttpStatusCode.OK, (await sam.Get("/admin/customers/N-1001/tree")).Status);
    }

    [Fact]
    public async Task The_tree_shows_who_stands_above_and_below()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql($"update company set parent_id = (select id from company where number = 'N-1001') where number in ('N-1002', 'N-1003')");
        var ada = await shop.As("ada");
        var tree = await ada.Get("/admin/customers/N-1003/tree");
        Assert.Equal(
            ["Nordlicht GmbH", "Pausenhof KG", "Südwind AG"], tree.Document.QuerySelectorAll(".company-tree li").Select(line => (line.QuerySelector("a") ?? line.QuerySelector("strong"))!.TextContent));
        Assert.Equal("Pausenhof KG", tree.Document.QuerySelector("[aria-current=true]")!.TextContent);
    }

    [Fact]
    public async Task The_import_checks_tax_ids_and_keeps_who_changed_a_status()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["companies.csv"] = "number,name,country,status,tax_id,language\nN-1001,Nordlicht GmbH,DE,on-hold,DE 136 695 976,de\nN-1002,Südwind AG,DE,active,DE136695977,\nN-1003,Pausenhof KG,DE,active,471100,\n";
        var report = await box.Import();
        Assert.Equal(2, report.Faults);
        box["companies.csv"] = "number,name,country,status,tax_id,language\nN-1001,Nordlicht GmbH,DE,on-hold,DE 136 695 976,de\n";
        Assert.Equal(0, (await box.Import()).Faults);
        Assert.Equal("DE136695976|de", await box.Shop.Scalar<string>("select tax_id || '|' || language from company where number = 'N-1001'"));
        Assert.Equal("status|active|on-hold", await box.Shop.Scalar<string>("select field || '|' || before || '|' || after from company_change"));

        // What a file does not say stays.
        box["companies.csv"] = "number,name,country\nN-1001,Nordlicht GmbH,DE\n";
        await box.Import();
        Assert.Equal("DE136695976|de", await box.Shop.Scalar<string>("select tax_id || '|' || language from company where number = 'N-1001'"));
        Assert.Contains("the import", (await (await box.Shop.As("ada")).Get(Status)).Text);
    }
}
