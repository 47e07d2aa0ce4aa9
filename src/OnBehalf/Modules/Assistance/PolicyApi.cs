using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The policy's answers as JSON.</summary>
internal static class PolicyApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/api/assistance/decision", Decision).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AccessGrant });
        routes.MapGet("/account/api/assistance/decision", CompanyDecision).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.Deny) { Right = Needs.CompanyManage });
    }

    private static async Task<IResult> Decision(HttpContext context, ExplanationQueries explanations, Guid? staff, Guid? colleague, Guid? membership, Guid? company)
    {
        if (AskedOperator.Of(staff, colleague) is not { } by || Subject(membership, company) is not { } subject || await explanations.Explain(by, subject, context.RequestAborted) is not { } explanation)
        {
            return Missing(context);
        }

        var decision = explanation.Decision;
        return Results.Json(new
        {
            isAllowed = decision.IsAllowed,
            code = decision.Rule.Code,
            policyVersion = decision.PolicyVersion,
            detail = decision.SentenceForOthers,
            toOperator = $"{decision.Sentence} {decision.Remedy}".TrimEnd(),
            change = decision.Change,
            mode = PolicySpelling.Of(decision.Mode),
            highestMode = PolicySpelling.Of(decision.Highest),
            idleSeconds = decision.Limits.IdleSeconds,
            hardSeconds = decision.Limits.HardSeconds,
            asks = decision.Asks.Select(asked => PolicySpelling.Of(asked.Need)),
            rights = Rights(explanation),
        });
    }

    // What the shop calls its rules is the shop's.
    private static async Task<IResult> CompanyDecision(HttpContext context, ExplanationQueries explanations, Guid? staff, Guid? colleague, Guid? membership, Guid? company)
    {
        if (AskedOperator.Of(staff, colleague) is not { } by || Subject(membership, company) is not { } subject
            || await explanations.ExplainToCompany(context.Caller(), by, subject, context.RequestAborted) is not { } explanation)
        {
            return Missing(context);
        }

        var decision = explanation.Decision;
        return Results.Json(new
        {
            isAllowed = decision.IsAllowed,
            detail = decision.SentenceForOthers,
            change = decision.Change,
            mode = PolicySpelling.Of(decision.Mode),
            highestMode = PolicySpelling.Of(decision.Highest),
            asks = decision.Asks.Select(asked => PolicySpelling.Of(asked.Need)),
            rights = Rights(explanation),
        });
    }

    private static SessionSubject? Subject(Guid? membership, Guid? company) => (membership, company) switch
    {
        ({ } person, null) => new MembershipId(person),
        (null, { } whole) => new CompanyId(whole),
        _ => null,
    };

    private static IEnumerable<object> Rights(Explanation explanation) =>
        explanation.Rights.Select(right => new { name = right.Right.Name, isGranted = right.IsGranted, cause = right.Cause, why = right.Sentence });

    private static IResult Missing(HttpContext context)
    {
        Refusals.Leave(context, Subjects.Missing);
        return Results.StatusCode(StatusCodes.Status404NotFound);
    }
}
