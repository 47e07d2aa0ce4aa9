using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>The session that a cookie stands for, with everybody in it, in one command; alive by the database's clock or not found at all.</summary>
public sealed class AssistedSessionQueries(Database database, Presence presence)
{
    private readonly string _find = $"""
        select x.id as "Session", x.mode as "Mode", x.reason_code as "ReasonCode", x.reason_text as "Reason", x.return_path as "ReturnPath",
            x.rights as "Rights", x.started_at as "StartedAt", x.idle_seconds as "IdleSeconds", x.hard_ends_at as "HardEndsAt",
            a.last_seen_at as "LastSeenAt", {database.SecondsSince("a.last_seen_at")} as "Unseen",
            i.id as "SignIn", i.idle_seconds as "SignInIdleSeconds", {database.SecondsSince("i.last_seen_at")} as "SignInUnseen",
            s.id as "StaffId", s.first_name as "StaffFirstName", s.last_name as "StaffLastName", s.email as "StaffEmail", s.role as "StaffRole",
            s.staff_group as "StaffGroup", s.access_all_customers as "AccessAll", s.may_adjust_prices as "MayAdjustPrices",
            b.id as "BuyerId", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email", m.id as "Membership", m.role as "Role",
            c.id as "CompanyId", c.number as "CompanyNumber", c.name as "CompanyName", c.country as "Country", c.currency as "Currency",
            c.price_list_id as "PriceList", c.status as "CompanyStatus"
        from assisted_session x
        join assisted_session_activity a on a.session_id = x.id
        join sign_in i on i.id = x.operator_sign_in_id
        join staff s on s.id = x.operator_staff_id
        join membership m on m.id = x.membership_id
        join buyer b on b.id = m.buyer_id
        left join company c on c.id = m.company_id
        where x.token_hash = {"{0}"} and x.handle = {"{1}"} and x.status = 'active' and x.hard_ends_at > {database.Now}
            and {database.SecondsSince("a.last_seen_at")} < x.idle_seconds
            and s.status = 'active' and b.status = 'active' and m.status = 'active' and (c.id is null or c.status <> 'blocked')
            and {SignInQueries.Alive(database, "i")}
        """;

    public async Task<Caller?> Find(string handle, byte[] tokenHash, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Database.SqlQueryRaw<SessionRow>(_find, tokenHash, handle).ToListAsync(cancel) is not [var row])
        {
            return null;
        }

        // Working in a session is also being at the desk: both idle clocks run on.
        await presence.SeenSession(row.Session, row.Unseen, row.IdleSeconds, cancel);
        await presence.SeenSignIn(row.SignIn, row.SignInUnseen, row.SignInIdleSeconds, cancel);
        return ToCaller(handle, row);
    }

    private static Caller ToCaller(string handle, SessionRow row)
    {
        var staffRole = Words.Parse<StaffRole>(row.StaffRole);
        var staff = new Actor.Staff(
            new StaffId(row.StaffId), new SignInId(row.SignIn), $"{row.StaffFirstName} {row.StaffLastName}", row.StaffEmail, staffRole, row.StaffGroup,
            row.AccessAll, StaffRoles.RightsOf(staffRole, row.MayAdjustPrices));
        var role = Words.Parse<BuyerRole>(row.Role);
        var buyer = new CallerBuyer(new BuyerId(row.BuyerId), new MembershipId(row.Membership), $"{row.FirstName} {row.LastName}", row.Email, role);
        var session = new CallerSession(
            new AssistedSessionId(row.Session), handle, Words.Parse<Mode>(row.Mode), row.ReasonCode, row.Reason, row.ReturnPath, row.StartedAt,
            row.LastSeenAt.AddSeconds(row.IdleSeconds), row.HardEndsAt);
        var company = SignInQueries.CompanyOf(
            row.CompanyId, row.CompanyNumber, row.CompanyName, row.Country, row.Currency, row.PriceList, row.CompanyStatus);

        // What was granted at the start, never more than the buyer has now.
        var extras = Rights.Of(Right.PricesAdjust);
        var granted = new Rights((ulong)row.Rights);
        return new Caller(staff, buyer, company, session, granted & (BuyerRoles.RightsOf(role) | extras));
    }

    private sealed record SessionRow(
        Guid Session, string Mode, string ReasonCode, string? Reason, string ReturnPath, long Rights, DateTimeOffset StartedAt, int IdleSeconds,
        DateTimeOffset HardEndsAt, DateTimeOffset LastSeenAt, int Unseen, Guid SignIn, int SignInIdleSeconds, int SignInUnseen,
        Guid StaffId, string StaffFirstName, string StaffLastName, string StaffEmail, string StaffRole, string? StaffGroup, bool AccessAll,
        bool MayAdjustPrices, Guid BuyerId, string FirstName, string LastName, string Email, Guid Membership, string Role,
        Guid? CompanyId, string? CompanyNumber, string? CompanyName, string? Country, string? Currency, Guid? PriceList, string? CompanyStatus);
}
