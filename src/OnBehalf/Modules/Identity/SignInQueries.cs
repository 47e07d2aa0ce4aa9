using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Who a sign-in cookie belongs to, judged by the database's clock. Read on every request from the primary database; never cached.</summary>
public sealed class SignInQueries(Database database, Presence presence, MembershipQueries memberships)
{
    private readonly string _staff = $"""
        select i.id as "SignIn", i.idle_seconds as "IdleSeconds", {Seconds(database, "i.last_seen_at")} as "Unseen",
            s.id as "Id", s.first_name as "FirstName", s.last_name as "LastName", s.email as "Email", s.role as "Role", s.staff_group as "Group",
            s.access_all_customers as "AccessAll", s.may_adjust_prices as "MayAdjustPrices",
            s.may_create_customers as "MayCreateCustomers", s.language as "Language"
        from sign_in i join staff s on s.id = i.staff_id
        where i.token_hash = {"{0}"} and s.status = 'active' and {Alive(database, "i")}
        """;

    private readonly string _buyer = $"""
        select i.id as "SignIn", i.idle_seconds as "IdleSeconds", {Seconds(database, "i.last_seen_at")} as "Unseen",
            b.id as "Id", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email",
            m.id as "Membership", {RoleSql.Of("m")} as "Role",
            c.id as "CompanyId", c.number as "CompanyNumber", c.name as "CompanyName", c.country as "Country", c.currency as "Currency",
            c.price_list_id as "PriceList", c.status as "CompanyStatus",
            exists (select 1 from membership o where o.buyer_id = b.id and o.id <> m.id and o.status = 'active') as "HasOthers",
            (select cast(q.id as text) || ' ' || coalesce(t.first_name, p.first_name) || ' ' || coalesce(t.last_name, p.last_name)
                    || case when q.company_id is null then ' asks to act for you' else ' asks to act for your company as a whole' end
                from assist_ask q left join staff t on t.id = q.staff_id left join membership o on o.id = q.operator_membership_id left join buyer p on p.id = o.buyer_id
                where q.membership_id = m.id and q.status = 'asked' and q.expires_at > {database.Now} order by q.asked_at desc limit 1) as "AskedBy",
            coalesce(b.language, c.language) as "Language"
        from sign_in i join buyer b on b.id = i.buyer_id
        join membership m on m.id = i.membership_id
        left join company c on c.id = m.company_id
        where i.token_hash = {"{0}"} and b.status = 'active' and m.status = 'active' and (c.id is null or c.status <> 'blocked') and {Alive(database, "i")}
        """;

    public Task<Caller?> FindStaff(byte[] tokenHash, CancellationToken cancel) => FindStaff(_staff, tokenHash, cancel);

    /// <summary>The same by the sign-in itself, for what he wanted under it a moment ago.</summary>
    public Task<Caller?> FindStaff(SignInId signIn, CancellationToken cancel) =>
        FindStaff(_staff.Replace("i.token_hash = {0}", "i.id = {0}", StringComparison.Ordinal), signIn.Value, cancel);

    /// <summary>Whether it is the cookie of a staff member who is signed in; asking keeps nobody signed in.</summary>
    public Task<bool> IsStaff(byte[] tokenHash, CancellationToken cancel) => IsStaff("i.token_hash", tokenHash, cancel);

    /// <summary>The same by the sign-in itself.</summary>
    public Task<bool> IsStaff(SignInId signIn, CancellationToken cancel) => IsStaff("i.id", signIn.Value, cancel);

    private async Task<bool> IsStaff(string column, object key, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<int>(
            $$"""select 1 as "Value" from sign_in i join staff s on s.id = i.staff_id where {{column}} = {0} and s.status = 'active' and {{Alive(database, "i")}}""", key).ToListAsync(cancel) is [_];
    }

    private async Task<Caller?> FindStaff(string sql, object key, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Rows<StaffSignIn>(sql, key).ToListAsync(cancel) is not [var row])
        {
            return null;
        }

        await presence.SeenSignIn(row.SignIn, row.Unseen, row.IdleSeconds, cancel);
        var role = Words.Parse<StaffRole>(row.Role);
        var rights = StaffRoles.RightsOf(role, row.MayAdjustPrices, row.MayCreateCustomers);
        var staff = new Actor.Staff(
            new StaffId(row.Id), new SignInId(row.SignIn), $"{row.FirstName} {row.LastName}", row.Email, role, row.Group, row.AccessAll, rights);
        return new Caller(staff, null, null, null, rights) { Language = row.Language };
    }

    public async Task<Caller?> FindBuyer(byte[] tokenHash, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Rows<BuyerSignIn>(_buyer, tokenHash).ToListAsync(cancel) is not [var row])
        {
            return null;
        }

        await presence.SeenSignIn(row.SignIn, row.Unseen, row.IdleSeconds, cancel);
        var role = HeldRole.Read(row.Role);
        var name = $"{row.FirstName} {row.LastName}";
        var companies = row.HasOthers ? await memberships.Choices(db, new BuyerId(row.Id), cancel) : [];
        return new Caller(
            new Actor.Buyer(new BuyerId(row.Id), new SignInId(row.SignIn), name),
            new CallerBuyer(new BuyerId(row.Id), new MembershipId(row.Membership), name, row.Email, role.Kind, companies is [_, _, ..] ? companies : null)
            {
                Question = QuestionOf(row.AskedBy), OwnRole = role.OwnName,
            },
            CompanyOf(row.CompanyId, row.CompanyNumber, row.CompanyName, row.Country, row.Currency, row.PriceList, row.CompanyStatus),
            null,
            role.Rights)
        { Language = row.Language };
    }

    // The id of the question, and the question.
    private static OpenQuestion? QuestionOf(string? text) => text is null ? null : new OpenQuestion(Guid.Parse(text.AsSpan(0, 36)), text[37..]);

    internal static string Alive(Database database, string alias) =>
        $"{alias}.ended_at is null and {alias}.hard_ends_at > {database.Now} and {Seconds(database, $"{alias}.last_seen_at")} < {alias}.idle_seconds";

    internal static string Seconds(Database database, string column) => database.SecondsSince(column);

    internal static CallerCompany? CompanyOf(Guid? id, string? number, string? name, string? country, string? currency, Guid? priceList, string? status) =>
        id is null ? null : new CallerCompany(
            new CompanyId(id.Value), number!, name!, country, Currency.Of(currency!), priceList is null ? null : new PriceListId(priceList.Value),
            Words.Parse<CompanyStatus>(status!));

    private sealed record StaffSignIn(
        Guid SignIn, int IdleSeconds, int Unseen, Guid Id, string FirstName, string LastName, string Email, string Role, string? Group,
        bool AccessAll, bool MayAdjustPrices, bool MayCreateCustomers, string? Language);

    private sealed record BuyerSignIn(
        Guid SignIn, int IdleSeconds, int Unseen, Guid Id, string FirstName, string LastName, string Email, Guid Membership, string Role,
        Guid? CompanyId, string? CompanyNumber, string? CompanyName, string? Country, string? Currency, Guid? PriceList, string? CompanyStatus, bool HasOthers, string? AskedBy, string? Language);
}
