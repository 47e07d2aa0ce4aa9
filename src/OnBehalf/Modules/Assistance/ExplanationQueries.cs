using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Somebody to choose from.</summary>
public sealed record Choice(Guid Id, string Name, string Details, bool IsWhole = false, bool IsBuyer = false);

/// <summary>Whom a question is about: a staff member, or a buyer in one of his places, as a colleague or for an end customer of his company.</summary>
public readonly record struct AskedOperator(StaffId? Staff, MembershipId? Place)
{
    /// <summary>Null unless exactly one is named.</summary>
    public static AskedOperator? Of(Guid? staff, Guid? place) => (staff, place) switch
    {
        ({ } id, null) => new AskedOperator(new StaffId(id), null),
        (null, { } id) => new AskedOperator(null, new MembershipId(id)),
        _ => null,
    };
}

/// <summary>Why somebody may act for a buyer or a company, or may not, and with which rights.</summary>
public sealed record Explanation(string OperatorName, string BuyerName, string? CompanyName, string? CompanyNumber, SessionSubject Subject, AssistanceDecision Decision)
{
    public IReadOnlyList<ExplainedRight> Rights => SessionRights.Explain(Decision.Basis, Decision.Highest);
}

/// <summary>Answers "why can A (not) act for B" by the rules in force, as a start would be judged now.</summary>
public sealed class ExplanationQueries(Database database, ShopPolicies policies, TimeProvider clock)
{
    private static readonly string Staff =
        """
        select id as "Id", first_name as "FirstName", last_name as "LastName", email as "Email", role as "Role" from staff
        where status = 'active' and (email_normalized like {0} or lower(first_name) like {0} or lower(last_name) like {0}) order by last_name, first_name limit 10
        """;

    private readonly string _ofStaff = $"select {Standing.Columns(database)} {Standing.Between(database, isStaff: true)}";
    private readonly string _ofBuyer = $"select {Standing.Columns(database)} {Standing.Between(database, isStaff: false)}";

    /// <summary>Staff whose name or mail address begins so; at most ten.</summary>
    public async Task<IReadOnlyList<Choice>> FindStaff(string text, CancellationToken cancel)
    {
        // What is typed is no pattern.
        var beginning = text.Trim().ToLowerInvariant().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        if (beginning.Length is 0 or > 100)
        {
            return [];
        }

        await using var db = database.Read();
        var rows = await db.Rows<StaffChoice>(Staff, beginning + "%").ToListAsync(cancel);
        return rows.ConvertAll(row => new Choice(row.Id, $"{row.FirstName} {row.LastName}", $"{StaffRoles.Word(Words.Parse<StaffRole>(row.Role))}, {row.Email}"));
    }

    /// <summary>Null when there is no such staff member, buyer or company.</summary>
    public Task<Explanation?> Explain(StaffId staff, SessionSubject subject, CancellationToken cancel) => Explain(staff, subject, attempt => attempt, cancel);

    /// <summary>Likewise for who may be of the staff, a colleague, or somebody of a dealer.</summary>
    public async Task<Explanation?> Explain(AskedOperator by, SessionSubject subject, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Read(db, by, subject, cancel) is { } row ? await Judge(db, row, subject, attempt => attempt, cancel) : null;
    }

    /// <summary>
    /// The same for an administrator of a company, about its own people and itself, and about nobody who is a stranger to it: somebody of it, of the dealer through whom it buys, or of the staff who is
    /// assigned to it. Null for all others, whether or not they are there.
    /// </summary>
    public async Task<Explanation?> ExplainToCompany(Caller caller, AskedOperator by, SessionSubject subject, CancellationToken cancel)
    {
        await using var db = database.Read();
        return caller.Company is { } own && await Read(db, by, subject, cancel) is { } row && row.CompanyId == own.Id.Value && IsKnown(row) ? await Judge(db, row, subject, attempt => attempt, cancel) : null;

        static bool IsKnown(Standing row) => row.By.OperatorStaff is null
            ? row.By.ColleagueCompany == row.CompanyId || (row.CompanyParent is { } dealer && row.By.ColleagueCompany == dealer && Words.Parse<CompanyKind>(row.CompanyKind!) == CompanyKind.EndCustomer)
            : row.By.IsAssigned;
    }

    /// <param name="asked">What he brings along already.</param>
    public async Task<Explanation?> Explain(StaffId staff, SessionSubject subject, Func<Attempt, Attempt> asked, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Read(db, new AskedOperator(staff, null), subject, cancel) is { } row ? await Judge(db, row, subject, asked, cancel) : null;
    }

    private async Task<Standing?> Read(ShopDb db, AskedOperator by, SessionSubject subject, CancellationToken cancel) =>
        await db.Rows<Standing>(by.Staff is null ? _ofBuyer : _ofStaff, by.Staff?.Value ?? by.Place!.Value.Value, subject.MembershipKey, subject.CompanyKey).ToListAsync(cancel) is [var row] ? row : null;

    private async Task<Explanation> Judge(ShopDb db, Standing row, SessionSubject subject, Func<Attempt, Attempt> asked, CancellationToken cancel)
    {
        var policy = await policies.Now(db, cancel);
        var attempt = asked(new Attempt(Moment.Before, await policies.Local(db, clock.GetUtcNow(), cancel)));
        return new Explanation(row.OperatorName, row.BuyerName, row.CompanyName, row.CompanyNumber, subject, AssistancePolicy.Decide(row.In(policy, attempt)));
    }

    private sealed record StaffChoice(Guid Id, string FirstName, string LastName, string Email, string Role);
}
