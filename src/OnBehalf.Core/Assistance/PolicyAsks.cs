using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What a rule still asks for before a session may start; of a running one only the consent is asked for again.</summary>
internal static class PolicyAsks
{
    private static readonly Asked Reasoned = new(Need.Reason, Refusal.Invalid("assistance.reason-unknown", "Choose a reason from the list.", "Reason"));

    private static readonly Asked Proof = new(Need.Proof, Refusal.Invalid(
        "assistance.proof-needed", "Password: enter yours again; acting for this customer asks for it.", "Password"));

    private static readonly Asked SecondFactor = new(Need.Proof, Refusal.Invalid(
        "assistance.second-factor-needed",
        "Code: acting for this customer asks for your second step. Who has none sets it up under \"Sign-in and security\".", "Code"));

    private static readonly Asked Approval = new(Need.Approval, Refusal.Forbidden(
        "assistance.approval-needed", "Acting for this customer needs the approval of a second person. Ask for it; nothing has begun yet."));

    private static readonly Asked Consent = new(Need.Consent, Refusal.Forbidden(
        "assistance.consent-needed", "Acting for this customer needs his consent. Ask him for it; nothing has begun yet."));

    public static IReadOnlyList<Asked> Of(PolicyTerms terms, Situation situation)
    {
        // Lists of customers ask this for everybody in them: what is always asked for costs nothing.
        List<Asked>? asks = null;
        var attempt = situation.Attempt;
        if (attempt.Moment is not (Moment.Running or Moment.Review))
        {
            if (Reason(attempt, situation.Policy) is { } reason)
            {
                Ask(reason);
            }

            if (Ticket(terms, attempt, situation.Policy) is { } ticket)
            {
                Ask(new Asked(Need.Ticket, ticket));
            }

            if (!IsProved(terms, attempt))
            {
                Ask(terms.NeedsSecondFactor ? SecondFactor : Proof);
            }

            if ((terms.NeedsApproval || attempt.IsEmergency) && !attempt.IsApproved)
            {
                Ask(Approval);
            }
        }

        if (!IsAgreed(terms.Consent, situation))
        {
            Ask(Consent);
        }

        return asks ?? (IReadOnlyList<Asked>)[];

        void Ask(Asked asked) => (asks ??= []).Add(asked);
    }

    private static Asked? Reason(Attempt attempt, ShopPolicy policy) =>
        attempt.ReasonCode is { } code && policy.Reasons.Contains(code) ? null : Reasoned;

    private static Refusal? Ticket(PolicyTerms terms, Attempt attempt, ShopPolicy policy)
    {
        var isFit = attempt.Ticket is not { Length: > 0 } ticket ? !terms.NeedsTicket : policy.TicketPattern?.IsMatch(ticket) ?? true;
        if (isFit)
        {
            return null;
        }

        var example = policy.TicketExample is null ? "" : Say($" It looks like {policy.TicketExample}.");
        return attempt.Ticket is not { Length: > 0 }
            ? Refusal.Invalid("assistance.ticket-missing", $"Ticket: acting for this customer needs one.{example}", "Ticket")
            : Refusal.Invalid("assistance.ticket-unfit", $"Ticket: this is not one of ours.{example}", "Ticket");
    }

    private static bool IsProved(PolicyTerms terms, Attempt attempt) => terms.NeedsSecondFactor
        ? attempt.SecondFactorAge <= (terms.ProofSeconds ?? int.MaxValue)
        : terms.ProofSeconds is not { } most || attempt.ProofAge <= most;

    private static bool IsAgreed(ConsentNeed ofRule, Situation situation)
    {
        // To a buyer the company itself gave the mandate: that is its consent.
        var ofCompany = situation.Operator.IsBuyer ? ConsentNeed.None : situation.Subject.Company?.Consent ?? ConsentNeed.None;
        var need = ofRule > ofCompany ? ofRule : ofCompany;
        var (consent, attempt) = (situation.Consent, situation.Attempt);
        return need == ConsentNeed.None || attempt.IsEmergency
            || (need == ConsentNeed.AssignedIsEnough && situation.Operator.IsAssigned)
            || (consent.IsGivenAt(attempt.Now) && (need != ConsentNeed.AskEachTime || consent.Kind == ConsentKind.Once));
    }
}
