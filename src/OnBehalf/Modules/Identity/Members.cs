using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Lists;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// The people of a company and what they may do in it: changed by its administrators, and by staff who may change companies. What somebody loses he loses at once,
/// with the sessions that rest on it; one administrator always stays.
/// </summary>
public sealed class Members(Database database, SeenCompanies companies, Invitations invitations, Outbox outbox, ShopSettings settings)
{
    internal static readonly Refusal Unknown = Refusal.Missing("members.unknown", "There is nobody like that in this company.");
    internal static readonly Refusal Yourself = Refusal.Conflict("members.yourself", "You cannot change your own place. Another administrator of the company can.");
    internal static readonly Refusal LastAdministrator = Refusal.Conflict(
        "members.last-administrator", "This is the last administrator of the company. Make somebody else its administrator first.");

    internal static readonly Refusal RoleNotYours = Refusal.Invalid("members.role-not-yours", "Role: you may not give or take this one. Choose another.", "Role");
    internal static readonly Refusal NoSuccessor = Refusal.Invalid("members.no-successor", "Goes to: choose an active person of this company who may fill a cart.", "Successor");

    private const string OtherAdministrators =
        """
        select 1 as "Value" from membership m join buyer b on b.id = m.buyer_id
        where m.company_id = {0} and m.id <> {1} and m.role = 'administrator' and m.status = 'active' and b.status = 'active' limit 1
        """;

    public Task<Outcome<Done>> ChangeRole(Caller caller, MembershipId membership, GivenRole role, CancellationToken cancel) => Change(caller, membership, cancel, async (tx, place, buyer, company) =>
    {
        if (place.Given == role)
        {
            return Done.It;
        }

        if (await Given(tx, place) is not { } before || await CompanyRoleQueries.Held(tx.Db, place.CompanyId!.Value, role, tx.Cancel) is not { } after || !CompanyRoleQueries.MayGive(caller, after))
        {
            return RoleNotYours;
        }

        if (place.Role == BuyerRole.Administrator && await IsLast(tx, place))
        {
            return LastAdministrator;
        }

        tx.Add(new RoleChanged(buyer.Id, place.CompanyId!.Value, place.Id, place.Role, role.Kind, before.Word, after.Word) { OwnRole = role.Own });
        (place.Role, place.CompanyRoleId) = (role.Kind, role.Own);
        await SessionEnds.EndFor(tx, place.Id, "rights-changed");
        await Tell(tx, buyer, $"you are now {after.Word} of {company}");
        return Done.It;
    });

    /// <summary>He no longer buys for the company, is signed out of it, and nobody acts for him or through him; what is in his cart goes to <paramref name="successor"/>.</summary>
    public Task<Outcome<Done>> Deactivate(Caller caller, MembershipId membership, MembershipId? successor, CancellationToken cancel) => Change(caller, membership, cancel, async (tx, place, buyer, company) =>
    {
        // Who was deactivated before this form was sent may have left a cart: it goes to whom the form names.
        if (place.Status != "active" && successor is null)
        {
            return Done.It;
        }

        if (await Given(tx, place) is null)
        {
            return RoleNotYours;
        }

        if (place.Role == BuyerRole.Administrator && await IsLast(tx, place))
        {
            return LastAdministrator;
        }

        if (successor is { } heir)
        {
            var next = await tx.Db.Set<MembershipRow>().SingleOrDefaultAsync(row => row.Id == heir && row.CompanyId == place.CompanyId && row.Status == "active", tx.Cancel);
            if (next is null || next.Id == place.Id || await CompanyRoleQueries.Held(tx.Db, place.CompanyId!.Value, next.Given, tx.Cancel) is not { } nexts || !nexts.Rights.Has(Right.CartsChange))
            {
                return NoSuccessor;
            }

            if ((await CartTransfers.Move(tx, place.Id, next.Id)).Refusal is { } refusal)
            {
                return refusal;
            }

            await ListTransfers.Move(tx, place.Id, next.Id);
        }

        if (place.Status != "active")
        {
            return Done.It;
        }

        place.Status = "inactive";
        tx.Add(new MemberDeactivated(buyer.Id, place.CompanyId!.Value, place.Id, successor));
        await SignInEnds.EndOf(tx, place.Id, "suspended");
        await SessionEnds.EndFor(tx, place.Id, "suspended");
        await Tell(tx, buyer, $"you no longer buy for {company}");
        return Done.It;
    });

    public Task<Outcome<Done>> Reactivate(Caller caller, MembershipId membership, CancellationToken cancel) => Change(caller, membership, cancel, async (tx, place, buyer, company) =>
    {
        if (place.Status == "active")
        {
            return Done.It;
        }

        if (await Given(tx, place) is not { } role)
        {
            return RoleNotYours;
        }

        place.Status = "active";
        tx.Add(new MemberReactivated(buyer.Id, place.CompanyId!.Value, place.Id));
        await Tell(tx, buyer, $"you buy for {company} again, as {role.Word}");
        return Done.It;
    });

    /// <param name="address">Of the shop, for the link of the mail.</param>
    public Task<Outcome<Done>> InviteAgain(Caller caller, MembershipId membership, string? address, CancellationToken cancel) => Change(caller, membership, cancel, async (tx, _, buyer, _) =>
        await invitations.Again(tx, buyer, address) is { } refusal ? refusal : Done.It);

    private async Task<Outcome<Done>> Change(
        Caller caller, MembershipId membership, CancellationToken cancel, Func<Tx, MembershipRow, BuyerRow, string, Task<Outcome<Done>>> decide)
    {
        if (caller.IsAssisting)
        {
            return Host.AccessGate.NotInSession;
        }

        var reachesTree = await companies.ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var place = await tx.Db.Set<MembershipRow>().SingleOrDefaultAsync(row => row.Id == membership, tx.Cancel);
                var isOwn = caller.Company is { } own && own.Id == place?.CompanyId && caller.May(Right.CompanyManage);
                if (place?.CompanyId is not { } company || (!isOwn && !caller.May(Right.CustomersChange)))
                {
                    return Unknown;
                }

                // Two administrators who take the role from each other wait here: one of them stays.
                if (await companies.Lock(tx, company, reachesTree, isOwn) is not { } seen)
                {
                    return Unknown;
                }

                if (seen.IsLent)
                {
                    return NewEmployees.CompanyLent;
                }

                if (caller.Buyer?.Membership == membership)
                {
                    return Yourself;
                }

                await tx.Db.Entry(place).ReloadAsync(tx.Cancel);
                return await decide(tx, place, await tx.Db.Set<BuyerRow>().SingleAsync(row => row.Id == place.BuyerId, tx.Cancel), seen.Name);
            },
            cancel);
    }

    // The role that he has, if the caller may take it.
    private static async Task<HeldRole?> Given(Tx tx, MembershipRow place) =>
        await CompanyRoleQueries.Held(tx.Db, place.CompanyId!.Value, place.Given, tx.Cancel) is { } held && CompanyRoleQueries.MayGive(tx.Caller, held) ? held : null;

    private static async Task<bool> IsLast(Tx tx, MembershipRow place) =>
        place.Status == "active" && (await tx.Db.Rows<int>(OtherAdministrators, place.CompanyId!.Value.Value, place.Id.Value).ToListAsync(tx.Cancel)).Count == 0;

    private async Task Tell(Tx tx, BuyerRow buyer, Phrase what)
    {
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        var by = tx.Caller.Staff is { } staff ? Phrase.Of($"{staff.Name} ({StaffRoles.Word(staff.Role)} of {shop})") : Phrase.Made(tx.Caller.Actor.Name);
        outbox.Add(tx, IdentityMails.PlaceChanged(buyer, what, by, shop));
    }
}
