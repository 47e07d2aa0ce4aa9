using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>The one switch of the product from a refusal to an answer: 422, 403, 409, 404, as a page or as problem+json.</summary>
public static class Refusals
{
    private static readonly object Key = new();

    public static int StatusOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status404NotFound,
    };

    /// <summary>Ends the request with a refusal; the error page (or JSON, if that is what was asked for) says its sentence.</summary>
    public static async Task Answer(HttpContext context, Refusal refusal)
    {
        context.Items[Key] = refusal;
        context.Response.StatusCode = StatusOf(refusal);
        if (WantsJson(context.Request))
        {
            await Problem(context, refusal.Code, refusal.Sentence, refusal.Field);
        }
    }

    /// <summary>The answer as problem+json (RFC 9457), of the status that it has.</summary>
    public static Task Problem(HttpContext context, string code, string sentence, string? field = null)
    {
        context.Response.ContentType = "application/problem+json";
        var status = context.Response.StatusCode;
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, code, detail = sentence, field },
            JsonSerializerOptions.Web,
            context.RequestAborted);
    }

    public static Refusal? Of(HttpContext context) => context.Items[Key] as Refusal;

    /// <summary>The same as a result of a page or endpoint.</summary>
    public static void Leave(HttpContext context, Refusal refusal) => context.Items[Key] = refusal;

    public static bool WantsJson(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || (request.Headers.Accept.ToString() is { } accept && accept.Contains("application/json", StringComparison.Ordinal)
            && !accept.Contains("text/html", StringComparison.Ordinal));
}
