using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Import;
using OnBehalf.Tests.Browser;
using OnBehalf.Tests.Support;

[assembly: AssemblyFixture(typeof(WholesalerShop))]

namespace OnBehalf.Tests.Browser;

/// <summary>The bicycle wholesaler with his 439 dealers, imported as an administrator would, listening for real browsers. One for all browser tests.</summary>
public sealed class WholesalerShop : IAsyncDisposable
{
    private readonly Lazy<Task<TestShop>> _shop = new(Import);

    public Task<TestShop> Shop => _shop.Value;

    public async ValueTask DisposeAsync()
    {
        if (_shop.IsValueCreated)
        {
            await (await _shop.Value).DisposeAsync();
        }
    }

    private static async Task<TestShop> Import()
    {
        var shop = await TestShop.Start(listen: true, database: await TestDatabase.Empty());
        var report = await ActivatorUtilities.CreateInstance<Importer>(shop.Services).Run(new ImportOptions(RealData.AdventureWorks) { Password = Characters.Password });
        Assert.True(report.Done, report.ToString());
        return shop;
    }
}
