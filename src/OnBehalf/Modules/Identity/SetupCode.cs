using System.Security.Cryptography;
using System.Text;
using OnBehalf.Data;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Who may set up a new shop: whoever can read the data folder. The code lies there in a file of the owner's, is in no address and no log, and goes with the file as soon
/// as somebody can sign in. Each node has its own.
/// </summary>
public sealed class SetupCode(Database database, string file)
{
    private const int Length = 20;

    private volatile bool _isOver;

    /// <summary>Makes the file when nobody can sign in yet; returns where it lies, or null when there is nothing to set up.</summary>
    public async Task<string?> Prepare(CancellationToken cancel)
    {
        if (!await IsOpen(cancel))
        {
            return null;
        }

        if (Written() is null)
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            // 100 bits, in letters that are not taken for one another.
            var aside = Path.GetFullPath(file) + ".new";
            File.Delete(aside);
            await using (var stream = new FileStream(aside, options))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", Length) + "\n"), cancel);
            }

            File.Move(aside, file, overwrite: true);
        }

        return file;
    }

    /// <summary>Whether nobody of the staff exists. Once somebody does, the database is not asked again.</summary>
    public async ValueTask<bool> IsOpen(CancellationToken cancel)
    {
        if (!_isOver)
        {
            await using var db = database.Read();
            _isOver = await db.Rows<int>("select 1 as \"Value\" from staff limit 1").ToListAsync(cancel) is not [];
            if (_isOver)
            {
                File.Delete(file);
            }
        }

        return !_isOver;
    }

    public bool IsRight(string? typed) => typed is { Length: < 100 } && Written() is { } code && CryptographicOperations.FixedTimeEquals(Hash(code), Hash(typed.Trim()));

    // What is no whole code counts for none: a process that was stopped while it wrote leaves an empty file.
    private string? Written()
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: Length } code ? code : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
