namespace OnBehalf.Modules.Assistance;

/// <summary>What somebody who is about to act for a customer runs already.</summary>
/// <param name="Sessions">Each with whether it can be gone on with in this browser.</param>
/// <param name="ShortName">Of the customer, for buttons.</param>
/// <param name="Most">How many sessions he may have at once.</param>
/// <param name="Landing">Where the wanted session would begin: the one that runs for the same customer is gone on with there.</param>
public sealed record RunningBeside(IReadOnlyList<(RunningSession Session, bool IsHere)> Sessions, SessionSubject Subject, string ShortName, int Most, string Landing)
{
    public static readonly RunningBeside None = new([], default(Kernel.CompanyId), "", 1, "/");

    /// <summary>He may begin without ending anything.</summary>
    public bool HasRoom => Sessions.Count < Most && !Sessions.Any(running => IsSame(running.Session));

    /// <summary>It is for the same customer.</summary>
    public bool IsSame(RunningSession session) => session.IsFor(Subject);

    /// <summary>Where it is gone on with.</summary>
    public string PathOf(RunningSession session) => IsSame(session) ? $"/as/{session.Handle}{Landing}" : session.Path;
}
