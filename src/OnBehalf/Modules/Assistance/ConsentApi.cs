using Microsoft.AspNetCore.Antiforgery;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>What open pages ask by themselves: is there a question to me, is there an answer to mine.</summary>
internal static class ConsentApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Callers.ConsentQuestion, Question).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
        routes.MapGet("/staff/asks/{id:guid}", Answer).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AssistStart });
        routes.MapGet("/account/company/asks/{id:guid}", Answer).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.Deny));
    }

    // Nobody has been looked up for this request: the cookie is judged by the one command that looks for the question.
    private static async Task<IResult> Question(HttpContext context, ConsentQueries queries, ConsentAsks asks, IAntiforgery antiforgery)
    {
        if (Cookies.Hash(context.Request, Cookies.Shop) is not { } hash || await queries.OpenFor(hash, context.RequestAborted) is not { SignIn: { } signIn } ask)
        {
            return Results.NoContent();
        }

        Callers.Identify(context, $"shop:{signIn}");
        var tokens = antiforgery.GetAndStoreTokens(context);
        var code = asks.Reveal(ask.CodeSealed);
        return Results.Json(new
        {
            id = ask.Id, text = Say($"{ask.Who} ({ask.Role}) asks to act for {ask.Whom}: {ask.What}."), why = ask.Why, minutes = ask.Minutes, code = $"{code[..3]} {code[3..]}",
            field = tokens.FormFieldName, token = tokens.RequestToken,
        });
    }

    private static async Task<IResult> Answer(HttpContext context, Guid id, ConsentQueries queries) =>
        OperatorKey.Of(context.Caller()) is { } actor && await queries.Own(actor, id, context.RequestAborted) is { } ask
            ? Results.Json(new { status = ask is { Status: "asked", IsOpen: false } ? "over" : ask.Status })
            : Results.NotFound();
}
