using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Identity;

/// <summary>Who has a mail address already, as far as it concerns whoever wants to create somebody with it.</summary>
/// <param name="Member">His place in the company that is asked about.</param>
/// <param name="IsMember">And whether it is active.</param>
/// <param name="SeenIn">A company of his that whoever asks may see.</param>
/// <param name="IsSeenConsumer">He is a private customer, and whoever asks may see those.</param>
/// <param name="IsHeldBack">He or a company of his is protected, wants to be asked, or has taken a consent back: a further place would lead round that.</param>
public sealed record KnownPerson(
    Guid? Buyer, string? FirstName, string? LastName, bool IsActive, Guid? Member, bool IsMember, string? SeenIn, bool IsSeenConsumer, Guid? Staff, bool IsHeldBack)
{
    /// <summary>The address is of one of the staff.</summary>
    public bool IsStaff => Staff is not null;

    public string Name => $"{FirstName} {LastName}";

    /// <summary>Nobody has the address.</summary>
    public bool IsFree => Buyer is null && !IsStaff;

    /// <summary>He may be told of, and could have a further place.</summary>
    public bool CanJoin => Buyer is not null && IsActive && !IsStaff && !IsHeldBack && (SeenIn is not null || IsSeenConsumer);
}

/// <summary>Looks a mail address up for whoever wants to create a person. What he may not see is in no answer of these but <see cref="KnownPerson.IsFree"/>.</summary>
public sealed class KnownPersonQueries(Database database)
{
    // The address {0}, the company {1} or none at all {2}; the staff member {3}, who may see all companies {4}, or consumers {5}.
    private readonly string _sql = $$"""
        select b.id as "Buyer", b.first_name as "FirstName", b.last_name as "LastName", coalesce(b.status, '') = 'active' as "IsActive",
            p.id as "Member", coalesce(p.status, '') = 'active' as "IsMember",
            (select min(c.name) from membership m join company c on c.id = m.company_id
                where m.buyer_id = b.id and m.status = 'active' and ({4} or {{Operators.IsAssigned(database, "c", "{3}")}})) as "SeenIn",
            exists (select 1 from membership m where m.buyer_id = b.id and m.company_id is null and m.status = 'active' and {5}) as "IsSeenConsumer",
            s.id as "Staff",
            exists (select 1 from assist_protection y where y.lifted_at is null and (y.buyer_id = b.id or y.company_id in (select m.company_id from membership m where m.buyer_id = b.id)))
                or exists (select 1 from membership m join assist_company l on l.company_id = m.company_id where m.buyer_id = b.id and l.consent <> 'none')
                or exists (select 1 from membership m join assist_consent k on k.membership_id = m.id or k.company_id = m.company_id
                    where m.buyer_id = b.id and k.status = 'withdrawn' and k.kind = 'standing') as "IsHeldBack"
        from (select cast({0} as text) as email) e
        left join buyer b on b.email_normalized = e.email
        left join membership p on p.buyer_id = b.id and (p.company_id = {1} or (p.company_id is null and {2}))
        left join staff s on s.email_normalized = e.email
        """;

    /// <param name="company">Null: the place of a consumer.</param>
    public async Task<KnownPerson> Find(ShopDb db, Caller caller, EmailAddress email, CompanyId? company, CancellationToken cancel)
    {
        var scope = caller.Staff is { } staff ? CustomerScope.Of(staff.Role, staff.AccessAllCustomers) : default;
        var found = await db.Rows<KnownPerson>(
            _sql, email.Normalized, company?.Value ?? Guid.Empty, company is null, caller.Staff?.Id.Value ?? Guid.Empty, scope.AllCompanies, scope.Consumers).ToListAsync(cancel);
        return found[0];
    }

    public async Task<KnownPerson> Find(Caller caller, EmailAddress email, CompanyId? company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Find(db, caller, email, company, cancel);
    }
}
