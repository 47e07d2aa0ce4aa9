using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The policy's answers as JSON.</summary>
internal static class PolicyApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/admin/api/assistance/decision", Decision).WithMetadata(
        new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AccessGrant });

    private static async Task<IResult> Decision(HttpContext context, ExplanationQueries explanations, Guid? staff, Guid? membership, Guid? company)
    {
        SessionSubject subject = company is { } whole ? new CompanyId(whole) : new MembershipId(membership ?? default);
        if (await explanations.Explain(new StaffId(staff ?? default), subject, context.RequestAborted) is not { Decision: { } decision } explanation)
        {
            Refusals.Leave(context, Subjects.Missing);
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

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
            rights = explanation.Rights.Select(right => new { name = right.Right.Name, isGranted = right.IsGranted, cause = right.Cause, why = right.Sentence }),
        });
    }
}
