using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>Of what a commission is a share.</summary>
public enum CommissionBasis
{
    /// <summary>Of the articles after all discounts, without tax and shipping.</summary>
    TotalWithoutTax,

    /// <summary>The same with tax, still before shipping.</summary>
    TotalWithTax,

    /// <summary>Of what the articles would have cost more: for who has to win customers with discounts. With 100 % all of it.</summary>
    ProductDiscount,
}

/// <summary>When a commission is his, and can be paid out.</summary>
public enum CommissionEarned
{
    /// <summary>When what was charged is paid.</summary>
    Paid,

    /// <summary>When the articles are on their way.</summary>
    Shipped,
}

/// <summary>For whom and what a rule is; null is everybody and everything.</summary>
/// <param name="Category">With all below it.</param>
public sealed record CommissionScope(StaffId? Staff, string? Group, CategoryId? Category, CompanyId? Customer)
{
    public static readonly CommissionScope Everything = new(null, null, null, null);

    // The narrower wins: a person before his group, both before the customer, that before the category.
    internal int Narrowness => (Staff is null ? 0 : 8) + (Group is null ? 0 : 4) + (Customer is null ? 0 : 2) + (Category is null ? 0 : 1);
}

/// <summary>A version of a rule. Versions are never changed, so an entry that names one can be explained for ever.</summary>
/// <param name="Share">Of the base; at most 100 %.</param>
public sealed record CommissionRule(CommissionRuleId Id, int Version, string Name, Percentage Share, CommissionBasis Basis, CommissionEarned Earned, CommissionScope Scope);

/// <summary>Who earns at an order, and whose order it is.</summary>
public sealed record CommissionEarner(StaffId Staff, string? Group, CompanyId? Customer);

/// <summary>A line of an order as commissions see it.</summary>
/// <param name="Net">After all discounts, without tax.</param>
/// <param name="Discount">What it would have cost more, without tax; negative where staff agreed a higher price.</param>
/// <param name="Categories">Its category and all above it.</param>
public sealed record CommissionLine(int Position, Money Net, Percentage TaxRate, Money Discount, IReadOnlySet<CategoryId> Categories);

/// <summary>What one line earns somebody.</summary>
public sealed record LineCommission(int Position, CommissionRule Rule, Money Base, Money Amount);
