using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>Customers who are treated alike: a code that files use, and a name for people.</summary>
public sealed record CustomerGroup(string Code, string Name)
{
    public const int LongestCode = 64;
    public const int LongestName = 100;

    /// <summary>Reads what somebody typed; a code is letters, digits, dots, dashes and underscores.</summary>
    public static Outcome<CustomerGroup> Read(string? code, string? name)
    {
        var (typedCode, typedName) = (code?.Trim() ?? "", name?.Trim() ?? "");
        return !IsCode(typedCode)
                ? Refusal.Invalid("pricing.code", $"Code: 1 to {LongestCode} letters, digits, dots, dashes or underscores.", "Code")
            : typedName.Length is 0 or > LongestName || typedName.Any(char.IsControl)
                ? Refusal.Invalid("pricing.name", $"Name: 1 to {LongestName} characters, on one line.", "Name")
            : new CustomerGroup(typedCode, typedName);
    }

    internal static bool IsCode(string text) => text.Length is > 0 and <= LongestCode && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}

public sealed record CustomerGroupAdded(Code Group, Code Title) : Fact
{
    public override string Name => "pricing.group-added";
}

public sealed record CustomerGroupRenamed(Code Group, Code Before, Code After) : Fact
{
    public override string Name => "pricing.group-renamed";
}

public sealed record CustomerGroupRemoved(Code Group, Code Title) : Fact
{
    public override string Name => "pricing.group-removed";
}

/// <summary>A company, or a private customer, belongs to another customer group; empty: to none.</summary>
public sealed record CustomerGroupChanged(CompanyId? Company, BuyerId? Buyer, Code Before, Code After) : Fact
{
    public override string Name => "pricing.customer-group-changed";
}

/// <summary>A company has another certificate by which it buys without tax; empty: none.</summary>
public sealed record TaxExemptionChanged(CompanyId Company, Code Before, Code After) : Fact
{
    public override string Name => "pricing.exemption-changed";
}

/// <summary>Whether a company sees its amounts with tax or without, before and after.</summary>
public sealed record PriceDisplayChanged(CompanyId Company, Code Before, Code After) : Fact
{
    public override string Name => "pricing.display-changed";
}

/// <summary>Whether a customer may order and pay later, where a way of paying asks for that: before and after.</summary>
public sealed record CreditChanged(CompanyId? Company, BuyerId? Buyer, Code Before, Code After) : Fact
{
    public override string Name => "pricing.credit-changed";
}
