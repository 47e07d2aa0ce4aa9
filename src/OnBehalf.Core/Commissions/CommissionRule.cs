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

    /// <summary>Of what the representative earns: for others than himself. What an assistant gets of it is taken from him, what a leader gets is not.</summary>
    Commission,
}

/// <summary>Who earns by a rule.</summary>
public enum CommissionPart
{
    /// <summary>Who represents the order.</summary>
    Representative,

    /// <summary>Who helped with it and does not represent it: who placed it on behalf, or acted for the customer in the days before he ordered himself.</summary>
    Assistant,

    /// <summary>Whom the rule names, at orders that others represent: who leads them.</summary>
    Leader,
}

/// <summary>How an order came about.</summary>
public enum CommissionChannel
{
    /// <summary>Somebody of the staff placed it on behalf.</summary>
    Assisted,

    /// <summary>The customer did himself.</summary>
    SelfService,
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
/// <param name="Staff">Who earns.</param>
/// <param name="Group">His; of a leader, that of who represents the order.</param>
/// <param name="Category">With all below it.</param>
public sealed record CommissionScope(StaffId? Staff, string? Group, CategoryId? Category, CompanyId? Customer, CommissionChannel? Channel)
{
    public static readonly CommissionScope Everything = new(null, null, null, null, null);

    // The narrower wins: a person before his group, both before the customer, that before the category, and that before how the order came about.
    internal int Narrowness => (Staff is null ? 0 : 16) + (Group is null ? 0 : 8) + (Customer is null ? 0 : 4) + (Category is null ? 0 : 2) + (Channel is null ? 0 : 1);
}

/// <summary>A version of a rule. Versions are never changed, so an entry that names one can be explained for ever.</summary>
/// <param name="Share">Of the base; at most 100 %.</param>
/// <param name="WindowDays">For how many days before the customer ordered himself somebody who acted for him counts as assistant; 0: not at all.</param>
public sealed record CommissionRule(
    CommissionRuleId Id, int Version, string Name, Percentage Share, CommissionBasis Basis, CommissionEarned Earned, CommissionScope Scope, CommissionPart Part = CommissionPart.Representative, int WindowDays = 0);

/// <summary>Somebody who may earn at an order.</summary>
public sealed record CommissionEarner(StaffId Staff, string? Group);

/// <summary>Who helped with an order.</summary>
/// <param name="Before">Null: placed it on behalf; otherwise how long before the customer ordered himself he began to act for him.</param>
public sealed record CommissionAssist(CommissionEarner By, TimeSpan? Before);

/// <summary>An order as the rules see it: whose it is, who represents it, who helped, and how it came about.</summary>
public sealed record CommissionOrder(CompanyId? Customer, CommissionEarner? Representative, CommissionAssist? Assist, CommissionChannel Channel);

/// <summary>A line of an order as commissions see it.</summary>
/// <param name="Net">After all discounts, without tax.</param>
/// <param name="Discount">What it would have cost more, without tax; negative where staff agreed a higher price.</param>
/// <param name="Categories">Its category and all above it.</param>
public sealed record CommissionLine(int Position, Money Net, Percentage TaxRate, Money Discount, IReadOnlySet<CategoryId> Categories);

/// <summary>What one line earns somebody.</summary>
public sealed record LineCommission(int Position, StaffId Staff, CommissionRule Rule, Money Base, Money Amount);
