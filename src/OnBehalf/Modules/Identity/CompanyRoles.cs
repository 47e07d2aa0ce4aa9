using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// The roles that a company puts together itself, kept by its administrators and by staff who may change companies. Nobody makes or changes one with a right that he has not
/// himself, nor his own. What a role loses its people lose with their next request, and sessions for them at once.
/// </summary>
public sealed class CompanyRoles(SeenCompanies companies)
{
    public const int Most = 50;

    private static readonly Refusal Unknown = Refusal.Missing("roles.unknown", "There is no such role.");
    private static readonly Refusal Taken = Refusal.Invalid("roles.name-taken", "Name: another role of the company has it.", nameof(OwnRole.Name));
    private static readonly Refusal TooMany = Refusal.Conflict("roles.too-many", $"A company has at most {Most} roles of its own. Delete one that nobody has.");
    private static readonly Refusal RightsNotYours = Refusal.Invalid("roles.rights-not-yours", "Rights: you cannot give a right that you do not have yourself.", nameof(OwnRole.Rights));
    private static readonly Refusal HeldByYou = Refusal.Conflict("roles.yours", "You have this role yourself. Somebody else who manages the company can change it.");
    private static readonly Refusal InUse = Refusal.Conflict("roles.in-use", "Somebody has this role. Give everybody who has it another one first, also who is not active.");
    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "roles.changed", "Somebody else has changed this role since you opened the page. Nothing was stored. Open it again and look.");

    // Sessions for and by who has the role {0}.
    private const string SessionsOf =
        """
        (s.membership_id in (select h.id from membership h where h.company_role_id = {0}) or s.operator_membership_id in (select h.id from membership h where h.company_role_id = {0}))
        """;

    public Task<Outcome<Done>> Add(Caller caller, CompanyId company, OwnRole role, CancellationToken cancel) => Change(caller, company, cancel, async (tx, all) =>
    {
        if (all.Count >= Most)
        {
            return TooMany;
        }

        if (await Wrong(tx, all, null, role) is { } wrong)
        {
            return wrong;
        }

        var id = IId<CompanyRoleId>.New();
        tx.Db.Add(new CompanyRoleRow { Id = id, CompanyId = company, Name = role.Name, NameKey = Key(role), Rights = (long)role.Rights.Bits, CreatedAt = tx.Now, Version = 1 });
        tx.Add(new CompanyRoleAdded(company, id, role.Name, role.Rights));
        return Done.It;
    });

    /// <param name="caller">Who does it.</param>
    /// <param name="company">Whose it is.</param>
    /// <param name="id">Of the role.</param>
    /// <param name="seen">The version that was shown.</param>
    /// <param name="role">What it is from now on.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Set(Caller caller, CompanyId company, CompanyRoleId id, int seen, OwnRole role, CancellationToken cancel) => Change(caller, company, cancel, async (tx, all) =>
    {
        if (all.Find(row => row.Id == id) is not { } row)
        {
            return Unknown;
        }

        var before = Of(row);
        if (before == role)
        {
            return Done.It;
        }

        if (await Wrong(tx, all, row, role) is { } wrong)
        {
            return wrong;
        }

        if (row.Version != seen)
        {
            return ChangedMeanwhile;
        }

        (row.Name, row.NameKey, row.Rights, row.Version) = (role.Name, Key(role), (long)role.Rights.Bits, row.Version + 1);
        var people = (await tx.Db.Rows<int>("select cast(count(*) as integer) as \"Value\" from membership where company_role_id = {0}", id.Value).ToListAsync(tx.Cancel))[0];
        tx.Add(new CompanyRoleChanged(company, id, before.Name, role.Name, before.Rights, role.Rights, people));
        if (before.Rights != role.Rights)
        {
            // What was judged by the old rights and is still on its way does not commit; the next request is judged by the new ones.
            await SessionEnds.Narrow(tx, SessionsOf, id.Value);
        }

        return Done.It;
    });

    public Task<Outcome<Done>> Remove(Caller caller, CompanyId company, CompanyRoleId id, CancellationToken cancel) => Change(caller, company, cancel, async (tx, all) =>
    {
        if (all.Find(row => row.Id == id) is not { } row)
        {
            return Unknown;
        }

        if (!CompanyRoleQueries.MayGive(tx.Caller, Held(Of(row))))
        {
            return RightsNotYours;
        }

        if (await tx.Db.Rows<int>("select 1 as \"Value\" from membership where company_role_id = {0} limit 1", id.Value).ToListAsync(tx.Cancel) is [_])
        {
            return InUse;
        }

        tx.Db.Remove(row);
        tx.Add(new CompanyRoleRemoved(company, id, row.Name, Of(row).Rights));
        return Done.It;
    });

    private static OwnRole Of(CompanyRoleRow row) => new(row.Name, OwnRole.Bound(new Rights((ulong)row.Rights)));

    private static HeldRole Held(OwnRole role) => new(BuyerRole.Own, Phrase.Made(role.Name), role.Rights);

    private static string Key(OwnRole role) => role.Name.ToLowerInvariant();

    private static async Task<Refusal?> Wrong(Tx tx, List<CompanyRoleRow> all, CompanyRoleRow? row, OwnRole role) =>
        all.Exists(other => other != row && other.NameKey == Key(role)) ? Taken
        : !CompanyRoleQueries.MayGive(tx.Caller, Held(role)) || (row is not null && !CompanyRoleQueries.MayGive(tx.Caller, Held(Of(row)))) ? RightsNotYours
        : row is not null && tx.Caller.Buyer is { } self
            && await tx.Db.Set<MembershipRow>().AnyAsync(place => place.Id == self.Membership && place.CompanyRoleId == row.Id, tx.Cancel) ? HeldByYou
        : null;

    private Task<Outcome<Done>> Change(Caller caller, CompanyId company, CancellationToken cancel, Func<Tx, List<CompanyRoleRow>, Task<Outcome<Done>>> decide) =>
        companies.Change(caller, company, cancel, async (tx, _) => await decide(tx, await tx.Db.Set<CompanyRoleRow>().Where(row => row.CompanyId == company).ToListAsync(tx.Cancel)));
}
