using System.Runtime.InteropServices;

namespace OnBehalf.Transparency;

/// <summary>Files that are there whole or not at all, also after a crash.</summary>
public static partial class DurableFile
{
    /// <summary>
    /// Replaces the file, or makes it and its folders. When this returns, and <paramref name="flush"/> is true, the new content is on the disk under its
    /// name; until then the old content is.
    /// </summary>
    /// <param name="mode">Who may read a new file, on systems that know: everybody by default.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool flush = true, UnixFileMode? mode = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (mode is not null && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(content);
                file.Flush(flush);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (flush)
        {
            FlushFolder(folder);
        }
    }

    /// <summary>Puts the names of a folder on the disk, where the system knows how.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The new name is an entry of the folder, and that has a cache of its own. .NET opens no folders.
        var handle = Open(folder, 0);
        if (handle < 0)
        {
            return;
        }

        _ = Flush(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
