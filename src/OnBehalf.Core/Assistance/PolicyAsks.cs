using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What a rule still asks for before a session may start; of a running one only the consent is asked for again.</summary>
internal static class PolicyAsks
{
    public static IReadOnlyList<Asked> Of(PolicyTerms terms, Situation situation)
    {
        var asks = new List<Asked>();
        var attempt = situation.Attempt;
        if (attempt.Moment != Moment.Running)
        {
            if (Reason(attempt, situation.Policy) is { } reason)
            {
                asks.Add(new Asked(Need.Reason, reason));
            }

            if (Ticket(terms, attempt, situation.Policy) is { } ticket)
            {
                asks.Add(new Asked(Need.Ticket, ticket));
            }

            if (terms.ProofSeconds is { } most && !(attempt.ProofAge <= most))
            {
                asks.Add(new Asked(Need.Proof, Refusal.Invalid(
                    "assistance.proof-needed", "Password: enter yours again; acting for this customer asks for it.", "Password")));
            }

            if ((terms.NeedsApproval || attempt.IsEmergency) && !attempt.IsApproved)
            {
                asks.Add(new Asked(Need.Approval, Refusal.Forbidden(
                    "assistance.approval-needed", "Acting for this customer needs the approval of a second person. Ask for it; nothing has begun yet.")));
            }
        }

        if (!IsAgreed(terms.Consent, situation))
        {
            asks.Add(new Asked(Need.Consent, Refusal.Forbidden(
                "assistance.consent-needed", "Acting for this customer needs his consent. Ask him for it; nothing has begun yet.")));
        }

        return asks;
    }

    private static Refusal? Reason(Attempt attempt, ShopPolicy policy) => attempt.ReasonCode is { } code && policy.Reasons.Contains(code)
        ? null : Refusal.Invalid("assistance.reason-unknown", "Choose a reason from the list.", "Reason");

    private static Refusal? Ticket(PolicyTerms terms, Attempt attempt, ShopPolicy policy)
    {
        var example = policy.TicketExample is null ? "" : $" It looks like {policy.TicketExample}.";
        return attempt.Ticket is not { Length: > 0 } ticket
            ? terms.NeedsTicket ? Refusal.Invalid("assistance.ticket-missing", $"Ticket: acting for this customer needs one.{example}", "Ticket") : null
            : policy.TicketPattern is { } pattern && !pattern.IsMatch(ticket)
            ? Refusal.Invalid("assistance.ticket-unfit", $"Ticket: this is not one of ours.{example}", "Ticket")
            : null;
    }

    private static bool IsAgreed(ConsentNeed ofRule, Situation situation)
    {
        var ofCompany = situation.Subject.Company?.Consent ?? ConsentNeed.None;
        var need = ofRule > ofCompany ? ofRule : ofCompany;
        var (consent, attempt) = (situation.Consent, situation.Attempt);
        return need == ConsentNeed.None || attempt.IsEmergency
            || (need == ConsentNeed.AssignedIsEnough && situation.Operator.IsAssigned)
            || (consent.IsGivenAt(attempt.Now) && (need != ConsentNeed.AskEachTime || consent.Kind == ConsentKind.Once));
    }
}
