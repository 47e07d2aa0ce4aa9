namespace OnBehalf.Kernel;

/// <summary>What the mode of a session can become, and what that asks for.</summary>
/// <param name="OpensIn">Up to here it can be brought by a click.</param>
/// <param name="Highest">Above this it cannot be raised.</param>
/// <param name="RaisedUntil">When it falls back, by the database's clock; null when it is not raised.</param>
/// <param name="AsksReason">Above <paramref name="OpensIn"/>: why, once per session.</param>
/// <param name="AsksProof">His own password, each time.</param>
/// <param name="Seconds">How long it stays raised.</param>
public sealed record ModeScope(Mode OpensIn, Mode Highest, DateTimeOffset? RaisedUntil, bool AsksReason, bool AsksProof, int Seconds)
{
    /// <summary>His second step, if he has not proved himself with it a short while ago; then no password.</summary>
    public bool AsksSecondFactor { get; init; }

    /// <summary>There is nothing to choose.</summary>
    public static readonly ModeScope None = new(Mode.View, Mode.View, null, AsksReason: false, AsksProof: false, 0);
}
