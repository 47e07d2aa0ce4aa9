namespace OnBehalf.Assistance;

/// <summary>How sessions come to their end, in words.</summary>
public static class EndCauses
{
    public static string Word(string cause) => cause switch
    {
        "operator" => "ended by the operator",
        "idle" => "ran out without activity",
        "hard-limit" => "ran out of time",
        "switched" => "ended for another buyer",
        "signed-out" or "signed-in-again" => "operator signed out",
        "sign-in-expired" => "operator's sign-in ran out",
        _ when cause.StartsWith("assistance.", StringComparison.Ordinal) => "no longer allowed",
        _ => cause.Replace('-', ' '),
    };
}
