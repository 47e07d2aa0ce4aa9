using System.Text;
using OnBehalf.Modules.Import;

namespace OnBehalf.Tests.Import;

/// <summary>Every kind of fault names its file, line, column, value and reason, and nothing is changed.</summary>
public sealed class FaultTests(FaultTests.ShopWithRows good) : IClassFixture<FaultTests.ShopWithRows>
{
    [Theory]
    // Headers
    [InlineData("products.csv", "sku,name,unit_price,currency,colour\nA,B,1,EUR,red\n", "products.csv, line 1, colour: Unknown column. Known are: sku, name, description, category_code, model, color, size, weight_grams, cost, unit_price, currency, tax_class, image, status, unit, pack_quantity, min_quantity, max_quantity, replaced_by, price_per, kind.")]
    [InlineData("products.csv", "sku,name,currency\nA,B,EUR\n", "products.csv, line 1, unit_price: This column is required and missing.")]
    [InlineData("categories.csv", "code,name,name\na,b,c\n", "categories.csv, line 1, name: This column stands here twice.")]
    [InlineData("categories.csv", "code,name,\na,b,c\n", "categories.csv, line 1: A column without a name.")]
    [InlineData("categories.csv", "", "categories.csv, line 1: This file is empty: it needs a header row.")]
    // Rows
    [InlineData("categories.csv", "code,name\na\n", "categories.csv, line 2 'a': This row has 1 fields, the header 2.")]
    [InlineData("categories.csv", "code,name\na,b,c\n", "categories.csv, line 2 'a,b,c': This row has 3 fields, the header 2.")]
    [InlineData("categories.csv", "code,name\na,\"b\"c\n", "categories.csv, line 2 'a,\"b\"c': There is text after the closing quote of a field.")]
    [InlineData("categories.csv", "code,name\na,b\"c\n", "categories.csv, line 2 'a,b\"c': There is a quote inside a field that is not quoted.")]
    [InlineData("categories.csv", "code,name\nx,y\na,\"b\nc,d\n", "categories.csv, line 3 'a,\"b c,d ': A quote is opened and never closed.")]
    [InlineData("categories.csv", "code,name\n\n\"a\nb\",c\n", "categories.csv, line 3, code 'a b': Holds a line break or another control character.")]
    [InlineData("categories.csv", "code,name\na,b\0c\n", "categories.csv, line 2, name 'b␀c': Holds a NUL character.")]
    // Cells
    [InlineData("categories.csv", "code,name\na, \n", "categories.csv, line 2, name ' ': Required, but empty.")]
    [InlineData("products.csv", "sku,name,unit_price,currency\nA,B,1.005,EUR\n", "products.csv, line 2, unit_price '1.005': EUR has 2 decimals, this amount has 3.")]
    [InlineData("products.csv", "sku,name,unit_price,currency\nA,B,1.0,JPY\n", "products.csv, line 2, unit_price '1.0': JPY has no decimals, this amount has 1.")]
    [InlineData("products.csv", "sku,name,unit_price,currency\nA,B,\"1,5\",EUR\n", "products.csv, line 2, unit_price '1,5': Not an amount: digits, and a dot before the decimals, such as 12.50; no sign, no grouping.")]
    [InlineData("products.csv", "sku,name,unit_price,currency\nA,B,-1,EUR\n", "products.csv, line 2, unit_price '-1': Not an amount: digits, and a dot before the decimals, such as 12.50; no sign, no grouping.")]
    [InlineData("products.csv", "sku,name,unit_price,currency\nA,B,99999999999,EUR\n", "products.csv, line 2, unit_price '99999999999': Larger than any amount that can be kept.")]
    [InlineData("products.csv", "sku,name,unit_price,currency\nA,B,1,EURO\n", "products.csv, line 2, currency 'EURO': Not a currency of ISO 4217: three capital letters, such as EUR.")]
    [InlineData("products.csv", "sku,name,unit_price,currency,weight_grams\nA,B,1,EUR,heavy\n", "products.csv, line 2, weight_grams 'heavy': Not a weight in grams: digits with a dot before the decimals, below a billion, such as 1016.04.")]
    [InlineData("products.csv", "sku,name,unit_price,currency,status\nA,B,1,EUR,gone\n", "products.csv, line 2, status 'gone': Not one of: active, discontinued.")]
    [InlineData("tax_rates.csv", "country,region,tax_class,rate\nDE,,standard,19\n", "tax_rates.csv, line 2, rate '19': Not a rate: a fraction from 0 to 1 with at most six decimals after a dot, such as 0.19.")]
    [InlineData("tax_rates.csv", "country,region,tax_class,rate\nUK,,standard,0.2\n", "tax_rates.csv, line 2, country 'UK': Not a country of ISO 3166: two capital letters, such as DE.")]
    [InlineData("shipping_methods.csv", "code,name,countries,price,currency\na,b,DE XX,1,EUR\n", "shipping_methods.csv, line 2, countries 'DE XX': 'XX' is not a country of ISO 3166: two capital letters each, with blanks between.")]
    [InlineData("staff.csv", "email,first_name,last_name,role\nrita,R,R,sales-rep\n", "staff.csv, line 2, email 'rita': Not a mail address.")]
    [InlineData("staff.csv", "email,first_name,last_name,role\nr@s.example,R,R,boss\n", "staff.csv, line 2, role 'boss': Not one of: sales-rep, support-agent, supervisor, administrator, telesales-operator.")]
    [InlineData("staff.csv", "email,first_name,last_name,role,may_adjust_prices\nr@s.example,R,R,sales-rep,yes\n", "staff.csv, line 2, may_adjust_prices 'yes': Neither true nor false.")]
    [InlineData("staff.csv", "email,first_name,last_name,role,commission_percent\nr@s.example,R,R,sales-rep,120\n", "staff.csv, line 2, commission_percent '120': Not a percentage: from 0 to 100 with at most four decimals after a dot, such as 1.5.")]
    [InlineData("prices.csv", "price_list_code,sku,min_quantity,unit_price\ndealer,L-1,0,1\n", "prices.csv, line 2, min_quantity '0': Not a quantity: above 0, at most 1000000, with at most three decimals after a dot.")]
    [InlineData("orders.csv", "number,company_number,placed_at\nO,C1,04.03.2025\n", "orders.csv, line 2, placed_at '04.03.2025': Not a time in UTC of ISO 8601, such as 2026-11-21T14:30:00Z.")]
    [InlineData("orders.csv", "number,company_number,placed_at\nO,C1,2025-02-30\n", "orders.csv, line 2, placed_at '2025-02-30': Not a time in UTC of ISO 8601, such as 2026-11-21T14:30:00Z.")]
    [InlineData("orders.csv", "number,company_number,placed_at\nO,C1,2025-03-04T05:06:07+01:00\n", "orders.csv, line 2, placed_at '2025-03-04T05:06:07+01:00': Not a time in UTC of ISO 8601, such as 2026-11-21T14:30:00Z.")]
    // Keys
    [InlineData("categories.csv", "code,name\na,b\nc,d\na,e\n", "categories.csv, line 4, code 'a': The same code as on line 2.")]
    [InlineData("tax_rates.csv", "country,region,tax_class,rate\nDE,,standard,0.19\nDE,,standard,0.07\n", "tax_rates.csv, line 3, country 'DE': The same country and region and tax class as on line 2.")]
    [InlineData("prices.csv", "price_list_code,sku,min_quantity,unit_price\ndealer,L-1,1,1\ndealer,L-1,,2\n", "prices.csv, line 3, price_list_code 'dealer': The same price list code and sku and min quantity as on line 2.")]
    [InlineData("staff.csv", "email,first_name,last_name,role\nr@s.example,R,R,sales-rep\nR@S.example,R,R,sales-rep\n", "staff.csv, line 3, email 'r@s.example': The same email as on line 2.")]
    [InlineData("contacts.csv", "email,first_name,last_name,company_number\na@b.example,A,B,C1\nA@b.example,A,B,C1\n", "contacts.csv, line 3, email 'a@b.example': The same email and company number as on line 2.")]
    [InlineData("contacts.csv", "email,first_name,last_name,company_number\na@b.example,A,B,C1\nA@b.example,A,C,C2\n", "contacts.csv, line 3, last_name 'C': The same person has another one on line 2.")]
    // References
    [InlineData("categories.csv", "code,parent_code,name\na,b,c\n", "categories.csv, line 2, parent_code 'b': Code not found, neither in categories.csv nor in the shop.")]
    [InlineData("categories.csv", "code,parent_code,name\na,b,A\nb,a,B\n", "categories.csv, line 2, parent_code 'b': The parents of this row lead back to itself.", "categories.csv, line 3, parent_code 'a': The parents of this row lead back to itself.")]
    [InlineData("products.csv", "sku,name,unit_price,currency,category_code\nA,B,1,EUR,none\n", "products.csv, line 2, category_code 'none': Code not found, neither in categories.csv nor in the shop.")]
    [InlineData("products.csv", "sku,name,unit_price,currency,image\nA,B,1,EUR,none.gif\n", "products.csv, line 2, image 'none.gif': There is no picture of this name, neither in images nor in the shop.")]
    [InlineData("prices.csv", "price_list_code,sku,unit_price\nnone,nope,1\n", "prices.csv, line 2, price_list_code 'none': Code not found, neither in price_lists.csv nor in the shop.", "prices.csv, line 2, sku 'nope': Sku not found, neither in products.csv nor in the shop.")]
    [InlineData("companies.csv", "number,name,sales_rep_email\nC,D,x@y.example\n", "companies.csv, line 2, sales_rep_email 'x@y.example': Email not found, neither in staff.csv nor in the shop.")]
    [InlineData("companies.csv", "number,name,currency,price_list_code\nC,D,CHF,dealer\n", "companies.csv, line 2, price_list_code 'dealer': This price list is in EUR, and the company buys in CHF.")]
    [InlineData("companies.csv", "number,name,parent_number\nC,D,E\n", "companies.csv, line 2, parent_number 'E': Number not found, neither in companies.csv nor in the shop.")]
    [InlineData("contacts.csv", "email,first_name,last_name,company_number\na@b.example,A,B,C9\n", "contacts.csv, line 2, company_number 'C9': Number not found, neither in companies.csv nor in the shop.")]
    [InlineData("contacts.csv", "email,first_name,last_name,role\na@b.example,A,B,approver\n", "contacts.csv, line 2, role 'approver': Who stands in no company is a consumer.")]
    [InlineData("contacts.csv", "email,first_name,last_name,company_number,role\na@b.example,A,B,C1,consumer\n", "contacts.csv, line 2, role 'consumer': A consumer stands in no company.")]
    [InlineData("addresses.csv", "company_number,line1,city,country\nC9,Way 1,Kiel,DE\n", "addresses.csv, line 2, company_number 'C9': Number not found, neither in companies.csv nor in the shop.")]
    [InlineData("orders.csv", "number,company_number,contact_email,placed_at,tax\nO,C2,kurt@buyer.example,2025-03-04,1.234\n", "orders.csv, line 2, contact_email 'kurt@buyer.example': Nobody with this mail address works for this company.", "orders.csv, line 2, tax '1.234': EUR has 2 decimals, this amount has 3.")]
    [InlineData("order_lines.csv", "order_number,sku,quantity,unit_price\nO-9,L-1,1,1\n", "order_lines.csv, line 2, order_number 'O-9': Order number not found, neither in orders.csv nor in the shop.")]
    [InlineData("order_lines.csv", "order_number,sku,quantity,unit_price\nO-1,L-9,1,1.001\n", "order_lines.csv, line 2, sku 'L-9': Sku not found, neither in products.csv nor in the shop.", "order_lines.csv, line 2, unit_price '1.001': EUR has 2 decimals, this amount has 3.")]
    [InlineData("order_lines.csv", "order_number,sku,quantity,unit_price\nO-1,L-1,1000000,9999999999\n", "order_lines.csv, line 2, quantity '1000000': The total of this line is larger than any that can be kept.")]
    // Files
    [InlineData("prodcuts.csv", "sku\n", "prodcuts.csv: Not part of a store data package.")]
    [InlineData("images/lamp.gif", "no picture", "images/lamp.gif: Neither GIF, PNG, JPEG, WebP nor SVG.")]
    [InlineData("images/bad.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "images/bad.svg: An SVG with the element script, which may run a script or call another place.")]
    public async Task A_fault_is_named_and_nothing_is_changed(string file, string content, params string[] faults)
    {
        var box = good.Box;
        box.Clear();
        box[file] = content;
        var before = await box.Dump();
        var facts = await box.Shop.Facts();

        Assert.Equal(faults, await box.Faults());
        Assert.True(before == await box.Dump(), "Rows have changed.");
        Assert.Equal(facts, await box.Shop.Facts());
    }

    [Fact]
    public async Task All_faults_of_all_files_are_reported_at_once_and_only_where_they_are()
    {
        await using var box = await ImportBox.Open();
        SmallPackage.Put(box);
        box["products.csv"] = "sku,name,unit_price,currency,category_code,status\n,,x,E,none,gone\nL-1,Lamp,1,EUR,,\nL-2,Lamp,1,EUR,,bad\n";
        box["companies.csv"] = "number,name,country\nC1,,DE\nC2,Baum AG,ZZ\n";

        // Prices, contacts, addresses, orders and lines of L-2, C1 and C2 are not at fault themselves.
        Assert.Equal(
            [
                "products.csv, line 2, category_code 'none': Code not found, neither in categories.csv nor in the shop.",
                "products.csv, line 2, currency 'E': Not a currency of ISO 4217: three capital letters, such as EUR.",
                "products.csv, line 2, name: Required, but empty.",
                "products.csv, line 2, sku: Required, but empty.",
                "products.csv, line 2, status 'gone': Not one of: active, discontinued.",
                "products.csv, line 2, unit_price 'x': Not an amount: digits, and a dot before the decimals, such as 12.50; no sign, no grouping.",
                "products.csv, line 4, status 'bad': Not one of: active, discontinued.",
                "companies.csv, line 2, name: Required, but empty.",
                "companies.csv, line 3, country 'ZZ': Not a country of ISO 3166: two capital letters, such as DE.",
            ],
            await box.Faults());
        var written = await File.ReadAllLinesAsync(box.FaultsFile);
        Assert.Equal("file,line,column,value,reason,row", written[0]);
        Assert.Equal(10, written.Length);
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from product"));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_found_in_their_cell_and_UTF_16_at_once()
    {
        await using var box = await ImportBox.Open();
        await File.WriteAllBytesAsync(Path.Combine(box.Folder, "categories.csv"), [.. "code,name\nok,Fine\nbad,Caf"u8, 0xE9, .. "\n"u8]);
        await File.WriteAllBytesAsync(Path.Combine(box.Folder, "staff.csv"), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("email\n")]);

        Assert.Equal(["staff.csv, line 1: This file is UTF-16. Save it as UTF-8.", "categories.csv, line 3, name 'Caf\uFFFD': Not UTF-8."], await box.Faults());
    }

    [Fact]
    public async Task A_row_without_end_is_no_reason_to_take_the_memory_of_the_machine()
    {
        await using var box = await ImportBox.Open();
        box["categories.csv"] = "code,name\na,\"" + new string('x', 3_000_000);

        Assert.Equal(
            ["categories.csv, line 2: Cannot be read as CSV from here on: a row is longer than a megabyte, or a quote is never closed."], await box.Faults());
    }

    [Fact]
    public async Task More_faults_than_a_screen_holds_are_all_in_the_file()
    {
        await using var box = await ImportBox.Open();
        box["categories.csv"] = "code,name\n" + string.Concat(Enumerable.Range(0, 12_000).Select(i => $"c{i},\n"));
        var report = await box.Import();

        Assert.Equal((12_000, ImportReport.Shown), (report.Faults, report.FirstFaults.Count));
        var written = await File.ReadAllLinesAsync(box.FaultsFile);
        Assert.Equal(12_001, written.Length);
        Assert.Equal("categories.csv,12001,name,,\"Required, but empty.\",", written[^1]);
    }

    [Fact]
    public async Task A_byte_order_mark_CRLF_blank_lines_and_a_missing_last_line_end_are_no_faults()
    {
        await using var box = await ImportBox.Open();
        box["categories.csv"] = "\uFEFFcode,name\r\n\r\na, Light \r\n\r\nb,\"Lamps\"";
        var report = await box.Import();

        Assert.Equal(2, report.Files.Single().Merged.New);
        Assert.Equal("Light", await box.Shop.Scalar<string>("select name from category where code = 'a'"));
    }

    /// <summary>A shop that holds the small package, for files that refer to it: one for all cases, because none of them changes anything.</summary>
    public sealed class ShopWithRows : IAsyncLifetime
    {
        internal ImportBox Box { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Box = await ImportBox.Open();
            SmallPackage.Put(Box);
            Assert.Empty(await Box.Faults());
        }

        public ValueTask DisposeAsync() => Box.DisposeAsync();
    }
}
