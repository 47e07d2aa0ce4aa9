using Microsoft.AspNetCore.WebUtilities;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The two steps of a hand-over that stand on the shop host.</summary>
internal static class HandOverApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assist/accept", Accept).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
        routes.MapPost("/assist/redemption", Redeem).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny) { FromStaffHost = true });
    }

    // Gives this browser a secret, and its hash to the page of the staff host that asked. Nobody has to be signed in here, and nothing is stored.
    private static IResult Accept(HttpContext context, Hosts hosts, string? back)
    {
        if (!hosts.AreSeparate || ReturnPath.Of(back, "") is not { Length: > 0 } page)
        {
            return Results.NotFound();
        }

        if (Cookies.Hash(context.Request, HandOvers.Cookie) is not { } hash)
        {
            (var secret, hash) = Cookies.NewToken();
            Cookies.Give(context, HandOvers.Cookie, secret, TimeSpan.FromHours(12));
        }

        return Results.Redirect(QueryHelpers.AddQueryString(hosts.StaffOrigin(context.Request) + page, "browser", WebEncoders.Base64UrlEncode(hash)));
    }

    private static async Task<IResult> Redeem(HttpContext context, HandOvers handOvers)
    {
        var cancel = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(cancel);
        var outcome = await handOvers.Redeem(
            Guid.TryParse(form["id"], out var id) ? id : Guid.Empty, form["code"], Cookies.Of(context.Request, HandOvers.Cookie), context.Connection.RemoteIpAddress, cancel);
        if (outcome.Refusal is { } refusal)
        {
            Refusals.Leave(context, refusal);
            return Results.StatusCode(Refusals.StatusOf(refusal));
        }

        // The next start gets another secret.
        var (session, landing, signIn) = outcome.Value;
        Cookies.GiveAssist(context, session.Handle, session.Token, session.Beside);
        OperatorHere.Give(context, signIn);
        context.Response.Headers.Location = $"/as/{session.Handle}{landing}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
