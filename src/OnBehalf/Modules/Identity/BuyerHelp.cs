using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>What support does for a buyer who cannot get in: each mail goes to him, and who sends it sees neither its link nor its code. The caller has found the buyer by a query of his scope.</summary>
public sealed class BuyerHelp(Database database, ShopSettings settings, Outbox outbox, Invitations invitations, PasswordResets resets)
{
    private static readonly TimeSpan Confirmation = TimeSpan.FromHours(1);

    private static readonly Refusal Closed = Refusal.Conflict("identity.help-closed", "This account is closed. Nothing was changed, and no mail was sent.");

    private static readonly Refusal NotLocked = Refusal.Conflict("identity.help-not-locked", "This account is not locked, or no longer. Nothing was changed.");

    private static readonly Refusal NeverCame = Refusal.Conflict("identity.help-no-password", "This person has never chosen a password. Send the invitation instead.");

    private static readonly Refusal NothingToConfirm = Refusal.Conflict(
        "identity.help-nothing-to-confirm", "There is no new address that waits to be confirmed, or not for an hour. The buyer has to ask for it again. No mail was sent.");

    /// <summary>After too many failures: he can try again at once.</summary>
    public Task<Outcome<Done>> Unlock(Caller caller, BuyerId buyer, CancellationToken cancel) => Help(caller, buyer, cancel, (tx, row) =>
    {
        if (row.LockoutEnd is not { } until || until <= tx.Now)
        {
            return Task.FromResult<Refusal?>(NotLocked);
        }

        (row.LockoutEnd, row.FailedCount, row.Version) = (null, 0, row.Version + 1);
        tx.Add(new BuyerUnlocked(row.Id));
        return Task.FromResult<Refusal?>(null);
    });

    /// <param name="caller">Who helps.</param>
    /// <param name="buyer">Who has not chosen a password yet.</param>
    /// <param name="address">Of the shop, for the link; null when it does not know its own.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Invite(Caller caller, BuyerId buyer, string? address, CancellationToken cancel) => Help(caller, buyer, cancel, (tx, row) => invitations.Again(tx, row, address));

    /// <summary>As if he had asked for it himself: where the shop pauses links while somebody acts for him, the mail says that it comes later.</summary>
    public Task<Outcome<Done>> SendReset(Caller caller, BuyerId buyer, string? address, CancellationToken cancel) => Help(caller, buyer, cancel, async (tx, row) =>
    {
        if (row.PasswordHash is null)
        {
            return NeverCame;
        }

        tx.Add(new PasswordResetAsked("buyer", null, row.Id, row.Email, null));
        await resets.Send(tx, row, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), address is null ? null : address + "/account/reset");
        return null;
    });

    /// <summary>Once more to the new address that he wants to sign in with, as long as the first mail counts.</summary>
    public Task<Outcome<Done>> SendConfirmation(Caller caller, BuyerId buyer, string? address, CancellationToken cancel) => Help(caller, buyer, cancel, async (tx, row) =>
    {
        var open = await tx.Db.Set<OneTimeCodeRow>().Where(code => code.BuyerId == row.Id && code.Purpose == OneTimeCodes.EmailChange && code.UsedAt == null).ToListAsync(tx.Cancel);
        if (open.Where(code => code.ExpiresAt > tx.Now).MaxBy(code => code.CreatedAt) is not { Payload: { } email })
        {
            return NothingToConfirm;
        }

        tx.Add(new ConfirmationSentAgain(row.Id));
        var code = await OneTimeCodes.Issue(tx, row, OneTimeCodes.EmailChange, Confirmation, email);
        outbox.Add(tx, IdentityMails.ConfirmEmail(row, email, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), address is null ? null : address + "/account/email/confirmation", code));
        return null;
    });

    private Task<Outcome<Done>> Help(Caller caller, BuyerId buyer, CancellationToken cancel, Func<Tx, BuyerRow, Task<Refusal?>> help) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (!caller.May(Right.BuyersHelp))
            {
                return AccessGate.RightMissing;
            }

            if (await tx.Db.Set<BuyerRow>().SingleOrDefaultAsync(row => row.Id == buyer, tx.Cancel) is not { Status: "active" } row)
            {
                return Closed;
            }

            return await help(tx, row) is { } refusal ? refusal : Done.It;
        },
        cancel);
}

/// <summary>A buyer whom failures had locked out can sign in again at once.</summary>
public sealed record BuyerUnlocked(BuyerId Buyer) : Fact
{
    public override string Name => "identity.unlocked";
}

/// <summary>The mail that confirms a new address went out once more.</summary>
public sealed record ConfirmationSentAgain(BuyerId Buyer) : Fact
{
    public override string Name => "identity.confirmation-sent-again";
}
