using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What somebody says about who may act for him, or for the people of his company.</summary>
/// <param name="Whom">`staff`, `assigned`, `anybody`.</param>
/// <param name="IsGiven">False: nobody of them acts.</param>
public sealed record Statement(string Whom, StaffId? Staff, bool IsGiven, Mode Highest, Rights Withheld, DateTimeOffset? Until);

/// <summary>
/// Lasting consents: given, narrowed and taken back by the buyer, and by the administrator of a company for all its people. What is taken back ends what
/// runs in the same transaction; what is narrowed keeps writes that began before it from committing after it.
/// </summary>
public sealed class Consents(Database database)
{
    public static readonly Refusal Unknown = Refusal.Invalid("assistance.consent-whom-unknown", "Whom: choose from the list.", "Whom");

    private static readonly Refusal Past = Refusal.Invalid("assistance.consent-past", "Until: a day that is still to come.", "Until");

    /// <summary>Says it for himself, or for the company that he runs; a newer word about the same people replaces the older.</summary>
    public Task<Outcome<Done>> Say(Caller caller, Statement said, bool forCompany, CancellationToken cancel) => Change(caller, forCompany, said.IsGiven, cancel, async (tx, place) =>
    {
        if (said.Whom is not ("staff" or "assigned" or "anybody") || (said.Whom == "staff") != (said.Staff is not null) || (said.Whom == "assigned" && caller.Company is null)
            || (said.Staff is { } one && !await tx.Db.Rows<bool>("select exists (select 1 from staff where id = {0} and status = 'active') as \"Value\"", one.Value).FirstIs(tx)))
        {
            return Unknown;
        }

        if (said.Until <= tx.Now)
        {
            return Past;
        }

        await Replace(tx, place, said.Whom, said.Staff);
        tx.Db.Add(new AssistConsentRow
        {
            Id = Guid.CreateVersion7(), MembershipId = place.Membership, CompanyId = place.Company, Kind = "standing", Whom = said.Whom, StaffId = said.Staff,
            Status = said.IsGiven ? "given" : "withdrawn", Highest = said.Highest, Withheld = (long)said.Withheld.Bits, Until = said.IsGiven ? said.Until : null, How = "page",
            GivenAt = tx.Now, GivenBy = caller.Actor.Name, GivenById = caller.Actor.Person, WithdrawnAt = said.IsGiven ? null : tx.Now, WithdrawnBy = said.IsGiven ? null : caller.Actor.Name, WithdrawnById = said.IsGiven ? null : caller.Actor.Person,
        });
        if (said.IsGiven)
        {
            tx.Add(new ConsentGiven(place.Buyer, place.Membership, place.Company, "standing", said.Whom, said.Staff, said.Highest, said.Withheld, said.Until, "page"));
            await SessionEnds.Narrow(tx, place.Where, place.Key);
            return Done.It;
        }

        await Stop(tx, place, said.Whom, said.Staff);
        return Done.It;
    });

    /// <summary>Takes one back: nobody whom it is about acts until he agrees again.</summary>
    public Task<Outcome<Done>> Withdraw(Caller caller, Guid id, bool forCompany, CancellationToken cancel) => Change(caller, forCompany, mayWiden: false, cancel, async (tx, place) =>
    {
        if (await Current(tx, place).SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is { } row && row.Status == "given")
        {
            (row.Status, row.WithdrawnAt, row.WithdrawnBy, row.WithdrawnById) = ("withdrawn", tx.Now, caller.Actor.Name, caller.Actor.Person);
            await Stop(tx, place, row.Whom, row.StaffId);
        }

        return Done.It;
    });

    /// <summary>Takes a word back altogether, so that the rules of the shop count again.</summary>
    public Task<Outcome<Done>> Forget(Caller caller, Guid id, bool forCompany, CancellationToken cancel) => Change(caller, forCompany, mayWiden: true, cancel, async (tx, place) =>
    {
        if (await Current(tx, place).SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is { } row)
        {
            row.Status = "over";
            tx.Add(new ConsentForgotten(place.Buyer, place.Membership, place.Company, row.Whom, row.StaffId));
            await SessionEnds.Narrow(tx, place.Where, place.Key);
        }

        return Done.It;
    });

    /// <summary>What the company asks for at least before anybody acts for its people.</summary>
    public Task<Outcome<Done>> Ask(Caller caller, ConsentNeed need, CancellationToken cancel) => Change(caller, forCompany: true, mayWiden: true, cancel, async (tx, place) =>
    {
        var company = place.Company!.Value;
        var row = await tx.Db.Set<AssistCompanyRow>().SingleOrDefaultAsync(row => row.CompanyId == company, tx.Cancel);
        var before = row?.Consent ?? PolicySpelling.Of(ConsentNeed.None);
        var after = PolicySpelling.Of(need);
        if (before == after)
        {
            return Done.It;
        }

        if (row is null)
        {
            tx.Db.Add(new AssistCompanyRow { CompanyId = company, Consent = after, ChangedAt = tx.Now, ChangedBy = caller.Actor.Name, ChangedById = caller.Actor.Person });
        }
        else
        {
            (row.Consent, row.ChangedAt, row.ChangedBy, row.ChangedById) = (after, tx.Now, caller.Actor.Name, caller.Actor.Person);
        }

        tx.Add(new CompanyConsentChanged(company, before, after));
        await SessionEnds.Narrow(tx, place.Where, place.Key);
        return Done.It;
    });

    private Task<Outcome<Done>> Change(Caller caller, bool forCompany, bool mayWiden, CancellationToken cancel, Func<Tx, Place, Task<Outcome<Done>>> change) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller is not { Actor: Actor.Buyer, Session: null, Buyer: { } buyer })
            {
                return AccessGate.NotInSession;
            }

            if (forCompany && SessionScope.OfCompany(caller) is null)
            {
                return AccessGate.RightMissing;
            }

            if (forCompany && mayWiden && await Operators.IsAlsoStaff(tx, buyer.Id))
            {
                return Operators.StaffAddress;
            }

            var place = forCompany
                ? new Place(null, null, caller.Company!.Id, "company", "s.company_id = {0}", caller.Company.Id.Value)
                : new Place(buyer.Id, buyer.Membership, null, "membership", "s.membership_id = {0}", buyer.Membership.Value);

            // A start holds a share lock on it: it comes before this and is ended, or waits and sees what was said.
            if (tx.Database.Kind == DatabaseKind.Postgres)
            {
                await tx.Db.Rows<Guid>($"select id as \"Value\" from {place.Table} where id = {{0}} for no key update", place.Key).ToListAsync(tx.Cancel);
            }

            return await change(tx, place);
        },
        cancel);

    private static IQueryable<AssistConsentRow> Current(Tx tx, Place place) =>
        tx.Db.Set<AssistConsentRow>().Where(row => row.MembershipId == place.Membership && row.CompanyId == place.Company && row.Kind == "standing" && row.Status != "over");

    private static async Task Replace(Tx tx, Place place, string whom, StaffId? staff)
    {
        foreach (var row in await Current(tx, place).Where(row => row.Whom == whom && row.StaffId == staff).ToListAsync(tx.Cancel))
        {
            row.Status = "over";
        }
    }

    // What was agreed to once goes with it, and what is being asked.
    private static async Task Stop(Tx tx, Place place, string whom, StaffId? staff)
    {
        tx.Add(new ConsentWithdrawn(place.Buyer, place.Membership, place.Company, whom, staff));
        var (membership, company) = (place.Membership, place.Company);
        // The questions first: one that is answered meanwhile is found among the answers, or collides with this.
        var asks = await tx.Db.Set<AssistAskRow>()
            .Where(row => row.CompanyId == company && (membership == null || row.MembershipId == membership) && row.Status == "asked" && (staff == null || row.StaffId == staff))
            .ToListAsync(tx.Cancel);
        var whose = await Whose(tx, place, whom, staff);
        asks.RemoveAll(row => !whose(row.StaffId));
        asks.ForEach(row => row.Status = "over");
        var once = await tx.Db.Set<AssistConsentRow>()
            .Where(row => row.MembershipId == membership && row.CompanyId == company && row.Kind == "once" && row.Status == "given" && (staff == null || row.StaffId == staff))
            .ToListAsync(tx.Cancel);
        once.RemoveAll(row => !whose(row.StaffId));
        once.ForEach(row => (row.Status, row.WithdrawnAt, row.WithdrawnBy, row.WithdrawnById) = ("over", tx.Now, tx.Caller.Actor.Name, tx.Caller.Actor.Person));

        if (whom == "assigned")
        {
            // Whoever is not assigned goes on; who is ends at his next request, and writes nothing before it.
            await SessionEnds.Narrow(tx, place.Where, place.Key);
        }

        await SessionEnds.EndFor(
            tx,
            whom switch
            {
                "staff" => $"{place.Where} and s.operator_staff_id = {Literal(tx, staff!.Value)}",
                "assigned" => $"{place.Where} and exists (select 1 from staff_assignment t where t.staff_id = s.operator_staff_id and t.company_id = s.company_id)",
                _ => place.Where,
            },
            place.Key, "assistance.consent-withdrawn");
    }

    // Who takes it back from everybody means colleagues too: what he let one of them do once is over with it.
    private static async Task<Func<StaffId?, bool>> Whose(Tx tx, Place place, string whom, StaffId? staff)
    {
        if (whom != "assigned")
        {
            return one => staff is null || one == staff;
        }

        var assigned = await tx.Db.Rows<Guid>(
            "select t.staff_id as \"Value\" from staff_assignment t where t.company_id = coalesce({0}, (select m.company_id from membership m where m.id = {1}))",
            place.Company?.Value, place.Membership?.Value).ToListAsync(tx.Cancel);
        return one => one is { } id && assigned.Contains(id.Value);
    }

    private static string Literal(Tx tx, StaffId staff) =>
        tx.Database.Kind == DatabaseKind.Postgres ? $"cast('{staff.Value}' as uuid)" : $"'{staff.Value.ToString().ToUpperInvariant()}'";

    private sealed record Place(BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, string Table, string Where, Guid Key);
}

internal static class FirstRow
{
    public static async Task<bool> FirstIs(this SqlRows<bool> rows, Tx tx) => (await rows.ToListAsync(tx.Cancel))[0];
}
