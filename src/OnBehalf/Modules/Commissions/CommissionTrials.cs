using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Commissions;

/// <summary>What somebody would have earned, in one currency.</summary>
/// <param name="Now">By the rules that are in force.</param>
/// <param name="Then">With the draft.</param>
public sealed record TriedCommission(string Name, Money Now, Money Then);

/// <param name="Orders">How many orders were looked at.</param>
/// <param name="IsAll">Whether these were all of the time.</param>
public sealed record CommissionTrial(int Orders, bool IsAll, IReadOnlyList<TriedCommission> People);

/// <summary>Tries a rule before it is in force, on the orders that were placed lately. Nothing is stored.</summary>
public sealed class CommissionTrials(Database database, TimeProvider clock)
{
    public const int Months = 3;

    /// <summary>Orders at once, the newest; a trial of more would keep everybody waiting.</summary>
    public const int Most = 5_000;

    /// <param name="rule">Which one the draft would follow; null: a new one.</param>
    /// <param name="input">The draft as it was typed.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Outcome<CommissionTrial>> Try(CommissionRuleId? rule, CommissionRuleInput input, CancellationToken cancel)
    {
        await using var db = database.Read();
        var read = await CommissionRules.Read(db, input, cancel);
        if (read.IsRefused)
        {
            return read.Refusal;
        }

        var now = clock.GetUtcNow();
        var (present, _) = await CommissionOrderQueries.InForce(db, now, null, cancel);
        var terms = read.Value;
        var draft = new CommissionRule(rule ?? IId<CommissionRuleId>.New(), 0, terms.Draft.Name, terms.Draft.Share, terms.Draft.Basis, terms.Draft.Earned, terms.Scope, terms.Draft.Part, terms.Draft.WindowDays);
        IReadOnlyList<CommissionRule> future = [.. present.Where(one => one.Id != rule), .. input.IsOn == "true" ? [draft] : Array.Empty<CommissionRule>()];
        var placed = await CommissionOrderQueries.Placed(database, db, now.AddMonths(-Months), Most + 1, [.. present, .. future], cancel);
        var orders = placed.Take(Most).ToList();
        var (before, after) = (Sums(present, orders), Sums(future, orders));
        var earners = before.Keys.Union(after.Keys).ToList();
        var names = earners.Count == 0 ? [] : (await db.Rows<Named>(
            $"select s.id as \"Id\", s.first_name || ' ' || s.last_name as \"Name\" from staff s where {database.OneOf("s.id", "{0}")}", database.List(earners.Select(one => one.Staff.Value).Distinct()))
            .ToListAsync(cancel)).ToDictionary(one => new StaffId(one.Id), one => one.Name);
        var people = earners.Select(one => new TriedCommission(names[one.Staff], Of(before, one), Of(after, one)))
            .OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Now.Currency.Code, StringComparer.Ordinal);
        return new CommissionTrial(Math.Min(placed.Count, Most), placed.Count <= Most, [.. people]);
    }

    private static Dictionary<(StaffId Staff, Currency Currency), Money> Sums(IReadOnlyList<CommissionRule> rules, IEnumerable<PlacedOrder> orders) =>
        orders.SelectMany(order => Commission.Of(rules, order.Order, order.Lines)).GroupBy(line => (line.Staff, line.Amount.Currency))
            .ToDictionary(person => person.Key, person => person.Select(line => line.Amount).Aggregate((sum, one) => sum + one));

    private static Money Of(Dictionary<(StaffId Staff, Currency Currency), Money> sums, (StaffId Staff, Currency Currency) one) =>
        sums.TryGetValue(one, out var sum) ? sum : Money.Zero(one.Currency);

    private sealed record Named(Guid Id, string Name);
}
