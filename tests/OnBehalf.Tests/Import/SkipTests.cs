using OnBehalf.Modules.Import;

namespace OnBehalf.Tests.Import;

public sealed class SkipTests
{
    [Fact]
    public async Task Bad_rows_are_left_out_with_all_that_depends_on_them_and_written_down_as_they_stood()
    {
        await using var box = await ImportBox.Open();
        SmallPackage.Put(box);
        box["products.csv"] = SmallPackage.Products.Replace(",12.50,", ",12.505,", StringComparison.Ordinal);
        box["companies.csv"] = SmallPackage.Companies + "\"C3\",=Formula & Co,C4,XX,,,,,\nC5,Child,C3,,,,,,\nC6,\"Grand\nchild\",,,,,,,\nC7,Great grandchild,C5,,,,,,\n";
        box["contacts.csv"] = SmallPackage.Contacts + "carl@buyer.example,,Carl,Cut,,C3,,,\ndora@buyer.example,,Dora,Dent,,C1\n";
        box["images/bad.gif"] = "GIF?";
        var report = await box.Import(skipBadRows: true);

        Assert.True(report.Done);
        Assert.Equal(6, report.Faults);
        Assert.Equal(
            """"
            file,line,column,value,reason,row
            images/bad.gif,,,,"Neither GIF, PNG, JPEG, WebP nor SVG.",
            products.csv,2,unit_price,12.505,"EUR has 2 decimals, this amount has 3.","L-1,Lamp,""Shines,
            brightly"",Brille,lamps,Lux,Red,M,961.610000,3.10,12.505,EUR,standard,lamp.svg,active"
            prices.csv,2,sku,L-1,"Depends on products.csv, line 2, which was rejected.","dealer,L-1,,11.00"
            prices.csv,3,sku,L-1,"Depends on products.csv, line 2, which was rejected.","dealer,L-1,10,10.00"
            companies.csv,4,country,XX,"Not a country of ISO 3166: two capital letters, such as DE.","""C3"",=Formula & Co,C4,XX,,,,,"
            companies.csv,4,parent_number,C4,"Number not found, neither in companies.csv nor in the shop.","""C3"",=Formula & Co,C4,XX,,,,,"
            companies.csv,5,parent_number,C3,"Depends on companies.csv, line 4, which was rejected.","C5,Child,C3,,,,,,"
            companies.csv,6,name,"Grand
            child",Holds a line break or another control character.,"C6,""Grand
            child"",,,,,,,"
            companies.csv,8,parent_number,C5,"Depends on companies.csv, line 5, which was rejected.","C7,Great grandchild,C5,,,,,,"
            contacts.csv,5,company_number,C3,"Depends on companies.csv, line 4, which was rejected.","carl@buyer.example,,Carl,Cut,,C3,,,"
            contacts.csv,6,,"dora@buyer.example,,Dora,Dent,,C1","This row has 6 fields, the header 9.","dora@buyer.example,,Dora,Dent,,C1"
            orders.csv,2,number,O-1,"Depends on order_lines.csv, line 2, which was rejected.","O-1,C1,anna@buyer.example,2025-03-04T05:06:07Z,,PO-9,,4.75,4.90,rita@seller.example"
            order_lines.csv,2,sku,L-1,"Depends on products.csv, line 2, which was rejected.","O-1,L-1,2,11.00"
            order_lines.csv,3,sku,L-1,"Depends on products.csv, line 2, which was rejected.","O-1,L-1,1.5,2.25"

            """".ReplaceLineEndings("\n"),
            await File.ReadAllTextAsync(box.RejectsFile));
        Assert.Equal(
            "images 1/1, categories.csv 2/0, products.csv 1/1, price_lists.csv 1/0, prices.csv 0/2, tax_rates.csv 2/0, shipping_methods.csv 2/0, staff.csv 2/0, "
            + "customer_groups.csv 1/0, companies.csv 2/4, contacts.csv 3/2, customer_terms.csv 2/0, addresses.csv 2/0, orders.csv 1/1, order_lines.csv 1/2",
            string.Join(", ", report.Files.Select(file => $"{file.File} {file.Merged.New}/{file.Rejected}")));
        Assert.Equal(1, await box.Shop.Scalar<int>("select count(*) from orders"));
    }

    [Fact]
    public async Task A_value_that_a_spreadsheet_would_run_is_written_as_text()
    {
        await using var box = await ImportBox.Open();
        box["categories.csv"] = "code,parent_code,name\na,=HYPERLINK(\"x\"),A\n";
        await box.Import();

        Assert.Contains(",\"'=HYPERLINK", (await File.ReadAllTextAsync(box.FaultsFile)).Replace("\"\"x\"\"", "x"));
    }

    [Fact]
    public async Task A_rejected_row_leaves_what_the_shop_has_and_rows_may_refer_to_that()
    {
        await using var box = await ImportBox.Open();
        SmallPackage.Put(box);
        await box.Import();
        box.Clear();
        box["companies.csv"] = "number,name,country\nC1,,DE\n";
        box["contacts.csv"] = "email,first_name,last_name,company_number\nnew@buyer.example,New,Person,C1\n";
        box["addresses.csv"] = "company_number,line1,city,country\nC1,Way 9,Kiel,DE\nC1,Way 10,Kiel,XX\n";
        var report = await box.Import(skipBadRows: true);

        Assert.Equal((2, true), (report.Faults, report.Done));
        Assert.Equal("Ähre GmbH", await box.Shop.Scalar<string>("select name from company where number = 'C1'"));
        Assert.Equal(1, await box.Shop.Scalar<int>("select count(*) from buyer where email = 'new@buyer.example'"));

        // A set with a faulty row is not known as a whole: nothing of it is removed.
        Assert.Equal(new Merged(1, 0, 0), report.Files[^1].Merged);
        Assert.Equal(3, await box.Shop.Scalar<int>("select count(*) from address"));
    }

    [Theory]
    [InlineData("categories.csv", "code,nome\na,b\n")]
    [InlineData("surprise.txt", "!")]
    public async Task Whole_files_are_not_skipped(string file, string content)
    {
        await using var box = await ImportBox.Open();
        box[file] = content;
        box["price_lists.csv"] = SmallPackage.PriceLists;

        Assert.False((await box.Import(skipBadRows: true)).Done);
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from price_list"));
    }

    [Fact]
    public async Task Of_two_rows_with_one_key_the_first_is_taken()
    {
        await using var box = await ImportBox.Open();
        box["categories.csv"] = "code,name\na,First\na,Second\n";
        await box.Import(skipBadRows: true);

        Assert.Equal("First", await box.Shop.Scalar<string>("select name from category"));
    }
}
