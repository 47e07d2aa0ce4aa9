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
        var (present, _) = await CommissionOrderQueries.InForce(db, now, default, null, cancel);
        var terms = read.Value;
        var draft = new CommissionRule(rule ?? IId<CommissionRuleId>.New(), 0, terms.Draft.Name, terms.Draft.Share, terms.Draft.Basis, terms.Draft.Earned, terms.Scope);
        IReadOnlyList<CommissionRule> future = [.. present.Where(one => one.Id != rule), .. input.IsOn == "true" ? [draft] : Array.Empty<CommissionRule>()];
        var placed = await CommissionOrderQueries.Placed(database, db, now.AddMonths(-Months), Most + 1, [.. present, .. future], cancel);
        var people = placed.Take(Most)
            .Select(order => (order.Name, order.Earner.Staff, Now: Sum(present, order), Then: Sum(future, order)))
            .GroupBy(order => (order.Name, order.Staff, order.Now.Currency))
            .Select(person => new TriedCommission(person.Key.Name, Add(person.Select(order => order.Now)), Add(person.Select(order => order.Then))))
            .Where(person => !person.Now.IsZero || !person.Then.IsZero)
            .OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Now.Currency.Code, StringComparer.Ordinal);
        return new CommissionTrial(Math.Min(placed.Count, Most), placed.Count <= Most, [.. people]);
    }

    private static Money Sum(IReadOnlyList<CommissionRule> rules, PlacedOrder order) =>
        Commission.Of(rules, order.Earner, order.Lines).Aggregate(Money.Zero(order.Lines[0].Net.Currency), (sum, line) => sum + line.Amount);

    private static Money Add(IEnumerable<Money> amounts) => amounts.Aggregate((sum, one) => sum + one);
}
