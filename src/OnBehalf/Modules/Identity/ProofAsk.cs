namespace OnBehalf.Modules.Identity;

/// <summary>How somebody may prove who he is in a form: the fields of the partial `ProofFields`, which post into a <see cref="ProofInput"/> named `Input`.</summary>
/// <param name="IsSecondNeeded">The password alone is not enough.</param>
public sealed record ProofAsk(bool HasApp, bool HasPasskey, bool IsSecondNeeded = false);
