using System.Security.Cryptography;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// The key with which this node signs receipts. It signs nothing before the log itself says, in a signed checkpoint, that the key is one of its nodes': otherwise
/// a receipt would prove nothing.
/// </summary>
internal sealed class NodeKey(Database database, LogQueries log, LogFiles files, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private SignerKey? _key;
    private bool _isRecorded;
    private bool _isCertified;
    private string _origin = "";
    private long _lookedAt;

    /// <summary>Signs the promise that this entry will be a leaf of the log; null while the log does not know the key.</summary>
    public Receipt? Promise(Guid id, in Hash leaf) => _isCertified && _key is { } key ? Receipt.Sign(key, _origin, id, leaf, clock.GetUtcNow()) : null;

    /// <summary>Brings the key into the log where it is not there yet, and follows the log when it goes on under another name.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        if (_isCertified && clock.GetElapsedTime(_lookedAt) < Fresh)
        {
            return;
        }

        _lookedAt = clock.GetTimestamp();
        _key ??= Load();
        if ((await log.RevokedKeys(cancel)).Contains(_key.Verifier.ToString()))
        {
            // It is nobody's any more; the old file stays beside the new one.
            File.Move(files.NodeKey, $"{files.NodeKey}.revoked-{_key.Verifier.Id:x8}");
            (_isRecorded, _isCertified, _key) = (false, false, Load());
        }

        var name = _key.Verifier.ToString();
        if (!_isCertified)
        {
            _isRecorded = _isRecorded || (await log.NodeKeys(isPublished: false, cancel)).Contains(name);
            if (!_isRecorded)
            {
                await database.Record(Caller.Machine("log"), new NodeKeyAdded(name), cancel);
                _isRecorded = true;
            }

        }

        // Before the key counts: a receipt names the log.
        _origin = (await log.Extent(cancel)).Origin;
        _isCertified = _isCertified || (await log.NodeKeys(isPublished: true, cancel)).Contains(name);
    }

    public void Dispose() => _key?.Dispose();

    private SignerKey Load()
    {
        if (!File.Exists(files.NodeKey))
        {
            using var made = SignerKey.Generate("node-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
            made.Save(files.NodeKey);
        }

        return SignerKey.Load(files.NodeKey);
    }
}
