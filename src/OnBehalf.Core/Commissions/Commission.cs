using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>What an order earns: a rule for each line, the share of a rule rounded once for all its lines, and shared out so that the parts sum to it.</summary>
public static class Commission
{
    /// <summary>By the narrowest rule that fits each line; of two alike the newer one. Lines that earn nothing are left out, and so is what was given away whole.</summary>
    public static IReadOnlyList<LineCommission> Of(IReadOnlyCollection<CommissionRule> rules, CommissionEarner earner, IReadOnlyList<CommissionLine> lines)
    {
        var taxes = TaxOf(lines);
        return
        [
            .. lines.Select(line => (Line: line, Rule: RuleOf(rules, earner, line)))
                .Where(pair => pair.Rule is not null && pair.Line.Net.Minor > 0)
                .GroupBy(pair => pair.Rule!, pair => pair.Line)
                .SelectMany(group => Split(group.Key, [.. group], taxes))
                .OrderBy(one => one.Position),
        ];
    }

    /// <summary>Null: none is for it.</summary>
    public static CommissionRule? RuleOf(IEnumerable<CommissionRule> rules, CommissionEarner earner, CommissionLine line) =>
        rules.Where(rule => Fits(rule.Scope, earner, line)).OrderByDescending(rule => rule.Scope.Narrowness).ThenByDescending(rule => rule.Id.Value).FirstOrDefault();

    private static bool Fits(CommissionScope scope, CommissionEarner earner, CommissionLine line) =>
        (scope.Staff is null || scope.Staff == earner.Staff)
        && (scope.Group is null || string.Equals(scope.Group, earner.Group, StringComparison.OrdinalIgnoreCase))
        && (scope.Customer is null || scope.Customer == earner.Customer)
        && (scope.Category is not { } category || line.Categories.Contains(category));

    private static IEnumerable<LineCommission> Split(CommissionRule rule, IReadOnlyList<CommissionLine> lines, Dictionary<int, Money> taxes)
    {
        var bases = lines.Select(line => rule.Basis switch
        {
            CommissionBasis.TotalWithTax => line.Net + taxes[line.Position],
            CommissionBasis.ProductDiscount => line.Discount.IsNegative ? Money.Zero(line.Net.Currency) : line.Discount,
            _ => line.Net,
        }).ToList();
        var whole = bases.Aggregate((sum, one) => sum + one).Percent(rule.Share);
        var parts = Prorate.Split(whole, [.. bases.Select(one => one.Minor)]);
        return lines.Select((line, i) => new LineCommission(line.Position, rule, bases[i], parts[i])).Where(one => !one.Amount.IsZero);
    }

    // Rounded once for each rate, as documents do it.
    private static Dictionary<int, Money> TaxOf(IReadOnlyList<CommissionLine> lines) => lines.GroupBy(line => line.TaxRate)
        .SelectMany(group => group.Zip(Prorate.Split(
            group.Select(line => line.Net).Aggregate((sum, one) => sum + one).Percent(group.Key), [.. group.Select(line => Math.Max(0, line.Net.Minor))])))
        .ToDictionary(pair => pair.First.Position, pair => pair.Second);
}
