using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Import;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Import;

[Collection(nameof(RealDataTests))]
[CollectionDefinition(nameof(RealDataTests), DisableParallelization = true)] // What others allocate meanwhile would count.
public sealed class RealDataTests
{
    [Fact]
    public async Task A_bicycle_wholesaler_comes_as_it_is_written_and_not_twice()
    {
        await using var box = await ImportBox.Open();
        var report = await box.Import(folder: RealData.AdventureWorks);

        Assert.Equal(0, report.Faults);
        Assert.Equal(
            "images 41, categories.csv 41, products.csv 295, price_lists.csv 1, prices.csv 590, tax_rates.csv 6, shipping_methods.csv 3, staff.csv 11, companies.csv 439, "
            + "contacts.csv 440, addresses.csv 417, orders.csv 32, order_lines.csv 542",
            string.Join(", ", report.Files.Select(file => $"{file.File} {file.Merged.New}")));
        await using var db = box.Shop.Database.Read();
        var frame = await db.Set<ProductRow>().SingleAsync(row => row.Sku == "FR-R92B-58");
        Assert.Equal(("HL Road Frame - Black, 58", 143_150, 105_931L, 1_016_040L, "USD", "active", "hl road frame black 58"),
            (frame.Name, frame.PriceMinor, frame.CostMinor, frame.WeightMilligrams, frame.Currency.Code, frame.Status, frame.SortName));
        Assert.Equal("road-frames", (await db.Set<CategoryRow>().SingleAsync(row => row.Id == frame.CategoryId)).Code);
        Assert.StartsWith("Notre cadre en aluminium", (await db.Set<ProductTextRow>().SingleAsync(row => row.ProductId == frame.Id && row.Language == "fr")).Description);
        Assert.All(await db.Set<PictureRow>().Select(row => row.ContentType).ToListAsync(), type => Assert.Equal("image/gif", type));

        var offices = await db.Set<CompanyRow>().Where(row => row.Number == "C00184").Join(db.Set<AddressRow>(), row => row.Id, row => row.CompanyId, (_, address) => address.Label).ToListAsync();
        Assert.Equal(["Main Office", "Main Office"], offices);
        var jose = await db.Set<StaffRow>().SingleAsync(row => row.EmailNormalized == "josé1@adventure-works.com");
        Assert.Equal(15_000, jose.CommissionPercentMillionths);
        var his = await db.Set<CompanyRow>().CountAsync(row => row.SalesRepId == jose.Id);
        Assert.True(his > 10);
        Assert.Equal(his, await db.Set<StaffAssignmentRow>().CountAsync(row => row.StaffId == jose.Id));

        var order = await db.Set<OrderRow>().SingleAsync(row => row.Number == "SO71774");
        Assert.Equal((71_380, 5_710, 2_201, 79_291), (order.LinesMinor, order.TaxMinor, order.ShippingMinor, order.TotalMinor));
        Assert.Equal(("david16@adventure-works.com", "PO348186287", true, null), (order.BuyerEmail, order.PurchaseOrderNumber, order.IsImported, order.OperatorName));
        var dealer = await db.Set<CompanyRow>().SingleAsync(row => row.Id == order.CompanyId);
        Assert.Equal((1, order.PlacedAt), (dealer.OrderCount, dealer.LastOrderAt));
        await ChangesNothingASecondTime(box, RealData.AdventureWorks, files: 13);
    }

    [Fact]
    public async Task A_year_of_orders_comes_as_it_is_written_and_takes_no_memory()
    {
        await using var box = await ImportBox.Open();
        var (before, most, steps) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);
        var report = await box.Import(folder: RealData.OnlineRetail, progress: _ => most = steps++ % 4 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most);

        Assert.InRange(steps, 40, int.MaxValue);
        Assert.Equal(0, report.Faults);
        Assert.Equal([3_259, 2_929, 8_542, 167_977], report.Files.Select(file => file.Merged.New));

        // The rows themselves would be ten times as much. Less than before is possible: earlier tests may have left something to collect.
        var grownMegabytes = (most - before) / 1024 / 1024;
        Assert.True(grownMegabytes <= 12, $"The import held {grownMegabytes} MB.");
        await using var db = box.Shop.Database.Read();
        Assert.Equal(3, await db.Set<CompanyRow>().CountAsync(row => row.Country == null));
        var first = await db.Set<OrderRow>().SingleAsync(row => row.Number == "536365");
        Assert.Equal(new DateTimeOffset(2010, 12, 1, 8, 26, 0, TimeSpan.Zero), first.PlacedAt);
        Assert.Equal(("shipped", "GBP", null), (first.Status, first.Currency.Code, first.BuyerEmail));
        Assert.Equal(first.LinesMinor, await db.Set<OrderLineRow>().Where(row => row.OrderId == first.Id).SumAsync(row => row.TotalMinor));
        Assert.Equal(8_542, await db.Set<CompanyRow>().SumAsync(row => row.OrderCount));
        await ChangesNothingASecondTime(box, RealData.OnlineRetail, files: 4);
    }

    private static async Task ChangesNothingASecondTime(ImportBox box, string folder, int files)
    {
        var before = await box.Dump();
        var second = await box.Import(folder: folder);

        Assert.True(before == await box.Dump(), "A second import has changed rows.");
        Assert.All(second.Files, file => Assert.Equal(new Merged(0, 0, file.Read), file.Merged));
        var facts = await box.Shop.Facts();
        Assert.Equal(2 * files, facts.Count);
        Assert.All(facts, fact => Assert.Equal("import.file-imported", fact));
        await using var db = box.Shop.Database.Read();
        var last = await db.Set<AuditEventRow>().OrderByDescending(row => row.Seq).FirstAsync();
        Assert.Equal("import", last.ActorPart);
        Assert.Contains($"\"new\":0,\"outcome\":\"done\",\"read\":{second.Files[^1].Read},", last.Entry);
        Assert.Contains(second.Files[^1].Digest, last.Entry);
    }
}
