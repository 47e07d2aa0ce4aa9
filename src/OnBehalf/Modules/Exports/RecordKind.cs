namespace OnBehalf.Modules.Exports;

/// <summary>The classes of OCSF that are used, by their numbers.</summary>
public enum OcsfClass
{
    Authentication = 3002,
    AuthorizeSession = 3003,
    EntityManagement = 3004,
    ApiActivity = 6003,
}

/// <summary>What somebody does to a thing, as both vocabularies have it.</summary>
public enum RecordVerb
{
    Creation = 1,
    Access = 2,
    Change = 3,
    Deletion = 4,
}

/// <summary>What kind of event a fact is in the words of ECS and OCSF: the rule with the longest beginning that fits its name, and the last word of the name.</summary>
public sealed record RecordKind(string Category, string Type, OcsfClass Class, int Activity, string ActivityName, string? Entity, RecordVerb Verb)
{
    /// <summary>`event.category`, `event.type` (null: by the verb) and the class by the beginning of the fact's name; what OCSF manages by entity has the type of that.</summary>
    public static readonly IReadOnlyList<(string Beginning, string Category, string? Type, OcsfClass Class, string? Entity)> Rules =
    [
        ("", "api", null, OcsfClass.ApiActivity, null),
        ("assistance.consent-", "configuration", null, OcsfClass.EntityManagement, "consent"),
        ("assistance.emergency-started", "session", "start", OcsfClass.AuthorizeSession, null),
        ("assistance.mandate-", "configuration", null, OcsfClass.EntityManagement, "mandate"),
        ("assistance.mode-", "session", "info", OcsfClass.AuthorizeSession, null),
        ("assistance.pages-closed", "configuration", "change", OcsfClass.EntityManagement, "policy"),
        ("assistance.policy-", "configuration", null, OcsfClass.EntityManagement, "policy"),
        ("assistance.protection-", "configuration", null, OcsfClass.EntityManagement, "protection"),
        ("assistance.session-ended", "session", "end", OcsfClass.AuthorizeSession, null),
        ("assistance.session-moved", "session", "info", OcsfClass.ApiActivity, null),
        ("assistance.session-refused", "session", "start", OcsfClass.ApiActivity, null),
        ("assistance.session-started", "session", "start", OcsfClass.AuthorizeSession, null),
        ("identity.", "iam", null, OcsfClass.EntityManagement, "user"),
        ("identity.emergency-password-used", "authentication", "info", OcsfClass.Authentication, null),
        ("identity.locked-out", "authentication", "info", OcsfClass.Authentication, null),
        ("identity.proved-again", "authentication", "info", OcsfClass.Authentication, null),
        ("identity.recovery-code-used", "authentication", "info", OcsfClass.Authentication, null),
        ("identity.sign-in-failed", "authentication", "start", OcsfClass.Authentication, null),
        ("identity.signed-in", "authentication", "start", OcsfClass.Authentication, null),
        ("identity.signed-out", "authentication", "end", OcsfClass.Authentication, null),
        ("privacy.", "iam", null, OcsfClass.EntityManagement, "user"),
        ("settings.", "configuration", "change", OcsfClass.EntityManagement, "setting"),
    ];

    /// <summary>Last words of names and what they say; any other is a change.</summary>
    public static readonly IReadOnlyList<(RecordVerb Verb, string[] Words)> Verbs =
    [
        (RecordVerb.Creation, ["added", "asked", "began", "branched", "created", "drafted", "given", "imported", "invited", "made", "placed", "proposed", "requested", "set", "written"]),
        (RecordVerb.Access, ["exported", "opened", "read", "used", "viewed"]),
        (RecordVerb.Deletion, ["closed", "declined", "discarded", "ended", "erased", "forgotten", "lifted", "removed", "revoked", "tidied", "withdrawn"]),
    ];

    private static readonly string[] Grave = ["assistance.emergency-started", "identity.emergency-password-used", "identity.locked-out", "log.resumed", "log.stopped"];

    /// <summary>It says by its name alone that something did not succeed.</summary>
    public bool AlwaysFails { get; private init; }

    /// <summary>To be looked at, whoever did it.</summary>
    public bool IsGrave { get; private init; }

    public static RecordKind Of(string name)
    {
        var (_, category, type, ocsf, entity) = Rules.Where(rule => name.StartsWith(rule.Beginning, StringComparison.Ordinal)).MaxBy(rule => rule.Beginning.Length);
        var last = name[(name.LastIndexOfAny(['.', '-']) + 1)..];
        var verb = Verbs.FirstOrDefault(one => one.Words.Contains(last)).Verb is var found && found == default ? RecordVerb.Change : found;
        var (activity, words) = ocsf switch
        {
            OcsfClass.AuthorizeSession => name.EndsWith("-started", StringComparison.Ordinal) || last == "raised" ? (1, "Assign Privileges") : (99, last),
            OcsfClass.Authentication => last is "in" or "failed" ? (1, "Logon") : last == "out" && name == "identity.signed-out" ? (2, "Logoff") : (99, last),
            _ => ((int)verb, verb switch { RecordVerb.Creation => "Create", RecordVerb.Access => "Read", RecordVerb.Change => "Update", _ => "Delete" }),
        };
        return new RecordKind(category, type ?? TypeOf(verb, category), ocsf, activity, words, entity, verb)
        {
            AlwaysFails = last is "failed" or "refused", IsGrave = Grave.Contains(name),
        };
    }

    // Not every type is one of every category.
    private static string TypeOf(RecordVerb verb, string category) => verb switch
    {
        RecordVerb.Creation => "creation",
        RecordVerb.Access => category == "iam" ? "info" : "access",
        RecordVerb.Change => "change",
        _ => "deletion",
    };
}
