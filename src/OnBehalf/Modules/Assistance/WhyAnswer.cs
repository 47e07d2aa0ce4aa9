namespace OnBehalf.Modules.Assistance;

/// <summary>An explanation as a page shows it.</summary>
/// <param name="ForStaff">With what only the shop reads: how its rules are called, and what the operator is told.</param>
public sealed record WhyAnswer(Explanation Explanation, bool ForStaff);
