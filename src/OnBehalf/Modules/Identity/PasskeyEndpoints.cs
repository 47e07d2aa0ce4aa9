using Microsoft.AspNetCore.Antiforgery;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>What the script of passkeys asks for, and the door that they open.</summary>
internal static class PasskeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/staff/account/passkeys/question", Question).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
        routes.MapPost("/staff/account/passkeys/offer", Offer).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffDesk });
        routes.MapPost("/staff/account/passkeys/sign-in", SignIn).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
    }

    /// <summary>A question for a passkey: of the person who is signed in, else of whoever has one.</summary>
    private static async Task<IResult> Question(HttpContext context, PasskeyJudge judge, SignInLimits limits, IAntiforgery antiforgery) =>
        !await antiforgery.IsRequestValidAsync(context) ? Results.StatusCode(StatusCodes.Status400BadRequest)
        : !await limits.AdmitsCode(context) ? Results.StatusCode(StatusCodes.Status429TooManyRequests)
        : Results.Text(await judge.Ask(context, context.Caller().Staff?.Id), "application/json");

    private static async Task<IResult> Offer(HttpContext context, PasskeyChanges changes, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var given = new ProofInput { Password = form["Input.Password"], Code = form["Input.Code"], Passkey = form["Input.Passkey"] };
        var outcome = await changes.Offer(context, context.Caller(), given);
        if (outcome.Refusal is { } refusal)
        {
            context.Response.StatusCode = Refusals.StatusOf(refusal);
            await Refusals.Problem(context, refusal.Code, refusal.Sentence, refusal.Field);
            return Results.Empty;
        }

        return Results.Text(outcome.Value, "application/json");
    }

    private static async Task<IResult> SignIn(HttpContext context, PasskeySignIn passkeys, SignInLimits limits, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (!await limits.AdmitsCode(context))
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var outcome = await passkeys.Enter(context, form["Credential"], form["ReturnUrl"]);
        context.Response.Headers.Location = outcome.IsRefused ? "/staff/account/login" + QueryString.Create(new Dictionary<string, string?> { ["failed"] = "passkey", ["returnUrl"] = form["ReturnUrl"] }) : outcome.Value;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
