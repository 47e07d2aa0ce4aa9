using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>One of those who approve orders of a company that wait, one after the other: the first all of them, each further one what is above his amount.</summary>
public sealed record Approver(int Level, MembershipId Membership, Money Above)
{
    /// <summary>So many one after the other.</summary>
    public const int Most = 5;

    /// <summary>In another currency nothing can be compared, and he is asked.</summary>
    public bool IsFor(Money total) => Level == 1 || total.Currency != Above.Currency || total > Above;

    /// <summary>"1: every order that waits", "2: above 1,000.00 EUR"</summary>
    public string InWords => string.Create(CultureInfo.InvariantCulture, $"{Level}: {(Level == 1 ? "every order that waits" : $"above {Above}")}");

    /// <summary>A chain as one word, by which a form says what it showed; "none" of an empty one.</summary>
    public static string Mark(IEnumerable<Approver> chain) =>
        string.Join(' ', chain.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Membership.Value}:{one.Above.Minor}{one.Above.Currency.Code}"))) is { Length: > 0 } mark ? mark : "none";

    /// <summary>The chain as it was typed: rows without a person are left out; each amount is higher than the one before.</summary>
    public static (IReadOnlyList<Approver> Chain, IReadOnlyList<Refusal> Refusals) Read(IReadOnlyList<(string? Membership, string? Above)> rows, Currency currency)
    {
        var (chain, refusals) = (new List<Approver>(), new List<Refusal>());
        for (var i = 0; i < Math.Min(rows.Count, Most); i++)
        {
            if (string.IsNullOrWhiteSpace(rows[i].Membership))
            {
                continue;
            }

            if (!Guid.TryParse(rows[i].Membership, out var membership))
            {
                refusals.Add(Refusal.Invalid("budgets.approver-unknown", "Choose an active administrator or approver of the company.", $"Chain[{i}].Membership"));
                continue;
            }

            var above = Money.Zero(currency);
            if (chain.Count > 0 && (!Money.TryParse(rows[i].Above?.Trim(), currency, out above) || above <= chain[^1].Above || above.Minor > Budget.Most))
            {
                refusals.Add(Refusal.Invalid("budgets.above-missing", $"Above: an amount in {currency} that is higher than the one before.", $"Chain[{i}].Above"));
                continue;
            }

            if (chain.Exists(one => one.Membership.Value == membership))
            {
                refusals.Add(Refusal.Invalid("budgets.approver-twice", "Each person approves once. Choose somebody else, or nobody.", $"Chain[{i}].Membership"));
                continue;
            }

            chain.Add(new Approver(chain.Count + 1, new MembershipId(membership), above));
        }

        return (chain, refusals);
    }
}

/// <summary>At a place in the chain of a company somebody else approves, from another amount on, or nobody any more.</summary>
public sealed record ApproverChanged(CompanyId Company, MembershipId? Membership, MembershipId? Former, Code? Before, Code? After) : Fact
{
    public override string Name => "budgets.approver-changed";
}

/// <summary>Somebody who approves is away, and another one does it for him until then.</summary>
public sealed record DeputySet(CompanyId Company, MembershipId Membership, MembershipId Deputy, DateTimeOffset Until) : Fact
{
    public override string Name => "budgets.deputy-set";
}

/// <summary>He is back.</summary>
public sealed record DeputyEnded(CompanyId Company, MembershipId Membership, MembershipId Deputy) : Fact
{
    public override string Name => "budgets.deputy-ended";
}
