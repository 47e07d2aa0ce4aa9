using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Import;

/// <summary>What an import takes from people it takes at once.</summary>
public sealed class AuthorityTests
{
    private const string Karim = "email,first_name,last_name,role,group,status\nkarim@onbehalf.example,Karim,Weiss,sales-rep,field-sales,";

    [Fact]
    public async Task A_staff_member_who_leaves_is_signed_out_with_his_session()
    {
        await using var box = await ImportBox.Open(peopled: true);
        var karim = await box.Shop.As("karim");
        var session = await karim.Assisting("ines");
        box["staff.csv"] = Karim + "inactive\n";
        await box.Import();

        Assert.Equal(("suspended", "ended"), await Ends(box));
        Assert.Contains("identity.signed-out", await box.Shop.Facts());
        Assert.Contains("assistance.session-ended", await box.Shop.Facts());
        _ = session;
    }

    [Fact]
    public async Task A_dealer_that_is_put_on_hold_ends_what_its_people_run_for_its_end_customers()
    {
        const string header = "number,name,country,kind,parent_number,status,sales_rep_email\n";
        await using var box = await ImportBox.Open(peopled: true);
        box["companies.csv"] = header + "N-1001,Nordlicht GmbH,DE,end-customer,N-1002,active,karim@onbehalf.example\nN-1002,Südwind AG,DE,dealer,,active,rosa@onbehalf.example\n";
        Assert.Empty(await box.Faults());
        await box.Shop.Put(ShopPolicy.Standard with { Rules = [new("dealers", "Dealers", Allows: true) { Kinds = [OperatorKind.Dealer] }] });
        var paul = await box.Shop.As("paul");
        await box.Shop.StartColleagueSession("paul", paul.SignIn, "ines");

        // What the file does not say stays: she is still the end customer of the dealer, and nothing ends.
        box["companies.csv"] = "number,name,country,parent_number,sales_rep_email\nN-1001,Nordlicht GmbH,DE,N-1002,karim@onbehalf.example\n";
        await box.Import();
        Assert.Equal("active", await box.Shop.Scalar<string>("select status from assisted_session"));
        box["companies.csv"] = header + "N-1002,Südwind AG,DE,dealer,,on-hold,rosa@onbehalf.example\n";
        await box.Import();
        Assert.Equal("assistance.dealer-inactive", await box.Shop.Scalar<string>("select end_cause from assisted_session"));

        box["companies.csv"] = header + "N-1003,Pausenhof KG,DE,end-customer,N-1004,active,karim@onbehalf.example\n";
        Assert.Contains("An end customer stands below its dealer", (await box.Faults()).Single());
    }

    [Fact]
    public async Task A_dealer_stays_one_while_the_file_leaves_end_customers_below_it()
    {
        const string header = "number,name,country,kind,parent_number,tax_id\n";
        const string partner = "N-1002,Südwind AG,DE,partner,,\n";
        await using var box = await ImportBox.Open(peopled: true);
        box["companies.csv"] = header + "N-1001,Nordlicht GmbH,DE,end-customer,N-1002,\nN-1002,Südwind AG,DE,dealer,,\n";
        Assert.Empty(await box.Faults());

        box["companies.csv"] = header + partner;
        var fault = Assert.Single(await box.Faults());
        Assert.Contains("line 2, kind 'partner'", fault);
        Assert.Contains("End customers belong to this dealer", fault);
        box["companies.csv"] = header + partner + "N-1001,Nordlicht SE,DE,end-customer,N-1002,\n";
        Assert.Equal(2, (await box.Faults()).Length);

        // What moves it away is rejected, so it is not moved.
        box["companies.csv"] = header + partner + "N-1001,Nordlicht GmbH,DE,customer,,123\n";
        await box.Import(skipBadRows: true);
        Assert.Equal("dealer", await box.Shop.Scalar<string>("select kind from company where number = 'N-1002'"));
        Assert.Equal("end-customer", await box.Shop.Scalar<string>("select kind from company where number = 'N-1001'"));

        box["companies.csv"] = header + partner + "N-1001,Nordlicht GmbH,DE,customer,,\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("partner", await box.Shop.Scalar<string>("select kind from company where number = 'N-1002'"));
    }

    [Fact]
    public async Task Who_is_to_become_a_dealer_in_a_rejected_row_is_none_for_the_rows_below_it()
    {
        const string header = "number,name,country,kind,parent_number,tax_id\n";
        await using var box = await ImportBox.Open(peopled: true);
        box["companies.csv"] = header + "N-1001,Nordlicht GmbH,DE,end-customer,N-1002,\nN-1002,Südwind AG,DE,dealer,,123\n";
        Assert.Equal(2, (await box.Faults()).Length);
        await box.Import(skipBadRows: true);
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from company where kind <> 'customer'"));

        box["companies.csv"] = header + "N-1001,Nordlicht GmbH,DE,end-customer,N-1002,\nN-1002,Südwind AG,DE,dealer,,\n";
        Assert.Empty(await box.Faults());
    }

    [Theory]
    [InlineData("companies.csv", "number,name,country,sales_rep_email\nN-1001,Nordlicht GmbH,DE,rosa@onbehalf.example\n", "rights-changed")]
    [InlineData("companies.csv", "number,name,country,status,sales_rep_email\nN-1001,Nordlicht GmbH,DE,on-hold,karim@onbehalf.example\n", "rights-changed")]
    [InlineData("contacts.csv", "email,first_name,last_name,phone,company_number,role\nines@buyers.example,Ines,Albrecht,+49 431 555010,N-1001,viewer\n", "rights-changed")]
    [InlineData("contacts.csv", "email,first_name,last_name,phone,company_number,role,status\nines@buyers.example,Ines,Albrecht,+49 431 555010,N-1001,purchaser,inactive\n", "rights-changed")]
    [InlineData("staff.csv", "email,first_name,last_name,role,group,may_adjust_prices\nkarim@onbehalf.example,Karim,Weiss,sales-rep,field-sales,true\n", "rights-changed")]
    public async Task A_session_ends_when_what_it_rests_on_changes(string file, string content, string cause)
    {
        await using var box = await ImportBox.Open(peopled: true);
        await (await box.Shop.As("karim")).Assisting("ines");
        await (await box.Shop.As("rosa")).Assisting("paul");
        box[file] = content;
        Assert.Empty(await box.Faults());

        await using var db = box.Shop.Database.Read();
        Assert.Equal(cause, (await db.Set<AssistedSessionRow>().SingleAsync(row => row.BuyerId == Characters.BuyerIdOf("ines"))).EndCause);
        Assert.Equal("active", (await db.Set<AssistedSessionRow>().SingleAsync(row => row.BuyerId == Characters.BuyerIdOf("paul"))).Status);
    }

    [Fact]
    public async Task A_session_ends_when_the_rules_do_not_reach_his_new_group()
    {
        await using var box = await ImportBox.Open(peopled: true);
        await box.Shop.Put(rule => rule with { Groups = ["field-sales"] });
        await (await box.Shop.As("karim")).Assisting("ines");
        box["staff.csv"] = Karim.Replace("field-sales", "office", StringComparison.Ordinal) + "active\n";
        await box.Import();

        Assert.Equal((null, "ended"), await Ends(box));
    }

    [Fact]
    public async Task A_session_goes_on_when_only_names_change()
    {
        await using var box = await ImportBox.Open(peopled: true);
        await (await box.Shop.As("karim")).Assisting("ines");
        box["staff.csv"] = Karim.Replace("Weiss", "Weiß", StringComparison.Ordinal) + "active\n";
        box["companies.csv"] = "number,name,country,sales_rep_email\nN-1001,Nordlicht SE,DE,karim@onbehalf.example\n";
        await box.Import();

        Assert.Equal((null, "active"), await Ends(box));
    }

    [Fact]
    public async Task The_buyers_of_a_blocked_company_are_signed_out()
    {
        await using var box = await ImportBox.Open(peopled: true);
        await box.Shop.As("ines");
        await box.Shop.As("paul");
        box["companies.csv"] = "number,name,country,status,sales_rep_email\nN-1001,Nordlicht GmbH,DE,blocked,karim@onbehalf.example\n";
        await box.Import();

        await using var db = box.Shop.Database.Read();
        Assert.Equal("suspended", (await db.Set<SignInRow>().SingleAsync(row => row.BuyerId == Characters.BuyerIdOf("ines"))).EndCause);
        Assert.Null((await db.Set<SignInRow>().SingleAsync(row => row.BuyerId == Characters.BuyerIdOf("paul"))).EndCause);
    }

    [Fact]
    public async Task The_former_rep_of_a_company_may_not_serve_it_any_more()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["companies.csv"] = "number,name,country,sales_rep_email\nN-1001,Nordlicht GmbH,DE,rosa@onbehalf.example\n";
        await box.Import();

        // Tom of telesales was assigned by hand and stays.
        await using var db = box.Shop.Database.Read();
        var assigned = await db.Set<Modules.Companies.StaffAssignmentRow>().Where(row => row.CompanyId == Characters.Nordlicht).Select(row => row.StaffId).ToListAsync();
        Assert.Equal([Characters.StaffIdOf("rosa"), Characters.StaffIdOf("tom")], assigned.OrderBy(id => id.Value));
    }

    private static async Task<(string?, string)> Ends(ImportBox box)
    {
        await using var db = box.Shop.Database.Read();
        var signIn = await db.Set<SignInRow>().SingleAsync(row => row.StaffId == Characters.StaffIdOf("karim"));
        return (signIn.EndCause, (await db.Set<AssistedSessionRow>().SingleAsync(row => row.OperatorStaffId == Characters.StaffIdOf("karim"))).Status);
    }
}
