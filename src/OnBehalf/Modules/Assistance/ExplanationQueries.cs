using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Somebody to choose from.</summary>
public sealed record Choice(Guid Id, string Name, string Details, bool IsWhole = false);

/// <summary>Why somebody of the staff may act for a buyer or a company, or may not, and with which rights.</summary>
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

    private readonly string _standing = $"select {Standing.Columns(database)} {Standing.Between(database, isStaff: true)}";

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

    /// <param name="asked">What he brings along already.</param>
    public async Task<Explanation?> Explain(StaffId staff, SessionSubject subject, Func<Attempt, Attempt> asked, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Rows<Standing>(_standing, staff.Value, subject.MembershipKey, subject.CompanyKey).ToListAsync(cancel) is not [var row])
        {
            return null;
        }

        var policy = await policies.Now(db, cancel);
        var attempt = asked(new Attempt(Moment.Before, await policies.Local(db, clock.GetUtcNow(), cancel)));
        return new Explanation(row.OperatorName, row.BuyerName, row.CompanyName, row.CompanyNumber, subject, AssistancePolicy.Decide(row.In(policy, attempt)));
    }

    private sealed record StaffChoice(Guid Id, string FirstName, string LastName, string Email, string Role);
}
