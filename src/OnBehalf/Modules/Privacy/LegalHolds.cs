using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>A dispute or an authority wants somebody's data kept: while a hold stands he is not erased.</summary>
public sealed class LegalHolds(Database database)
{
    public const int LongestReason = 200;

    private static readonly Refusal WhyMissing = Refusal.Invalid("privacy.hold-reason", $"Why: please say it in at most {LongestReason} characters.", "Reason");

    private static readonly Refusal Over = Refusal.Conflict("privacy.hold-over", "This hold has been lifted already.");

    public async Task<Outcome<Done>> Set(Caller caller, BuyerId? buyer, StaffId? staff, string? reason, CancellationToken cancel) => Bad(reason) ? WhyMissing : await database.Write<Done>(
        caller,
        async tx =>
        {
            // The row of the person is locked, so that an erasure comes before this and leaves nobody, or finds the hold.
            if (await PrivacyQueries.Named(tx, buyer is { } b ? KeyOwner.Of(b) : KeyOwner.Of(staff!.Value)) is null)
            {
                return Erasures.Missing;
            }

            tx.Db.Add(new LegalHoldRow { Id = Guid.CreateVersion7(), BuyerId = buyer, StaffId = staff, Reason = reason!.Trim(), Since = tx.Now, SetBy = caller.Actor.Name, SetById = caller.Actor.Person });
            tx.Add(new HoldSet(buyer, staff, reason.Trim()));
            return Done.It;
        },
        cancel);

    public async Task<Outcome<Done>> Lift(Caller caller, Guid id, string? reason, CancellationToken cancel) => Bad(reason) ? WhyMissing : await database.Write<Done>(
        caller,
        async tx =>
        {
            if (await tx.Db.Set<LegalHoldRow>().SingleOrDefaultAsync(row => row.Id == id && row.LiftedAt == null, tx.Cancel) is not { } row)
            {
                return Over;
            }

            (row.LiftedAt, row.LiftedBy, row.LiftedById) = (tx.Now, caller.Actor.Name, caller.Actor.Person);
            tx.Add(new HoldLifted(row.BuyerId, row.StaffId, reason!.Trim()));
            return Done.It;
        },
        cancel);

    private static bool Bad(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > LongestReason;
}
