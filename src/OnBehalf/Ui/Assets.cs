using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace OnBehalf.Ui;

/// <summary>Addresses of static files with a digest of their content, so that they can be kept for a year and still change at once.</summary>
public static class Assets
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private static readonly ConcurrentDictionary<string, string> Urls = new(StringComparer.Ordinal);

    public static string Url(string path) => Urls.GetOrAdd(path, static path =>
    {
        var file = Path.Combine(Root, path.TrimStart('/'));
        return File.Exists(file) ? $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)).AsSpan(0, 6))}" : path;
    });
}
