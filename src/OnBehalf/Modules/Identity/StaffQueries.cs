using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A staff member for who keeps the staff.</summary>
/// <param name="HasCome">He has chosen a password.</param>
public sealed record KeptStaff(
    Guid Id, string FirstName, string LastName, string Email, string RoleWord, string? Group, bool AllCustomers, bool AdjustPrices, bool CreateCustomers, string Status, bool HasCome,
    DateTimeOffset? InvitedAt, int Version)
{
    public string Name => $"{FirstName} {LastName}";

    public bool IsActive => Status == "active";
}

/// <summary>A group of staff.</summary>
/// <param name="Members">How many are in it, also those who are not active.</param>
public sealed record StaffGroup(string Name, int Members);

/// <summary>Staff as those see them who keep them.</summary>
public sealed class StaffQueries(Database database)
{
    private const string OneSql =
        $"""
        select s.id as "Id", s.first_name as "FirstName", s.last_name as "LastName", s.email as "Email", s.role as "RoleWord", s.staff_group as "Group",
            s.access_all_customers as "AllCustomers", s.may_adjust_prices as "AdjustPrices", s.may_create_customers as "CreateCustomers", s.status as "Status",
            s.password_hash is not null as "HasCome", s.invited_at as "InvitedAt", s.version as "Version"
        from staff s where s.id = {"{0}"} and s.status <> '{IdentityErasing.Erased}'
        """;

    private const string GroupsSql =
        $"""
        select s.staff_group as "Name", cast(count(*) as integer) as "Members" from staff s where s.staff_group is not null and s.status <> '{IdentityErasing.Erased}'
        group by s.staff_group order by s.staff_group limit 500
        """;

    public async Task<KeptStaff?> Find(StaffId staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<KeptStaff>(OneSql, staff.Value).ToListAsync(cancel)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<StaffGroup>> Groups(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<StaffGroup>(GroupsSql).ToListAsync(cancel);
    }
}
