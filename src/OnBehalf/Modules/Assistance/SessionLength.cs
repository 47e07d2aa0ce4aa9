using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>How long a session is to last at most, where its operator wants less than the rule allows.</summary>
public static class SessionLength
{
    private static readonly int[] Known = [15, 30, 60, 120, 240];

    /// <summary>What can be chosen, in minutes: everything shorter than what the rule allows.</summary>
    public static IEnumerable<int> Choices(SessionLimits limits) => Known.Where(minutes => minutes * 60 < limits.HardSeconds);

    public static Refusal? Check(int? minutes) => minutes is null || Known.Contains(minutes.Value) ? null
        : Refusal.Invalid("assistance.length-unknown", "Length: choose from the list.", "Minutes");

    /// <summary>When a session that begins now ends whatever happens in it: never later than the rule says.</summary>
    public static DateTimeOffset End(SessionLimits limits, int? minutes, DateTimeOffset start)
    {
        var latest = limits.HardEnd(start);
        return minutes is { } wanted && start.AddMinutes(wanted) < latest ? start.AddMinutes(wanted) : latest;
    }
}
