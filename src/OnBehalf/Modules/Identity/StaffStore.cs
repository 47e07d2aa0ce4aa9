using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>The store of staff, who have passkeys as well.</summary>
public sealed class StaffStore : PersonStore<StaffRow>, IUserPasskeyStore<StaffRow>
{
    public async Task AddOrUpdatePasskeyAsync(StaffRow user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var row = await Rows(user).SingleOrDefaultAsync(row => row.CredentialId == passkey.CredentialId, Tx.Cancel);
        if (row is null)
        {
            Tx.Db.Add(new PasskeyRow
            {
                Id = Guid.CreateVersion7(), StaffId = user.Id, CredentialId = passkey.CredentialId, Name = passkey.Name ?? "Passkey", PublicKey = passkey.PublicKey,
                SignCount = passkey.SignCount, Transports = passkey.Transports is null ? null : string.Join(' ', passkey.Transports),
                IsUserVerified = passkey.IsUserVerified, IsBackupEligible = passkey.IsBackupEligible, IsBackedUp = passkey.IsBackedUp, CreatedAt = Tx.Now,
            });
        }
        else
        {
            (row.SignCount, row.IsUserVerified, row.IsBackedUp, row.UsedAt) = (passkey.SignCount, passkey.IsUserVerified, passkey.IsBackedUp, Tx.Now);
        }
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(StaffRow user, CancellationToken cancellationToken) =>
        [.. (await Rows(user).ToListAsync(Tx.Cancel)).Select(InfoOf)];

    public async Task<StaffRow?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await Tx.Db.Set<PasskeyRow>().Where(row => row.CredentialId == credentialId).Select(row => (StaffId?)row.StaffId).SingleOrDefaultAsync(Tx.Cancel) is { } owner
            ? await FindByIdAsync(owner.ToString(), cancellationToken)
            : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(StaffRow user, byte[] credentialId, CancellationToken cancellationToken) =>
        await Rows(user).SingleOrDefaultAsync(row => row.CredentialId == credentialId, Tx.Cancel) is { } row ? InfoOf(row) : null;

    public async Task RemovePasskeyAsync(StaffRow user, byte[] credentialId, CancellationToken cancellationToken) =>
        Tx.Db.RemoveRange(await Rows(user).Where(row => row.CredentialId == credentialId).ToListAsync(Tx.Cancel));

    private IQueryable<PasskeyRow> Rows(StaffRow user) => Tx.Db.Set<PasskeyRow>().Where(row => row.StaffId == user.Id);

    // What the maker of the device says of it is not asked for, so there is none of it to keep.
    private static UserPasskeyInfo InfoOf(PasskeyRow row) => new(
        row.CredentialId, row.PublicKey, row.CreatedAt, (uint)row.SignCount, row.Transports?.Split(' '), row.IsUserVerified, row.IsBackupEligible, row.IsBackedUp, [], [])
    {
        Name = row.Name,
    };
}
