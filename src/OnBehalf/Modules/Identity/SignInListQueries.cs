using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A browser in which somebody is signed in.</summary>
public sealed record ListedSignIn(Guid Id, string? Device, string Method, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt)
{
    public string DeviceInWords => DeviceWords.Of(Device);
}

/// <summary>A staff member as administrators see him.</summary>
public sealed record ListedStaff(Guid Id, string FirstName, string LastName, string Email, string Role, string Status, string? Group, int SignIns)
{
    public string Name => $"{FirstName} {LastName}";

    public string RoleInWords => StaffRoles.Word(Words.Parse<StaffRole>(Role));
}

/// <summary>Where people are signed in; only what lives by the database's clock.</summary>
public sealed class SignInListQueries(Database database)
{
    /// <summary>So many are shown; whoever has more ends them all.</summary>
    public const int Most = 100;

    public const int MostStaff = 500;

    private const string StaffColumns = """
        select s.id as "Id", s.first_name as "FirstName", s.last_name as "LastName", s.email as "Email", s.role as "Role", s.status as "Status", s.staff_group as "Group"
        """;

    /// <summary>The open sign-ins of a person, the one seen last first.</summary>
    public Task<List<ListedSignIn>> Of(StaffId staff, CancellationToken cancel) => Of("staff_id", staff.Value, cancel);

    public Task<List<ListedSignIn>> Of(BuyerId buyer, CancellationToken cancel) => Of("buyer_id", buyer.Value, cancel);

    public async Task<List<ListedStaff>> Staff(string? group, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedStaff>(
            $"""
            {StaffColumns}, cast((select count(*) from sign_in i where i.staff_id = s.id and {SignInQueries.Alive(database, "i")}) as integer) as "SignIns"
            from staff s {(group is null ? "" : "where s.staff_group = {0}")} order by s.status, s.last_name, s.first_name, s.id limit {MostStaff}
            """, group is null ? [] : [group]).ToListAsync(cancel);
    }

    public async Task<ListedStaff?> StaffMember(StaffId staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ListedStaff>($"{StaffColumns}, 0 as \"SignIns\" from staff s where s.id = {{0}}", staff.Value).ToListAsync(cancel)).SingleOrDefault();
    }

    private async Task<List<ListedSignIn>> Of(string column, Guid person, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedSignIn>(
            $"""
            select i.id as "Id", i.device as "Device", i.method as "Method", i.created_at as "CreatedAt", i.last_seen_at as "LastSeenAt"
            from sign_in i where i.{column} = {"{0}"} and {SignInQueries.Alive(database, "i")}
            order by i.last_seen_at desc, i.id desc limit {Most}
            """,
            person).ToListAsync(cancel);
    }
}
