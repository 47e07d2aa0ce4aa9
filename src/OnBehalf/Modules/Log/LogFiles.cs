using OnBehalf.Host;

namespace OnBehalf.Modules.Log;

/// <summary>Where the log lies outside the database.</summary>
public sealed class LogFiles(IConfiguration configuration)
{
    /// <summary>The key of the log and what it signed last. Whoever restores the database must not restore this with it.</summary>
    public string Signer => configuration["Log:SignerFolder"] is { Length: > 0 } folder ? folder : Path.Combine(ShopHost.DataFolder(configuration), "log-signer");

    /// <summary>Where the key lies with which this node signs receipts.</summary>
    public string NodeKey => Path.Combine(ShopHost.DataFolder(configuration), "node.key");

    /// <summary>How the log is called when its key is made; later its name is that of the key.</summary>
    public string? Origin => configuration["Log:Origin"] is { Length: > 0 } origin ? origin : null;

    /// <summary>The witnesses and how many of them are wanted, in the text form of c2sp.org/tlog-policy.</summary>
    public string? Policy => configuration["Log:PolicyFile"] is { Length: > 0 } file ? file : null;

    /// <summary>The public files of a log: checkpoint and tiles, as a web server can serve them.</summary>
    public string Public(string origin) => Path.Combine(
        configuration["Log:Folder"] is { Length: > 0 } folder ? folder : Path.Combine(ShopHost.DataFolder(configuration), "log"),
        string.Concat(origin.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_')));
}
