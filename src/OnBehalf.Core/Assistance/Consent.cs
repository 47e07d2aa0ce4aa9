using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What a buyer must have agreed to, from the least to the most.</summary>
public enum ConsentNeed
{
    None,

    /// <summary>Whoever is assigned needs none; others need a standing one.</summary>
    AssignedIsEnough,

    /// <summary>A lasting agreement.</summary>
    Standing,

    /// <summary>An agreement for this one session.</summary>
    AskEachTime,
}

public enum ConsentKind
{
    None,
    Standing,

    /// <summary>For one session, until a time.</summary>
    Once,

    /// <summary>Taken back: sessions that need one end.</summary>
    Withdrawn,

    /// <summary>"I did not ask for this": nobody acts until the case is closed, not even in an emergency.</summary>
    Frozen,
}

/// <summary>What the buyer agreed to. <see cref="None"/> restricts nothing and satisfies no need.</summary>
/// <param name="Until">None: until it is withdrawn.</param>
/// <param name="Highest">The highest mode that he agreed to.</param>
/// <param name="Rights">What he agreed to within that mode, extras such as adjusting prices included.</param>
public sealed record Consent(ConsentKind Kind, DateTimeOffset? Until, Mode Highest, Rights Rights)
{
    public static readonly Consent None = new(ConsentKind.None, null, Mode.Order, Rights.Everything);

    public bool IsGivenAt(DateTimeOffset now) => Kind is ConsentKind.Standing or ConsentKind.Once && !(Until <= now);
}
