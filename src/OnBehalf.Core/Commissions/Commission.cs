using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>What an order earns: a rule for each line, the share of a rule rounded once for all its lines, and shared out so that the parts sum to it.</summary>
public static class Commission
{
    /// <summary>
    /// By the narrowest rule that fits each line, for each who earns; of two alike the newer one. Lines that earn nothing are left out, and so is what was given away whole. What an assistant gets of
    /// the representative's commission is taken from it; everything else is beside it.
    /// </summary>
    public static IReadOnlyList<LineCommission> Of(IReadOnlyCollection<CommissionRule> rules, CommissionOrder order, IReadOnlyList<CommissionLine> lines)
    {
        var taxes = TaxOf(lines);
        var own = order.Representative is { } representative ? Earned(CommissionPart.Representative, representative, representative.Group, NoCommission) : [];
        var ofOwn = own.ToDictionary(one => one.Position, one => one.Amount);
        var assisted = order.Assist is { } assist && assist.By.Staff != order.Representative?.Staff
            ? Earned(CommissionPart.Assistant, assist.By, assist.By.Group, OfOwn, rule => assist.Before is not { } before || before <= TimeSpan.FromDays(rule.WindowDays))
            : [];
        var led = order.Representative is not { } member ? []
            : rules.Where(rule => rule.Part == CommissionPart.Leader).Select(rule => rule.Scope.Staff).OfType<StaffId>().Distinct().Where(leader => leader != member.Staff)
                .SelectMany(leader => Earned(CommissionPart.Leader, new CommissionEarner(leader, null), member.Group, OfOwn));
        var taken = assisted.Where(one => one.Rule.Basis == CommissionBasis.Commission).ToDictionary(one => one.Position, one => one.Amount);
        return
        [
            .. own.Select(one => taken.TryGetValue(one.Position, out var part) ? one with { Amount = one.Amount - part } : one)
                .Concat(assisted).Concat(led).Where(one => !one.Amount.IsZero).OrderBy(one => one.Position),
        ];

        Money NoCommission(CommissionLine line) => Money.Zero(line.Net.Currency);

        Money OfOwn(CommissionLine line) => ofOwn.TryGetValue(line.Position, out var amount) ? amount : Money.Zero(line.Net.Currency);

        List<LineCommission> Earned(CommissionPart part, CommissionEarner earner, string? group, Func<CommissionLine, Money> commission, Func<CommissionRule, bool>? counts = null)
        {
            var his = rules.Where(rule => rule.Part == part && (counts is null || counts(rule))).ToList();
            return
            [
                .. lines.Select(line => (Line: line, Rule: RuleOf(his, earner with { Group = group }, order, line)))
                    .Where(pair => pair.Rule is not null && pair.Line.Net.Minor > 0)
                    .GroupBy(pair => pair.Rule!, pair => pair.Line)
                    .SelectMany(group => Split(group.Key, earner.Staff, [.. group], taxes, commission)),
            ];
        }
    }

    /// <summary>Null: none is for it.</summary>
    public static CommissionRule? RuleOf(IEnumerable<CommissionRule> rules, CommissionEarner earner, CommissionOrder order, CommissionLine line) =>
        rules.Where(rule => Fits(rule.Scope, earner, order, line)).OrderByDescending(rule => rule.Scope.Narrowness).ThenByDescending(rule => rule.Id.Value).FirstOrDefault();

    private static bool Fits(CommissionScope scope, CommissionEarner earner, CommissionOrder order, CommissionLine line) =>
        (scope.Staff is null || scope.Staff == earner.Staff)
        && (scope.Group is null || string.Equals(scope.Group, earner.Group, StringComparison.OrdinalIgnoreCase))
        && (scope.Customer is null || scope.Customer == order.Customer)
        && (scope.Channel is null || scope.Channel == order.Channel)
        && (scope.Category is not { } category || line.Categories.Contains(category));

    private static IEnumerable<LineCommission> Split(
        CommissionRule rule, StaffId staff, IReadOnlyList<CommissionLine> lines, Dictionary<int, Money> taxes, Func<CommissionLine, Money> commission)
    {
        var bases = lines.Select(line => rule.Basis switch
        {
            CommissionBasis.TotalWithTax => line.Net + taxes[line.Position],
            CommissionBasis.ProductDiscount => line.Discount.IsNegative ? Money.Zero(line.Net.Currency) : line.Discount,
            CommissionBasis.Commission => commission(line),
            _ => line.Net,
        }).ToList();
        var whole = bases.Aggregate((sum, one) => sum + one).Percent(rule.Share);
        var parts = Prorate.Split(whole, [.. bases.Select(one => one.Minor)]);
        return lines.Select((line, i) => new LineCommission(line.Position, staff, rule, bases[i], parts[i])).Where(one => !one.Amount.IsZero);
    }

    // Rounded once for each rate, as documents do it.
    private static Dictionary<int, Money> TaxOf(IReadOnlyList<CommissionLine> lines) => lines.GroupBy(line => line.TaxRate)
        .SelectMany(group => group.Zip(Prorate.Split(
            group.Select(line => line.Net).Aggregate((sum, one) => sum + one).Percent(group.Key), [.. group.Select(line => Math.Max(0, line.Net.Minor))])))
        .ToDictionary(pair => pair.First.Position, pair => pair.Second);
}
