using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnBehalf.Data;

/// <summary>A key of ASP.NET's data protection, encrypted by the master key that lies outside the database.</summary>
public sealed class DataProtectionKeyRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class DataProtectionKeyTable : IEntityTypeConfiguration<DataProtectionKeyRow>
{
    public void Configure(EntityTypeBuilder<DataProtectionKeyRow> builder) => builder.ToTable("data_protection_key");
}

/// <summary>Keeps the key ring in the database, so that all nodes share it.</summary>
internal sealed class KeyRing(Database database, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Read();
        return [.. db.Set<DataProtectionKeyRow>().OrderBy(row => row.CreatedAt).Select(row => row.Xml).ToList().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.Read();
        db.Add(new DataProtectionKeyRow
        {
            Id = Guid.CreateVersion7(), Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = clock.GetUtcNow(),
        });
        db.SaveChanges();
    }
}

/// <summary>
/// 256 random bits in a file outside the database, made at the first start and readable by its owner only. Whoever has a copy of the database alone can
/// forge nothing and read no one-time link. Back it up apart from the database.
/// </summary>
internal sealed class MasterKey
{
    private readonly byte[] _key;

    public MasterKey(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!File.Exists(file))
        {
            Create(file);
        }

        _key = Convert.FromBase64String(File.ReadAllText(file).Trim());
    }

    /// <summary>A key of 256 bits for one purpose, which tells nothing of the others.</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, 32, info: Encoding.UTF8.GetBytes(purpose));

    public string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[12 + 16 + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(_key, 16);
        aes.Encrypt(box.AsSpan(0, 12), plain, box.AsSpan(28), box.AsSpan(12, 16));
        return Convert.ToBase64String(box);
    }

    public string Decrypt(string text)
    {
        var box = Convert.FromBase64String(text);
        var plain = new byte[box.Length - 28];
        using var aes = new AesGcm(_key, 16);
        aes.Decrypt(box.AsSpan(0, 12), box.AsSpan(28), box.AsSpan(12, 16), plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static void Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var stream = new FileStream(file, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was first; its key counts.
        }
    }
}

internal sealed class KeyEncryptor(MasterKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("encrypted", key.Encrypt(plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(KeyDecryptor));
}

internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<MasterKey>().Decrypt(encryptedElement.Value));
}
