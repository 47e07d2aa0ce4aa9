namespace OnBehalf.Assistance;

/// <summary>How sessions come to their end, in words.</summary>
public static class EndCauses
{
    public static string Word(string cause) => cause switch
    {
        "operator" => Say("ended by the operator"),
        "buyer" => Say("ended by the buyer"),
        "company" => Say("ended by an administrator of the company"),
        "staff" => Say("ended by a supervisor"),
        "all-ended" => Say("ended with all sessions by a supervisor"),
        "switched-off" => Say("ended because assisted sessions were switched off"),
        "not-asked-for" => Say("ended because the buyer did not ask for it"),
        "suspended" => Say("operator suspended"),
        "rights-changed" => Say("rights changed"),
        "idle" => Say("ran out without activity"),
        "hard-limit" => Say("ran out of time"),
        "other-browser" => Say("ended because another browser used it"),
        "other-network" => Say("ended because it was used from another network"),
        "switched" => Say("ended for another buyer"),
        "fewer-at-once" => Say("ended because the rules allow fewer sessions at once"),
        "mandate-revoked" => Say("ended because the mandate was revoked"),
        "mandate-changed" => Say("ended because the mandate was changed"),
        "company-changed" => Say("operator changed to another company"),
        "signed-out" or "signed-in-again" => Say("operator signed out"),
        "provider-signed-out" => Say("operator signed out of the external sign-in"),
        "ended-elsewhere" or "ended-by-staff" => Say("operator's sign-in was ended"),
        "sign-in-expired" => Say("operator's sign-in ran out"),
        _ when cause.StartsWith("assistance.", StringComparison.Ordinal) => Say("no longer allowed"),
        _ => cause.Replace('-', ' '),
    };
}
