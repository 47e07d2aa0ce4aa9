using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Identity;

/// <summary>A buyer's data as they are now, with the version that a form about them has to name.</summary>
public sealed record CurrentProfile(string? Title, string FirstName, string LastName, string? Phone, string Email, int Version, LastHand Hand);

/// <summary>Name, title and telephone of a buyer.</summary>
public sealed class Profiles(Database database)
{
    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "account.changed-meanwhile", "These data were changed by somebody else since you opened the page. Below is what you typed; open the page again to see the new ones.");

    private static readonly string CurrentSql = $$"""
        select b.title as "Title", b.first_name as "FirstName", b.last_name as "LastName", b.phone as "Phone", b.email as "Email", b.version as "Version", {{LastHand.Columns}}
        from buyer b {{LastHand.Joins("b")}} where b.id = {0}
        """;

    public async Task<CurrentProfile> Of(BuyerId buyer, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<CurrentProfile>(CurrentSql, buyer.Value).ToListAsync(cancel))[0];
    }

    /// <summary>Of the caller's buyer, also for who acts for him.</summary>
    public Task<Outcome<Done>> Change(Caller caller, Profile profile, int version, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var row = await tx.Db.Set<BuyerRow>().SingleAsync(row => row.Id == caller.Buyer!.Id, tx.Cancel);
            if (row.Version != version)
            {
                return ChangedMeanwhile;
            }

            var before = new Profile(row.Title, row.FirstName, row.LastName, row.Phone);
            if (profile.ChangesFrom(before) is { Length: > 0 } fields)
            {
                (row.Title, row.FirstName, row.LastName, row.Phone) = (profile.Title, profile.FirstName, profile.LastName, profile.Phone);
                row.Version++;
                await FindableAs(tx, row);
                tx.Add(new ProfileChanged(row.Id, fields, before.ToString(), profile.ToString()));
            }

            return Done.It;
        },
        cancel);

    /// <summary>Keeps lists and searches of staff in step with a name or address.</summary>
    internal static async Task FindableAs(Tx tx, BuyerRow buyer)
    {
        foreach (var membership in await tx.Db.Set<MembershipRow>().Where(row => row.BuyerId == buyer.Id).ToListAsync(tx.Cancel))
        {
            membership.SortName = SearchText.SortName($"{buyer.LastName} {buyer.FirstName}");
            await CustomerIndex.Rewrite(tx, membership.Id, membership.CompanyId, buyer.FirstName, buyer.LastName, buyer.Email, buyer.ExternalId);
        }
    }
}
