using System.Security.Cryptography;
using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>The pictures of a package: what a file is decides its content, not its name. One at a time is in memory.</summary>
internal sealed class PictureImport(WorkConnection work, CancellationToken cancel)
{
    private const int LargestBytes = 8 * 1024 * 1024;

    public static IEnumerable<FileInfo> In(string folder) => new DirectoryInfo(folder).Exists
        ? new DirectoryInfo(folder).EnumerateFiles().Where(file => !file.Name.StartsWith('.')).OrderBy(file => file.Name, StringComparer.Ordinal)
        : [];

    /// <summary>Why a picture cannot be used; null when it can.</summary>
    public static string? Refuse(FileInfo file)
    {
        if (file.Length > LargestBytes)
        {
            return "Larger than 8 MB.";
        }

        var bytes = File.ReadAllBytes(file.FullName);
        return TypeOf(bytes) switch
        {
            null => "Neither GIF, PNG, JPEG, WebP nor SVG.",
            Svg => SvgCheck.Refuse(bytes),
            _ => null,
        };
    }

    /// <summary>Stores what is new or different. Returns what was done and one digest over all of them.</summary>
    public async Task<(Merged Merged, string Digest)> Store(IReadOnlyList<FileInfo> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var merged = new Merged(0, 0, 0);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName, cancel);
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            all.AppendData(System.Text.Encoding.UTF8.GetBytes($"{file.Name}\0{digest}\n"));
            merged = await Store(file.Name, bytes, digest) switch
            {
                2 => merged with { New = merged.New + 1 },
                1 => merged with { Changed = merged.Changed + 1 },
                _ => merged with { Unchanged = merged.Unchanged + 1 },
            };
        }

        return (merged, Convert.ToHexStringLower(all.GetCurrentHash()));
    }

    /// <summary>The media type by the first bytes; for SVG it is only a guess that <see cref="SvgCheck"/> confirms.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? "image/gif"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp"
        : bytes[..Math.Min(bytes.Length, 1_024)].IndexOf("<svg"u8) >= 0 ? Svg
        : null;

    private const string Svg = "image/svg+xml";

    private async Task<int> Store(string name, byte[] bytes, string digest)
    {
        var known = await work.Rows("select digest from picture where name = @name", reader => reader.GetString(0), cancel, ("name", name));
        if (known is [var before] && before == digest)
        {
            return 0;
        }

        (string, object?)[] values = [("name", name), ("type", TypeOf(bytes)), ("digest", digest), ("bytes", bytes)];
        await work.Run(
            known.Count == 0
                ? "insert into picture (name, content_type, digest, bytes) values (@name, @type, @digest, @bytes)"
                : "update picture set content_type = @type, digest = @digest, bytes = @bytes where name = @name",
            cancel, values);
        return known.Count == 0 ? 2 : 1;
    }
}
