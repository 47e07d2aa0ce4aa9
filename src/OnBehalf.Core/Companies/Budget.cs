using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>Over which orders a budget runs.</summary>
public enum BudgetPeriod
{
    /// <summary>Each by itself.</summary>
    Order,
    Month,
    Quarter,
    Year,
}

/// <summary>Whose orders a budget is about.</summary>
public enum BudgetOf
{
    Company,
    Person,
    CostCentre,
}

/// <summary>How much may be ordered before the company has to approve. What is over it is not refused: it waits.</summary>
public sealed record Budget(Money Amount, BudgetPeriod Period)
{
    /// <summary>In minor units; as much as fits into a sum of many.</summary>
    public const long Most = 1_000_000_000_000_00;

    /// <summary>"500.00 EUR a month"</summary>
    public override string ToString() => $"{Amount} {(Period == BudgetPeriod.Order ? "an" : "a")} {Word(Period)}";

    public static string Word(BudgetPeriod period) => period.ToString().ToLowerInvariant();

    /// <summary>When the period began in which a moment lies, by the calendar of the shop.</summary>
    public static DateTimeOffset Begin(BudgetPeriod period, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var month = period switch
        {
            BudgetPeriod.Year => 1,
            BudgetPeriod.Quarter => ((local.Month - 1) / 3 * 3) + 1,
            _ => local.Month,
        };
        var first = new DateTime(local.Year, month, 1, 0, 0, 0, DateTimeKind.Unspecified);

        // Where clocks go forward at midnight the day begins an hour later.
        while (zone.IsInvalidTime(first))
        {
            first = first.AddMinutes(30);
        }

        return new DateTimeOffset(first, zone.GetUtcOffset(first)).ToUniversalTime();
    }

    /// <summary>The budget, or everything that is wrong with what was typed, each with its field.</summary>
    public static (Budget? Budget, IReadOnlyList<Refusal> Refusals) Read(string? amount, string? period, Currency currency)
    {
        var refusals = new List<Refusal>();
        if (!Money.TryParse(amount?.Trim(), currency, out var money) || money.Minor > Most)
        {
            refusals.Add(Refusal.Invalid("budgets.amount-missing", $"Amount: please type it in {currency}, such as 500 or 500.50.", "Amount"));
        }

        if (!Enum.TryParse<BudgetPeriod>(period, ignoreCase: true, out var over) || !Enum.IsDefined(over) || int.TryParse(period, null, out _))
        {
            refusals.Add(Refusal.Invalid("budgets.period-missing", "For: please choose an order, a month, a quarter or a year.", "Period"));
        }

        return refusals.Count > 0 ? (null, refusals) : (new Budget(money, over), []);
    }
}

/// <summary>A budget as it stands when an order comes.</summary>
/// <param name="Used">In the period that runs, without the order.</param>
public sealed record BudgetState(BudgetOf Of, Budget Budget, Money Used)
{
    private const string Prefix = "budget/";

    public Money Left => Budget.Amount - Used;

    /// <summary>In another currency nothing can be compared, and every order waits.</summary>
    public bool IsExceededBy(Money total) =>
        total.Currency != Budget.Amount.Currency || (Budget.Period == BudgetPeriod.Order ? total > Budget.Amount : Used + total > Budget.Amount);

    /// <summary>Why an order waits, without a blank and without a name: `budget/person/month/50000/48000/EUR`.</summary>
    public string CodeFor(Money total)
    {
        var whose = Of switch { BudgetOf.Person => "person", BudgetOf.CostCentre => "cost-centre", _ => "company" };
        var code = string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{whose}/{Budget.Word(Budget.Period)}/{Budget.Amount.Minor}/{Used.Minor}/{Budget.Amount.Currency.Code}");
        return total.Currency == Budget.Amount.Currency ? code : code + "/other";
    }

    public static bool IsCode(string code) => code.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The code as a sentence for everybody who may see the order.</summary>
    public static string Sentence(string code)
    {
        var parts = code.Split('/');
        var currency = Currency.Of(parts[5]);
        var whose = parts[1] switch { "person" => Say("the buyer"), "cost-centre" => Say("its cost centre"), _ => Say("the company") };
        var budget = new Budget(Amount(3), Enum.Parse<BudgetPeriod>(parts[2], ignoreCase: true));
        return parts.Length > 6 ? Say($"The budget of {whose} is in another currency ({budget}).")
            : budget.Period == BudgetPeriod.Order ? Say($"It is over the budget of {whose}: {budget}.")
            : Say($"It is over the budget of {whose}: {budget}, of which {Amount(4)} were used before.");

        Money Amount(int at) => new(long.Parse(parts[at], CultureInfo.InvariantCulture), currency);
    }
}

/// <summary>A company has a further budget; without a person and a cost centre it is for all of it.</summary>
public sealed record BudgetAdded(CompanyId Company, BudgetId Budget, MembershipId? Membership, CostCentreId? CostCentre, Code Allowance) : Fact
{
    public override string Name => "budgets.added";
}

public sealed record BudgetChanged(CompanyId Company, BudgetId Budget, MembershipId? Membership, CostCentreId? CostCentre, Code Before, Code After) : Fact
{
    public override string Name => "budgets.changed";
}

public sealed record BudgetRemoved(CompanyId Company, BudgetId Budget, MembershipId? Membership, CostCentreId? CostCentre, Code Before) : Fact
{
    public override string Name => "budgets.removed";
}
