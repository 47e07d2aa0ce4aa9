using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>The secret of somebody's app, as it is stored and as it is. Opened before the transaction, compared inside it.</summary>
internal sealed record OpenSecret(string Stored, byte[] Bytes);

/// <summary>A staff member's authenticator app and recovery codes. Callers hold the lock of his row (<see cref="People{TPerson}.In"/>).</summary>
public sealed class SecondFactors(Database database, ShopSettings settings, IDataProtectionProvider protection)
{
    private readonly IDataProtector _secrets = protection.CreateProtector("authenticator");

    /// <summary>What has to follow after the first proof: a kind of <see cref="SignInSteps"/>, or null.</summary>
    internal async Task<string?> NextStep(Tx tx, StaffRow staff)
    {
        // A passkey of somebody who need not have one is for his comfort and makes nothing harder for him.
        return await HasApp(tx, staff) ? SignInSteps.Second
            : !await IsNeeded(tx, staff) ? null
            : await tx.Db.Set<PasskeyRow>().AnyAsync(row => row.StaffId == staff.Id, tx.Cancel) ? SignInSteps.Second
            : SignInSteps.SetUp;
    }

    internal async Task<bool> NeedsAndHasNoApp(Tx tx, StaffRow staff) => await IsNeeded(tx, staff) && !await HasApp(tx, staff);

    private async Task<bool> IsNeeded(Tx tx, StaffRow staff) =>
        SecondStepRoles.IsNeeded(await settings.Get(tx.Db, ShopSettings.SecondStep, tx.Cancel), staff.Role);

    private static Task<bool> HasApp(Tx tx, StaffRow staff) => tx.Db.Set<AuthenticatorRow>().AnyAsync(row => row.StaffId == staff.Id, tx.Cancel);

    internal string Protect(byte[] secret) => _secrets.Protect(Convert.ToBase64String(secret));

    /// <summary>Reads and decrypts; outside of a transaction, because the key ring may want to write.</summary>
    internal async Task<OpenSecret?> Open(StaffId staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<AuthenticatorRow>().Where(row => row.StaffId == staff).Select(row => row.Secret).SingleOrDefaultAsync(cancel) is { } stored
            ? new OpenSecret(stored, Convert.FromBase64String(_secrets.Unprotect(stored)))
            : null;
    }

    /// <summary>Uses up a code of the app or a recovery code; null when it is neither. <paramref name="open"/> must still be what is stored.</summary>
    internal static async Task<Code?> Use(Tx tx, StaffRow staff, OpenSecret? open, string? code)
    {
        var row = await tx.Db.Set<AuthenticatorRow>().SingleOrDefaultAsync(row => row.StaffId == staff.Id, tx.Cancel);
        if (row is null)
        {
            return null;
        }

        if (open is not null && open.Stored == row.Secret && Totp.Match(open.Bytes, code, tx.Now, row.LastStep) is { } step)
        {
            row.LastStep = step;
            return "code";
        }

        if (RecoveryCodes.Hash(code) is { } hash
            && await tx.Db.Set<RecoveryCodeRow>().SingleOrDefaultAsync(one => one.StaffId == staff.Id && one.CodeHash == hash, tx.Cancel) is { } recovery)
        {
            tx.Db.Remove(recovery);
            var left = await tx.Db.Set<RecoveryCodeRow>().CountAsync(one => one.StaffId == staff.Id, tx.Cancel) - 1;
            tx.Add(new RecoveryCodeUsed(staff.Id, left));
            return "recovery-code";
        }

        return null;
    }

    /// <summary>Puts a confirmed app in the place of whatever there was, with new recovery codes; they are returned and known nowhere else.</summary>
    internal static async Task<string[]> Put(Tx tx, StaffRow staff, string secret, long step)
    {
        var row = await tx.Db.Set<AuthenticatorRow>().SingleOrDefaultAsync(row => row.StaffId == staff.Id, tx.Cancel);
        tx.Add(new SecondStepSet(staff.Id, row is null ? "set-up" : "changed"));
        if (row is null)
        {
            tx.Db.Add(new AuthenticatorRow { StaffId = staff.Id, Secret = secret, LastStep = step, ConfirmedAt = tx.Now });
        }
        else
        {
            (row.Secret, row.LastStep, row.ConfirmedAt) = (secret, step, tx.Now);
        }

        return await NewCodes(tx, staff);
    }

    /// <summary>Ten new recovery codes; those before count no more.</summary>
    internal static async Task<string[]> NewCodes(Tx tx, StaffRow staff)
    {
        tx.Db.RemoveRange(await tx.Db.Set<RecoveryCodeRow>().Where(row => row.StaffId == staff.Id).ToListAsync(tx.Cancel));
        var codes = RecoveryCodes.New();
        tx.Db.AddRange(codes.Select(code => new RecoveryCodeRow { Id = Guid.CreateVersion7(), StaffId = staff.Id, CodeHash = RecoveryCodes.Hash(code)! }));
        tx.Add(new RecoveryCodesMade(staff.Id));
        return codes;
    }

    /// <summary>Takes app and codes away; false when there was nothing.</summary>
    internal static async Task<bool> Remove(Tx tx, StaffRow staff, Code how)
    {
        var row = await tx.Db.Set<AuthenticatorRow>().SingleOrDefaultAsync(row => row.StaffId == staff.Id, tx.Cancel);
        if (row is null)
        {
            return false;
        }

        tx.Db.Remove(row);
        tx.Db.RemoveRange(await tx.Db.Set<RecoveryCodeRow>().Where(row => row.StaffId == staff.Id).ToListAsync(tx.Cancel));
        tx.Add(new SecondStepRemoved(staff.Id, how));
        return true;
    }
}
