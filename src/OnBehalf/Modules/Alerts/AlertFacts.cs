using OnBehalf.Kernel;

namespace OnBehalf.Modules.Alerts;

/// <summary>A rule has found something in the log, and says so.</summary>
/// <param name="Events">How many events it names.</param>
public sealed record AlertRaised(Guid Alert, Code Rule, long Threshold, int Events) : Fact
{
    public override string Name => "alerts.raised";
}

/// <summary>A rule was switched, or given another threshold.</summary>
public sealed record AlertRuleChanged(Code Rule, bool IsOn, long Before, long After) : Fact
{
    public override string Name => "alerts.rule-changed";
}
