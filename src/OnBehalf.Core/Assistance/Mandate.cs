using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>
/// What a company lets an operator do for its people, as it stands now: who expired or was taken back has <see cref="None"/>, which restricts nothing and
/// satisfies no rule that needs a mandate. A mandate narrows what the shop's rules allow and never widens it.
/// </summary>
/// <param name="Highest">The highest mode.</param>
/// <param name="Rights">What may be done within that mode, extras included. For a buyer who acts these are all that he has in a session.</param>
/// <param name="Days">Days of the week on which it counts; empty: all. On other days it stands against acting.</param>
/// <param name="Until">A session ends no later.</param>
/// <param name="PerOrder">Highest order, one amount per currency; empty: no limit. With any, other currencies are not orderable.</param>
/// <param name="PerMonth">Highest sum of a calendar month, likewise.</param>
/// <param name="ApprovalAbove">Orders above this wait for the company's approval, likewise.</param>
public sealed record Mandate(
    bool IsGiven, Mode Highest, Rights Rights, IReadOnlyList<DayOfWeek> Days, DateTimeOffset? Until, IReadOnlyList<Money> PerOrder,
    IReadOnlyList<Money> PerMonth, IReadOnlyList<Money> ApprovalAbove)
{
    public static readonly Mandate None = new(false, Mode.Order, Rights.Everything, [], null, [], [], []);

    public bool CountsOn(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);
}
