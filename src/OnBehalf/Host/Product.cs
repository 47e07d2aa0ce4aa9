using System.Reflection;

namespace OnBehalf.Host;

/// <summary>What this program is.</summary>
public static class Product
{
    /// <summary>`0.1.0`, without the commit from which it was built.</summary>
    public static string Version { get; } =
        (typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
