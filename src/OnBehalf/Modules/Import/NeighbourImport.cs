using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>Further pictures of articles, and articles that go with them, in the order of their files. What a file does not name stays.</summary>
internal sealed class NeighbourImport(WorkConnection work, Checks checks, FaultBook faults, CancellationToken cancel)
{
    public async Task<Merged> Pictures()
    {
        var file = PackageFormat.ProductPictures;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "sku", PackageFormat.Products, "product", "sku");
        await checks.Fault(
            file, "image", "s.image",
            $"case when {FaultBook.IsBadPicture("s.image")} then 'Depends on this picture, which was rejected.' else 'There is no picture of this name, neither in images nor in the shop.' end",
            $"{file.Stage} s left join picture t on t.name = s.image where s.image is not null and t.name is null", $"not ({FaultBook.IsBadPicture("s.image")})");
        await faults.Reject(file, cancel);
        return await new Target(
            "product_picture", $"{file.Stage} s join product on product.sku = s.sku", [("product_id", "product.id"), ("picture_name", "s.image")], [("position", "cast(s.line as integer)")]).Merge(work, cancel);
    }

    public async Task<Merged> Related()
    {
        var file = PackageFormat.RelatedProducts;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "sku", PackageFormat.Products, "product", "sku");
        await checks.Refers(file, "related_sku", PackageFormat.Products, "product", "sku");
        await checks.Fault(file, "related_sku", "s.related_sku", "'An article does not go with itself.'", $"{file.Stage} s where s.sku = s.related_sku");
        await faults.Reject(file, cancel);
        return await new Target(
            "product_related", $"{file.Stage} s join product on product.sku = s.sku join product other on other.sku = s.related_sku", [("product_id", "product.id"), ("related_id", "other.id")],
            [("position", "cast(s.line as integer)")]).Merge(work, cancel);
    }
}
