using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Codes that prove that somebody reads the mail of an address. A newer one of the same purpose makes the older worthless.</summary>
public static class OneTimeCodes
{
    public const string PasswordReset = "password-reset";
    public const string Invitation = "invitation";
    public const string EmailChange = "email-change";

    public static readonly Refusal Dead = Refusal.Invalid(
        "identity.code-dead", "This link no longer works: it was used, it is too old, or a newer one was sent. Nothing was changed. Ask for a new one.");

    /// <summary>Used or not: what has expired works no more.</summary>
    internal static readonly OldRows LongExpired = new("one-time-codes", static async (tx, before, most) =>
        await tx.Db.Set<OneTimeCodeRow>().Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt).Take(most).ToListAsync(tx.Cancel));

    /// <summary>A new code for a person; the text is known here and in the mail, nowhere else.</summary>
    public static async Task<string> Issue(Tx tx, PersonRow person, string purpose, TimeSpan validity, string? payload = null)
    {
        await Cancel(tx, person, purpose);
        var (code, hash) = Cookies.NewToken();
        tx.Db.Add(new OneTimeCodeRow
        {
            Id = Guid.CreateVersion7(), Purpose = purpose, StaffId = (person as StaffRow)?.Id, BuyerId = (person as BuyerRow)?.Id, CodeHash = hash,
            Payload = payload, CreatedAt = tx.Now, ExpiresAt = tx.Now + validity,
        });
        return code;
    }

    /// <summary>Uses up a code and returns its row; null when it does not work, or no longer. A refusal afterwards leaves it as good as it was.</summary>
    internal static async Task<OneTimeCodeRow?> Use(Tx tx, byte[] hash)
    {
        var row = await tx.Db.Set<OneTimeCodeRow>().SingleOrDefaultAsync(row => row.CodeHash == hash, tx.Cancel);
        if (row is not { UsedAt: null } || row.ExpiresAt <= tx.Now)
        {
            return null;
        }

        row.UsedAt = tx.Now;
        return row;
    }

    /// <summary>Makes the unused codes of a person worthless; of one purpose, or all.</summary>
    internal static async Task Cancel(Tx tx, PersonRow person, string? purpose = null)
    {
        var (staff, buyer) = ((person as StaffRow)?.Id, (person as BuyerRow)?.Id);
        var unused = await tx.Db.Set<OneTimeCodeRow>()
            .Where(row => row.UsedAt == null && (staff != null ? row.StaffId == staff : row.BuyerId == buyer) && (purpose == null || row.Purpose == purpose))
            .ToListAsync(tx.Cancel);
        unused.ForEach(row => row.UsedAt ??= tx.Now);
    }
}
