using Microsoft.Extensions.Configuration;
using OnBehalf.Host;

namespace OnBehalf.Tests.HostTests;

public sealed class DataFolderTests
{
    [Fact]
    public void A_data_folder_is_made_for_its_owner_only()
    {
        var parent = Directory.CreateTempSubdirectory("onbehalf-data-");
        try
        {
            var folder = Path.Combine(parent.FullName, "data");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("DataFolder", (string?)folder)]).Build();
            Assert.StartsWith($"Data Source={folder}", ShopHost.ConnectionString(configuration));
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }
}
