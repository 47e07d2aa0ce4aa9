using System.Security.Claims;
using System.Text.RegularExpressions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Host;

/// <summary>
/// Finds out who is asking: the URL says which credential counts, the credential says who. One SQL command for a signed-in request, nothing cached.
/// `/as/{handle}` becomes the path base, so the pages and links of the Buyer Portal serve sessions as they are.
/// </summary>
public sealed partial class Callers(RequestDelegate next, SignInQueries signIns, AssistedSessionQueries sessions, RequestReferences references)
{
    /// <summary>Asked by open pages of a buyer; answered by one command that judges the cookie itself, so nobody is looked up for it and nobody has to be there.</summary>
    public const string ConsentQuestion = "/account/assistance/question";

    private static readonly object CallerKey = new();
    private static readonly object SurfaceKey = new();
    private static readonly object ElsewhereKey = new();

    public async Task Invoke(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        if (IsStatic(path))
        {
            await next(context);
            return;
        }

        var cancel = context.RequestAborted;
        if (AssistedPath().Match(path) is { Success: true } assisted)
        {
            var handle = assisted.Groups["handle"].Value;
            request.PathBase = request.PathBase.Add("/as/" + handle);
            request.Path = assisted.Groups["rest"].Value is { Length: > 0 } rest ? rest : "/";
            var hash = Cookies.Hash(request, Cookies.Assist(handle));
            var session = hash is null ? null : await sessions.Find(handle, hash, Origin.Of(context), isActivity: !IsQuestion(request), cancel, Cookies.OtherAssists(request, handle));
            if (session is { Session.IsElsewhere: true })
            {
                // Whoever this is: nothing of the buyer is shown to him.
                Refusals.Leave(context, AccessGate.Elsewhere);
                context.Items[ElsewhereKey] = session with { Request = references.Of(context) };
                session = null;
            }

            Set(context, Surface.Assisted, session ?? Caller.Anonymous);
        }
        else if (Starts(path, "/staff") || Starts(path, "/admin") || Starts(path, "/log"))
        {
            var hash = Cookies.Hash(request, Cookies.Staff);
            Set(context, Starts(path, "/staff") ? Surface.Staff : Surface.BackOffice, (hash is null ? null : await signIns.FindStaff(hash, cancel)) ?? Caller.Anonymous);
        }
        else if (path.Equals(ConsentQuestion, StringComparison.OrdinalIgnoreCase))
        {
            Set(context, Surface.Shop, Caller.Anonymous);
        }
        else
        {
            var hash = Cookies.Hash(request, Cookies.Shop);
            Set(context, Surface.Shop, (hash is null ? null : await signIns.FindBuyer(hash, cancel)) ?? Caller.Anonymous);
        }

        await next(context);
    }

    internal static Caller Of(HttpContext context) => context.Items[CallerKey] as Caller ?? Caller.Anonymous;

    internal static Surface SurfaceOf(HttpContext context) => context.Items[SurfaceKey] is Surface surface ? surface : Surface.Shop;

    /// <summary>Whose session it is that was used from elsewhere; null when it was not.</summary>
    internal static Caller? ElsewhereOf(HttpContext context) => context.Items[ElsewhereKey] as Caller;

    /// <summary>From now on the caller carries the right that the endpoint asks for, for the audit log.</summary>
    internal static Caller Asked(HttpContext context, string? right)
    {
        var caller = Of(context);
        if (right is not null && caller.Request is { } request)
        {
            context.Items[CallerKey] = caller = caller with { Request = request with { Right = right } };
        }

        return caller;
    }

    private void Set(HttpContext context, Surface surface, Caller caller)
    {
        context.Items[SurfaceKey] = surface;
        context.Items[CallerKey] = caller with { Request = references.Of(context) };
        var credential = caller.Session is { } session ? $"assist:{session.Id}" : caller.Actor switch
        {
            Actor.Staff staff => $"staff:{staff.SignIn}",
            Actor.Buyer buyer => $"shop:{buyer.SignIn}",
            _ => null,
        };

        Identify(context, credential);
    }

    // Antiforgery tokens are bound to this identity, so a form of one session posted into another is refused.
    internal static void Identify(HttpContext context, string? credential) =>
        context.User = credential is null ? new ClaimsPrincipal(new ClaimsIdentity())
            : new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, credential)], "onbehalf"));

    private static bool Starts(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    // The bar of an open tab asks this by itself; nobody has to be there for it.
    private static bool IsQuestion(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Equals("/assisted-session", StringComparison.OrdinalIgnoreCase);

    private static bool IsStatic(string path) =>
        path.StartsWith("/lib/", StringComparison.Ordinal) || path.StartsWith("/assets/", StringComparison.Ordinal) || path.StartsWith("/pictures/", StringComparison.Ordinal);

    [GeneratedRegex("^/as/(?<handle>[a-z0-9]{8,32})(?<rest>/.*)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex AssistedPath();
}

public static class CallerOfContext
{
    public static Caller Caller(this HttpContext context) => Callers.Of(context);

    /// <summary>Nobody who is known, in this request: for what is done before somebody is let in.</summary>
    public static Caller Nobody(this HttpContext context) => Kernel.Caller.Anonymous with { Request = context.Caller().Request };

    public static Surface Surface(this HttpContext context) => Callers.SurfaceOf(context);
}
