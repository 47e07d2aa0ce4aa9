using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>One shop with the bicycle wholesaler's real catalogue, for all tests of a class.</summary>
public sealed class AdventureWorks : IAsyncLifetime
{
    public TestShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Shop = await TestShop.Start(database: await TestDatabase.Empty());
        var importer = ActivatorUtilities.CreateInstance<Importer>(Shop.Services);
        var report = await importer.Run(new ImportOptions(RealData.AdventureWorks) { FaultsFile = Path.Combine(Shop.Folder, "faults.csv") });
        Assert.Equal(0, report.Faults);
    }

    /// <summary>A contact of the package, signed in.</summary>
    public async Task<Visitor> Buyer(string email)
    {
        var visitor = Shop.Anonymous();
        var (token, hash) = Cookies.NewToken();
        await using var db = Shop.Database.Read();
        var buyer = await db.Set<BuyerRow>().SingleAsync(row => row.Email == email);
        var membership = await db.Set<MembershipRow>().FirstAsync(row => row.BuyerId == buyer.Id);
        var now = TimeProvider.System.GetUtcNow();
        db.Add(new SignInRow
        {
            Id = IId<SignInId>.New(), BuyerId = buyer.Id, MembershipId = membership.Id, TokenHash = hash, CreatedAt = now, LastSeenAt = now, ProvedAt = now, IdleSeconds = 900,
            HardEndsAt = now.AddHours(1),
        });
        await db.SaveChangesAsync();
        visitor.Cookies[Cookies.Shop] = token;
        return visitor;
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
