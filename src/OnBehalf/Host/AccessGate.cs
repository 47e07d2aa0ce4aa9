using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// Holds every request against its endpoint's <see cref="AccessAttribute"/>: no declaration, no answer. Unsafe requests must come from our own pages.
/// </summary>
public sealed class AccessGate(RequestDelegate next, Database database, Hosts hosts)
{
    public static readonly Refusal NotInSession = Refusal.Forbidden(
        "assistance.not-in-session",
        "Not possible while you act for somebody: this stays with the buyer himself. Nothing was changed.");

    public static readonly Refusal OfPerson = Refusal.Forbidden(
        "assistance.page-of-person", "This page is about a person, and you act for a company with nobody of it. Act for one of its people to open it. Nothing was changed.");

    public static readonly Refusal ModeTooLow = Refusal.Forbidden(
        "assistance.mode-too-low", "This session may look but not do this. Nothing was changed.");

    public static readonly Refusal PageClosed = Refusal.Forbidden(
        "assistance.page-closed", "This is closed to whoever acts in your role. Nothing was changed. If you need it, ask an administrator of the shop.");

    public static readonly Refusal NotAssisting = Refusal.Forbidden(
        "assistance.not-assisting", "You act for nobody here. Nothing was changed.");

    public static readonly Refusal Elsewhere = Refusal.Forbidden(
        "assistance.elsewhere",
        "This session began in another network or browser. Nothing was changed. If that was you, say so with your password; else leave it, and tell your supervisor.");

    public static readonly Refusal RightMissing = Refusal.Forbidden(
        "access.right-missing", "Your role does not allow this. Ask your administrator if you need it.");

    public static readonly Refusal SignInNeeded = Refusal.Forbidden("access.sign-in-needed", "You are not signed in, or no longer. Nothing was changed. Please sign in first.");

    // An open tab in another network asks again and again: told once in five minutes for each session.
    private readonly PartitionedRateLimiter<AssistedSessionId> _toldElsewhere = PartitionedRateLimiter.Create<AssistedSessionId, AssistedSessionId>(
        session => RateLimitPartition.GetFixedWindowLimiter(session, _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromMinutes(5) }));

    private static readonly string[] PrefetchHeaders = ["Sec-Purpose", "Purpose", "X-Moz"];

    private static readonly Refusal Foreign = Refusal.Forbidden(
        "access.foreign-request", "This request did not come from a page of this shop. Nothing was changed. Open the page again and retry.");

    public async Task Invoke(HttpContext context)
    {
        // The page that says why something was refused must not be refused itself.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            await next(context);
            return;
        }

        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            if (context.Surface() == Surface.Assisted && !context.Caller().IsAssisting)
            {
                await Refusals.Answer(context, Refusals.Of(context) ?? Authority.SessionOver);
                return;
            }

            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<AccessAttribute>() is not { } access)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Telemetry.Tag(context, PatternOf(endpoint));
        var caller = Callers.Asked(context, access.Right);
        if (caller.IsAssisting && IsPrefetch(context.Request))
        {
            // What nobody may ever see is no page that somebody saw, and what is asked for in this way must not be a way to see it unseen.
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (Judge(context, caller, access) is not { } refusal)
        {
            await next(context);
            return;
        }

        if (refusal == SignInNeeded && HttpMethods.IsGet(context.Request.Method) && !Refusals.WantsJson(context.Request))
        {
            var login = context.Surface() == Surface.Shop ? "/account/login" : "/staff/account/login";
            context.Response.Redirect(login + QueryString.Create("returnUrl", context.Request.Path + context.Request.QueryString));
            return;
        }

        if ((Callers.ElsewhereOf(context) ?? caller) is { Actor: not Actor.Nobody } known && (refusal != Elsewhere || IsNews(known)))
        {
            await database.Record(known, new AccessRefused(PatternOf(endpoint), refusal.Code), context.RequestAborted);
        }

        if (refusal == PageClosed && IsSafe(context.Request) && !Refusals.WantsJson(context.Request) && caller.May(Right.AccountView))
        {
            context.Response.Redirect(context.Request.PathBase + "/account" + QueryString.Create("closed", ClosedOf(context, caller)!.Name));
            return;
        }

        await Refusals.Answer(context, refusal);
    }

    private bool IsNews(Caller elsewhere)
    {
        if (elsewhere.Session is not { } session)
        {
            return true;
        }

        using var lease = _toldElsewhere.AttemptAcquire(session.Id);
        return lease.IsAcquired;
    }

    private Refusal? Judge(HttpContext context, Caller caller, AccessAttribute access)
    {
        var surface = context.Surface();
        var isSafe = IsSafe(context.Request);
        if (surface == Surface.Assisted && !caller.IsAssisting)
        {
            return Refusals.Of(context) ?? Authority.SessionOver;
        }

        if (!isSafe && !(access.FromStaffHost ? IsFromStaffHost(context.Request) : IsOwn(context.Request)))
        {
            return Foreign;
        }

        if (access.Audience == Audience.Staff ? caller.Staff is null || caller.IsAssisting : access.Audience == Audience.Buyer && !caller.IsCustomer)
        {
            return caller.IsAssisting ? NotInSession : SignInNeeded;
        }

        if (caller.IsAssisting && (access.Delegation == Delegation.Deny || (access.Delegation == Delegation.View && !isSafe)))
        {
            return NotInSession;
        }

        if (ClosedOf(context, caller) is not null)
        {
            return PageClosed;
        }

        if (access.IsPersonal && caller.IsForCompany)
        {
            return OfPerson;
        }

        // A visitor has no rights that could be missing: what is for everybody is for him.
        var isVisitor = access.Audience == Audience.Everybody && caller.Actor is Actor.Nobody;
        if (access.NeededRight is { } right && !isVisitor && !caller.May(right))
        {
            return caller.Session is { } low && !SessionRights.OfMode(low.Mode).Has(right) ? TooLow(low, needed => SessionRights.OfMode(needed).Has(right)) ?? RightMissing : RightMissing;
        }

        return caller.Session is { } session && !isSafe && session.Mode < access.Mode ? TooLow(session, needed => needed >= access.Mode) ?? ModeTooLow : null;
    }

    /// <summary>What this request asks for, when an administrator has closed it to the role of who acts.</summary>
    private static ClosablePage? ClosedOf(HttpContext context, Caller caller) =>
        caller.Session is { Closed.Count: > 0 }
        && ClosablePage.At($"{(IsSafe(context.Request) ? "GET" : "POST")} /{PatternOf(context.GetEndpoint()!).TrimStart('/')}") is { } page
        && caller.IsClosed(page.Name) ? page : null;

    /// <summary>How to raise the session, when that would help; null when it would not.</summary>
    private static Refusal? TooLow(CallerSession session, Func<Mode, bool> isEnough) =>
        isEnough(session.Modes.Highest)
            ? Refusal.Forbidden(
                ModeTooLow.Code,
                $"This session is in the mode {session.Mode.ToString().ToLowerInvariant()}, which is not enough for this. Nothing was changed. Raise it with “Mode” in the bar above, then try again.")
            : null;

    private bool IsFromStaffHost(HttpRequest request) =>
        hosts.AreSeparate && string.Equals(request.Headers.Origin, hosts.StaffOrigin(request), StringComparison.OrdinalIgnoreCase);

    private static bool IsPrefetch(HttpRequest request) =>
        PrefetchHeaders.Any(header => request.Headers[header].ToString() is { Length: > 0 } value && value.Contains("prefetch", StringComparison.OrdinalIgnoreCase));

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none"))
        {
            return false;
        }

        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static string PatternOf(Endpoint endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? endpoint.DisplayName ?? "";
}

/// <summary>Somebody who is signed in asked for what he may not have.</summary>
public sealed record AccessRefused(Code Endpoint, Code Refusal) : Fact, IRefusedFact
{
    public override string Name => "access.refused";
}
