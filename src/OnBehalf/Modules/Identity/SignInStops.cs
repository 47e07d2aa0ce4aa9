using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>Ends of sign-ins by a hand on another browser: of one's own, or of somebody else by who has the right to it. Assisted sessions end with them.</summary>
public sealed class SignInStops(Database database, Outbox outbox, ShopSettings settings)
{
    private static readonly Refusal Missing = Refusal.Missing("identity.no-such-sign-in", "This sign-in is over already, or there is none.");

    /// <summary>One other browser of his own; the one at hand is left by signing out.</summary>
    public Task<Outcome<Done>> EndOwn(Caller caller, SignInId signIn, CancellationToken cancel) =>
        caller.IsAssisting ? Task.FromResult<Outcome<Done>>(AccessGate.NotInSession) : End(caller, Own(caller), signIn, "ended-elsewhere", cancel);

    /// <summary>Every other browser of his own.</summary>
    public Task<Outcome<Done>> EndOthers(Caller caller, CancellationToken cancel) =>
        caller.IsAssisting ? Task.FromResult<Outcome<Done>>(AccessGate.NotInSession) : End(caller, Own(caller), null, "ended-elsewhere", cancel);

    /// <summary>One browser of a staff member, or all of them; never the one from which it is asked.</summary>
    public Task<Outcome<Done>> EndOf(Caller caller, StaffId staff, SignInId? signIn, CancellationToken cancel) =>
        caller.May(Right.StaffSecure) ? End(caller, staff.Value, signIn, "ended-by-staff", cancel) : Task.FromResult<Outcome<Done>>(AccessGate.RightMissing);

    /// <summary>One browser of a buyer, or all of them; he is told by mail. The caller has found the buyer by a query of his scope.</summary>
    public Task<Outcome<Done>> EndOf(Caller caller, BuyerId buyer, SignInId? signIn, CancellationToken cancel) =>
        caller.May(Right.BuyersSecure)
            ? End(caller, buyer.Value, signIn, "ended-by-staff", cancel, tx => Tell(tx, buyer))
            : Task.FromResult<Outcome<Done>>(AccessGate.RightMissing);

    private async Task Tell(Tx tx, BuyerId buyer) => outbox.Add(
        tx, IdentityMails.SignedOutByStaff(await tx.Db.Set<BuyerRow>().SingleAsync(row => row.Id == buyer, tx.Cancel), await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), tx.Caller.Actor.Name));

    private Task<Outcome<Done>> End(Caller caller, Guid person, SignInId? one, Code cause, CancellationToken cancel, Func<Tx, Task>? tell = null) => database.Write<Done>(
        caller,
        async tx =>
        {
            var (staff, buyer) = (new StaffId(person), new BuyerId(person));
            var here = SignInOf(caller);
            var open = await tx.Db.Set<SignInRow>()
                .Where(row => row.EndedAt == null && row.Id != here && (one == null || row.Id == one) && (row.StaffId == staff || row.BuyerId == buyer))
                .OrderBy(row => row.Id).ToListAsync(tx.Cancel);
            if (one is not null && open.Count == 0)
            {
                return Missing;
            }

            foreach (var row in open)
            {
                await SignInEnds.End(tx, row, cause);
            }

            if (open.Count > 0 && tell is not null)
            {
                await tell(tx);
            }

            return Done.It;
        },
        cancel);

    private static Guid Own(Caller caller) => caller.Actor switch
    {
        Actor.Staff staff => staff.Id.Value,
        Actor.Buyer buyer => buyer.Id.Value,
        _ => Guid.Empty,
    };

    private static SignInId SignInOf(Caller caller) => caller.Actor switch
    {
        Actor.Staff staff => staff.SignIn,
        Actor.Buyer buyer => buyer.SignIn,
        _ => default,
    };
}
