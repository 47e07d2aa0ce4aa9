using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Privacy;

/// <summary>Four eyes, by setting: one asks for an erasure, another one confirms it by erasing, within a week.</summary>
public sealed class ErasureProposals(Database database)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    private static readonly Refusal NeedsAnother = Refusal.Conflict(
        "privacy.erasure-not-proposed", "In this shop one asks for an erasure and another one confirms it. Nobody has asked for this one, or it was more than seven days ago. Nothing was erased.");

    private static readonly Refusal Own = Refusal.Conflict(
        "privacy.erasure-own", "You have asked for this erasure yourself. Somebody else has to confirm it. Nothing was erased.");

    private static readonly Refusal Over = Refusal.Conflict("privacy.proposal-over", "Nobody asks for this erasure any more.");

    /// <summary>Asks for it, for a week; whoever asks again asks anew.</summary>
    public Task<Outcome<Done>> Propose(Caller caller, BuyerId? buyer, StaffId? staff, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var person = buyer is { } b ? KeyOwner.Of(b) : KeyOwner.Of(staff!.Value);
            if (await PrivacyQueries.Named(tx, person) is null)
            {
                return Erasures.Missing;
            }

            if (await Erasures.Hindrance(tx, person) is { } refusal)
            {
                return refusal;
            }

            var until = tx.Now + Lasts;
            tx.Add(new ErasureProposed(buyer, staff, until));
            if (await Of(tx, person) is { } before)
            {
                tx.Db.Remove(before);
                await tx.Flush();
            }

            tx.Db.Add(new ErasureProposalRow
            {
                PersonId = person.Id, Kind = person.Kind, AskedById = caller.Staff!.Id, AskedBy = caller.Staff.Name, AskedAt = tx.Now, ExpiresAt = until,
            });
            return Done.It;
        },
        cancel);

    /// <summary>By whoever may erase, who asked for it above all.</summary>
    public Task<Outcome<Done>> Decline(Caller caller, BuyerId? buyer, StaffId? staff, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (await Of(tx, buyer is { } b ? KeyOwner.Of(b) : KeyOwner.Of(staff!.Value)) is not { } row)
            {
                return Over;
            }

            tx.Db.Remove(row);
            tx.Add(new ErasureDeclined(buyer, staff, row.AskedById));
            return Done.It;
        },
        cancel);

    /// <summary>Whether whoever decides may erase now; and who asked for it.</summary>
    internal static async Task<(Refusal? Refusal, StaffId? AskedBy)> Judge(Tx tx, Caller decides, KeyOwner person)
    {
        if (decides.Staff is not { } staff || await ShopSettings.Exact(tx, ShopSettings.ErasureNeedsTwo) != "true")
        {
            return (null, null);
        }

        return await Of(tx, person) is not { } row || row.ExpiresAt <= tx.Now ? (NeedsAnother, null)
            : row.AskedById == staff.Id ? (Own, null) : (null, row.AskedById);
    }

    private static Task<ErasureProposalRow?> Of(Tx tx, KeyOwner person) => tx.Db.Set<ErasureProposalRow>().SingleOrDefaultAsync(row => row.PersonId == person.Id, tx.Cancel);
}
