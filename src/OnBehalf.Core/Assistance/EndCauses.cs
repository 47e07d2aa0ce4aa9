namespace OnBehalf.Assistance;

/// <summary>How sessions come to their end, in words.</summary>
public static class EndCauses
{
    public static string Word(string cause) => cause switch
    {
        "operator" => "ended by the operator",
        "buyer" => "ended by the buyer",
        "company" => "ended by an administrator of the company",
        "staff" => "ended by a supervisor",
        "all-ended" => "ended with all sessions by a supervisor",
        "switched-off" => "ended because assisted sessions were switched off",
        "not-asked-for" => "ended because the buyer did not ask for it",
        "suspended" => "operator suspended",
        "rights-changed" => "rights changed",
        "idle" => "ran out without activity",
        "hard-limit" => "ran out of time",
        "other-browser" => "ended because another browser used it",
        "other-network" => "ended because it was used from another network",
        "switched" => "ended for another buyer",
        "fewer-at-once" => "ended because the rules allow fewer sessions at once",
        "mandate-revoked" => "ended because the mandate was revoked",
        "mandate-changed" => "ended because the mandate was changed",
        "company-changed" => "operator changed to another company",
        "signed-out" or "signed-in-again" => "operator signed out",
        "provider-signed-out" => "operator signed out of the external sign-in",
        "ended-elsewhere" or "ended-by-staff" => "operator's sign-in was ended",
        "sign-in-expired" => "operator's sign-in ran out",
        _ when cause.StartsWith("assistance.", StringComparison.Ordinal) => "no longer allowed",
        _ => cause.Replace('-', ' '),
    };
}
