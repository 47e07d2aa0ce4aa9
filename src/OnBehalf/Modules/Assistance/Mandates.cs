using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Mandates of a company, given, changed and taken back by its administrators. What no longer counts ends the sessions that rest on it in the same
/// transaction: when the answer is there, nothing of them commits any more.
/// </summary>
public sealed class Mandates(Database database, ShopSettings settings)
{
    public static readonly Refusal Missing = Refusal.Missing("assistance.no-such-mandate", "There is no such mandate, or it does not count any more.");

    private static readonly Refusal WhoUnknown = Refusal.Invalid("assistance.mandate-who", "Who: choose from the list.", "By");
    private static readonly Refusal WhomUnknown = Refusal.Invalid("assistance.mandate-whom", "For whom: choose from the list.", "For");
    private static readonly Refusal Himself = Refusal.Invalid("assistance.mandate-himself", "For whom: nobody acts for himself. Choose somebody else, or everybody.", "For");

    private static readonly Refusal Own = Refusal.Invalid(
        "assistance.mandate-own", "Who: what you may do for others is for another administrator of your company to say.", "By");

    private static readonly Refusal NotYours = Refusal.Invalid(
        "assistance.mandate-rights", "Rights: this mandate gives a right that you do not have yourself in this company. Take it out, choose a lower mode, or ask an administrator.", "Rights");

    private static readonly Refusal AllRightsOnly = Refusal.Forbidden(
        "assistance.upwards-rights", "Only who has all rights of the company can let colleagues act for people who have more rights than they have. Ask an administrator.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "assistance.mandate-changed", "Somebody has changed this mandate meanwhile. Nothing was changed now. Look at it as it is, then change it.");

    /// <param name="by">`membership:…` of the company or its dealer, `dealer` for all people of that, `staff:…`, or `staff` for all of the seller's staff.</param>
    /// <param name="whom">A membership; empty for everybody of the company.</param>
    public Task<Outcome<Done>> Give(Caller caller, string? by, string? whom, Mandate mandate, CancellationToken cancel) => Write(caller, mayWiden: true, cancel, async (tx, company) =>
    {
        if (await Who(tx, company.Id, by) is not var (colleague, staff, dealer))
        {
            return WhoUnknown;
        }

        MembershipId? forWhom = null;
        if (!string.IsNullOrEmpty(whom))
        {
            if (!Guid.TryParse(whom, out var id) || !await IsMember(tx, company.Id, id))
            {
                return WhomUnknown;
            }

            forWhom = new MembershipId(id);
        }

        if (forWhom is not null && forWhom == colleague)
        {
            return Himself;
        }

        if (await IsOwn(tx, company.Id, colleague, dealer))
        {
            return Own;
        }

        if (!Has(caller, mandate))
        {
            return NotYours;
        }

        Give(tx, company, (colleague, staff, dealer), forWhom, mandate, (caller.Buyer!.Id, caller.Actor.Name));
        return Done.It;
    });

    internal static void Give(
        Tx tx, CallerCompany company, (MembershipId? Person, StaffId? Staff, CompanyId? Dealer) who, MembershipId? forWhom, Mandate mandate, (BuyerId Id, string Name) by)
    {
        var row = RowOf(tx, company, Guid.CreateVersion7(), 1, who, forWhom, mandate, by);
        tx.Db.Add(row);
        tx.Add(new MandateGiven(row.MandateId, row.Version, who.Person, who.Staff, forWhom, row.Highest, mandate.Rights) { ByDealer = who.Dealer });
    }

    /// <summary>Puts another version in the place of the one that was seen. Sessions that rest on that one end.</summary>
    public Task<Outcome<Done>> Change(Caller caller, Guid mandateId, int seen, Mandate mandate, CancellationToken cancel) => Write(caller, mayWiden: true, cancel, async (tx, company) =>
    {
        if (await Active(tx, company.Id, mandateId) is not { } before)
        {
            return Missing;
        }

        if (before.Version != seen)
        {
            return ChangedMeanwhile;
        }

        if (await IsOwn(tx, company.Id, before.OperatorMembershipId, before.OperatorCompanyId))
        {
            return Own;
        }

        if (!Has(caller, mandate))
        {
            return NotYours;
        }

        (before.Status, before.EndedAt, before.EndedBy, before.EndedById) = ("replaced", tx.Now, caller.Actor.Name, caller.Actor.Person);
        var row = RowOf(tx, company, mandateId, before.Version + 1, (before.OperatorMembershipId, before.OperatorStaffId, before.OperatorCompanyId), before.MembershipId, mandate,
            (caller.Buyer!.Id, caller.Actor.Name));
        tx.Db.Add(row);
        await SessionEnds.EndForMandate(tx, before.Id, "mandate-changed");
        tx.Add(new MandateChanged(mandateId, row.Version, MandateTerms.Of(before), MandateTerms.Of(row)));
        return Done.It;
    });

    public Task<Outcome<Done>> Revoke(Caller caller, Guid mandateId, CancellationToken cancel) => Write(caller, mayWiden: false, cancel, async (tx, company) =>
    {
        if (await Active(tx, company.Id, mandateId) is not { } row)
        {
            return Missing;
        }

        (row.Status, row.EndedAt, row.EndedBy, row.EndedById) = ("revoked", tx.Now, caller.Actor.Name, caller.Actor.Person);
        await SessionEnds.EndForMandate(tx, row.Id, "mandate-revoked");
        tx.Add(new MandateRevoked(mandateId, row.Version, row.Highest, new Rights((ulong)row.Rights)));
        return Done.It;
    });

    // Otherwise an administrator whose order waits for another one would lift his own limit first. Who is the only one has nobody above him.
    private static async Task<bool> IsOwn(Tx tx, CompanyId company, MembershipId? who, CompanyId? dealer) => (await tx.Db.Rows<int>(
        """
        select 1 as "Value" from membership m join buyer b on b.id = m.buyer_id
        where m.company_id = {0} and m.buyer_id <> {1} and m.role = 'administrator' and m.status = 'active' and b.status = 'active'
            and exists (select 1 from membership o where o.buyer_id = {1} and (o.id = {2} or o.company_id = {3})) limit 1
        """,
        company.Value, tx.Caller.Buyer!.Id.Value, who?.Value ?? Guid.Empty, dealer?.Value ?? Guid.Empty).ToListAsync(tx.Cancel)).Count > 0;

    // Else who only manages the company would reach through somebody else what his own role does not give him.
    private static bool Has(Caller caller, Mandate mandate) => caller.Rights.Include(mandate.Rights & SessionRights.Lendable & SessionRights.OfMode(mandate.Highest));

    /// <summary>Whether colleagues may act also for somebody with more rights than they. Taking it back ends what colleagues run.</summary>
    public Task<Outcome<Done>> LetUpwards(Caller caller, bool isAllowed, CancellationToken cancel) => Write(caller, mayWiden: isAllowed, cancel, async (tx, company) =>
    {
        if (isAllowed && !caller.Rights.Include(BuyerRoles.RightsOf(BuyerRole.Administrator)))
        {
            return AllRightsOnly;
        }

        var row = await tx.Db.Set<AssistCompanyRow>().SingleOrDefaultAsync(row => row.CompanyId == company.Id, tx.Cancel);
        if ((row?.LetsActUpwards ?? false) == isAllowed)
        {
            return Done.It;
        }

        if (row is null)
        {
            row = new AssistCompanyRow { CompanyId = company.Id, Consent = PolicySpelling.Of(ConsentNeed.None), ChangedAt = tx.Now, ChangedBy = caller.Actor.Name, ChangedById = caller.Actor.Person };
            tx.Db.Add(row);
        }

        (row.LetsActUpwards, row.ChangedAt, row.ChangedBy, row.ChangedById) = (isAllowed, tx.Now, caller.Actor.Name, caller.Actor.Person);
        tx.Add(new ColleaguesUpwards(isAllowed));
        if (!isAllowed)
        {
            await SessionEnds.EndOfColleagues(tx, company.Id, "rights-changed");
        }

        return Done.It;
    });

    // A start holds the company until its commit: what is changed here comes before it and is seen, or after it and ends the session.
    private Task<Outcome<Done>> Write(Caller caller, bool mayWiden, CancellationToken cancel, Func<Tx, CallerCompany, Task<Outcome<Done>>> change) =>
        database.Write<Done>(
            caller,
            async tx =>
            {
                if (caller.IsAssisting)
                {
                    return AccessGate.NotInSession;
                }

                if (caller.Company is not { } company || !caller.May(Right.CompanyManage))
                {
                    return AccessGate.RightMissing;
                }

                if (mayWiden && await Operators.IsAlsoStaff(tx, caller.Buyer!.Id))
                {
                    return Operators.StaffAddress;
                }

                if (tx.Database.Kind == DatabaseKind.Postgres)
                {
                    await tx.Db.Rows<Guid>("select id as \"Value\" from company where id = {0} for no key update", company.Id.Value).ToListAsync(tx.Cancel);
                }

                return await change(tx, company);
            },
            cancel);

    /// <summary>The clock by which days and last days of mandates count.</summary>
    public async Task<TimeZoneInfo> Zone(CancellationToken cancel) => await settings.TimeZone(cancel);

    private static Task<AssistMandateRow?> Active(Tx tx, CompanyId company, Guid mandateId) => tx.Db.Set<AssistMandateRow>()
        .SingleOrDefaultAsync(row => row.MandateId == mandateId && row.CompanyId == company && row.Status == "active", tx.Cancel);

    private static async Task<(MembershipId? Person, StaffId? Staff, CompanyId? Dealer)?> Who(Tx tx, CompanyId company, string? by) => (by?.Split(':') ?? []) switch
    {
        ["staff"] => (null, null, null),
        ["staff", var text] when Guid.TryParse(text, out var id) && await IsAssigned(tx, company, id) => (null, new StaffId(id), null),
        ["dealer"] when await EndCustomerQueries.DealerOf(tx.Db, company, tx.Cancel) is { } dealer => (null, null, dealer.Id),
        ["membership", var text] when Guid.TryParse(text, out var id) && (await IsMember(tx, company, id)
            || (await EndCustomerQueries.DealerOf(tx.Db, company, tx.Cancel) is { } dealer && await IsMember(tx, dealer.Id, id))) => (new MembershipId(id), null, null),
        _ => null,
    };

    private static async Task<bool> IsMember(Tx tx, CompanyId company, Guid membership) => await tx.Db.Rows<Guid>(
        "select id as \"Value\" from membership where id = {0} and company_id = {1} and status = 'active'", membership, company.Value).ToListAsync(tx.Cancel) is [_];

    private static async Task<bool> IsAssigned(Tx tx, CompanyId company, Guid staff) => await tx.Db.Rows<Guid>(
        "select staff_id as \"Value\" from staff_assignment where staff_id = {0} and company_id = {1}", staff, company.Value).ToListAsync(tx.Cancel) is [_];

    private static AssistMandateRow RowOf(
        Tx tx, CallerCompany company, Guid mandateId, int version, (MembershipId? Person, StaffId? Staff, CompanyId? Dealer) who, MembershipId? forWhom, Mandate mandate, (BuyerId Id, string Name) by) => new()
        {
            Id = Guid.CreateVersion7(), MandateId = mandateId, Version = version, CompanyId = company.Id, OperatorMembershipId = who.Person, OperatorStaffId = who.Staff,
            OperatorCompanyId = who.Dealer, MembershipId = forWhom, Highest = mandate.Highest, Rights = (long)mandate.Rights.Bits, Days = mandate.Days.Aggregate(0, (bits, day) => bits | (1 << (int)day)),
            Until = mandate.Until, Currency = company.Currency, PerOrderMinor = mandate.PerOrder is [var order] ? order.Minor : null,
            PerMonthMinor = mandate.PerMonth is [var month] ? month.Minor : null, ApprovalAboveMinor = mandate.ApprovalAbove is [var above] ? above.Minor : null,
            Status = "active", CreatedAt = tx.Now, CreatedById = by.Id, CreatedBy = by.Name,
        };
}
