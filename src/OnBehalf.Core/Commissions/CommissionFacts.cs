using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>There is a rule of commissions, or another version of one, from now on. Before and after are its terms: `5 % total-without-tax paid representative 0 on`: share, base, when, who, days of the window; `none` before the first.</summary>
public sealed record CommissionRuleChanged(CommissionRuleId Rule, int Version, Code Before, Code After) : Fact
{
    public override string Name => "commissions.rule-changed";
}

/// <summary>What was earned was paid out in a run: to how many people, with how many entries.</summary>
public sealed record CommissionsPaidOut(int Number, int People, int Moves) : Fact
{
    public override string Name => "commissions.paid-out";
}

/// <summary>Somebody took a statement of commissions away as a file; of one member of the staff, or of all.</summary>
public sealed record CommissionsExported(StaffId? Staff, int Rows) : Fact
{
    public override string Name => "commissions.exported";
}

/// <summary>Somebody says that the commissions of an order are wrong: `representative` or `amount`. What he writes is not in it.</summary>
public sealed record CommissionDisputed(Guid Dispute, OrderId Order, Code Wish) : Fact
{
    public override string Name => "commissions.disputed";
}

/// <summary>He is right: the order has him as its representative, or was counted anew by the rules of now.</summary>
public sealed record CommissionDisputeAccepted(Guid Dispute, OrderId Order, StaffId For, Code Wish) : Fact
{
    public override string Name => "commissions.dispute-accepted";
}

public sealed record CommissionDisputeDeclined(Guid Dispute, OrderId Order, StaffId For, Code Wish) : Fact
{
    public override string Name => "commissions.dispute-declined";
}
