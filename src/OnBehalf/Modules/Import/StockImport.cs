using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>How much of articles there is; what is promised to orders stays.</summary>
internal sealed class StockImport(WorkConnection work, Checks checks, FaultBook faults, CancellationToken cancel)
{
    public async Task<Merged> Stock()
    {
        var file = PackageFormat.Stock;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "sku", PackageFormat.Products, "product", "sku");
        await faults.Reject(file, cancel);
        return await new Target(
            "stock", $"{file.Stage} s join product on product.sku = s.sku", [("product_id", "product.id")], [("on_hand_thousandths", "s.on_hand"), ("back_on", "s.back_on")])
        { AtFirst = [("reserved_thousandths", "0")] }.Merge(work, cancel);
    }
}
