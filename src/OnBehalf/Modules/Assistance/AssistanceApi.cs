using Microsoft.AspNetCore.Antiforgery;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Assistance;

/// <summary>What the bar and the desk ask of a running session: is it there, a little longer, and the end.</summary>
internal static class AssistanceApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var inside = new AccessAttribute(Audience.Buyer, Delegation.Allow) { Mode = Mode.View };
        routes.MapPost("/assisted-session/end", EndInside).WithMetadata(inside);
        routes.MapPost("/assisted-session/extension", Extend).WithMetadata(inside);
        routes.MapGet("/assisted-session", Look).WithMetadata(inside, new UnseenAttribute("the clock of the session, asked for by the bar above every page"));
        routes.MapPost("/staff/assisted-session/end", EndFromDesk).WithMetadata(
            new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffDesk });
        routes.MapPost("/staff/links/{id:guid}/withdrawal", WithdrawLink).WithMetadata(
            new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AssistStart });
        Move(routes, "/b2b_platform", "/staff");
        Move(routes, "/b2b_platform/sales-order", "/staff/orders");
    }

    /// <summary>The end of the caller's session as an answer: back to the page from which it began.</summary>
    public static async Task<IResult> End(HttpContext context, AssistedSessions sessions, string? after = null)
    {
        if (context.Caller() is not { Session: { } session } caller)
        {
            return Refuse(context, Authority.SessionOver);
        }

        await sessions.End(caller, session.Id, "operator", context.RequestAborted);
        Cookies.Take(context, Cookies.Assist(session.Handle));
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Return(context, after ?? session.ReturnPath, caller.Staff is null ? null : session.Id);
    }

    private static async Task<IResult> EndInside(HttpContext context, AssistedSessions sessions, IAntiforgery antiforgery) =>
        context.Caller().Session is null ? Refuse(context, AccessGate.NotAssisting)
        : !await antiforgery.IsRequestValidAsync(context) ? Results.StatusCode(StatusCodes.Status400BadRequest)
        : await End(context, sessions);

    // Every request moves the idle end, so this one has nothing to do; it is for somebody who only reads or telephones.
    private static async Task<IResult> Extend(HttpContext context, IAntiforgery antiforgery)
    {
        if (context.Caller().Session is null)
        {
            return Refuse(context, AccessGate.NotAssisting);
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (Refusals.WantsJson(context.Request))
        {
            return Look(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var page = form["page"].ToString();
        return SeeOther(context, context.Request.PathBase + (IsPlain(page) ? page : "/account"));
    }

    private static IResult Look(HttpContext context) => context.Caller().Session is not { } session
        ? Refuse(context, AccessGate.NotAssisting)
        : Results.Json(new
        {
            idleSeconds = Seconds(session.IdleEndsAt - session.AsOf), hardSeconds = Seconds(session.HardEndsAt - session.AsOf),
            mode = session.Mode.ToString().ToLowerInvariant(), modeWord = ModeWord(context, session.Mode), raisedSeconds = session.Modes.RaisedUntil is { } until ? Seconds(until - session.AsOf) : (int?)null,
        });

    // As the bar says it, to the operator.
    private static string ModeWord(HttpContext context, Mode mode)
    {
        using var spoken = Spoken.ToOperator(context);
        return AssistedBar.WordOf(mode);
    }

    private static async Task<IResult> EndFromDesk(HttpContext context, AssistedSessions sessions, AssistedSessionQueries queries, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await EndOwn(context, sessions, queries, OperatorKey.Of(context.Caller().Staff!.Id), form["session"]);
        return SeeOther(context, ReturnPath.Desk);
    }

    /// <summary>Ends what an operator runs himself, from outside of it: the session of a handle, or all where none is named.</summary>
    internal static async Task EndOwn(HttpContext context, AssistedSessions sessions, AssistedSessionQueries queries, OperatorKey actor, string? handle)
    {
        foreach (var running in await queries.RunningOf(actor, context.RequestAborted))
        {
            if (string.IsNullOrEmpty(handle) || running.Handle == handle)
            {
                await sessions.End(context.Caller(), new AssistedSessionId(running.Id), "operator", context.RequestAborted);
                if (context.Caller().Staff is not null)
                {
                    SessionOver.Tell(context, new AssistedSessionId(running.Id));
                }

                Cookies.Take(context, Cookies.Assist(running.Handle));
                context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
            }
        }
    }

    private static async Task<IResult> WithdrawLink(HttpContext context, Guid id, AssistLinks links, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return (await links.Withdraw(context.Caller(), id, context.RequestAborted)).Refusal is { } refusal
            ? Refuse(context, refusal)
            : SeeOther(context, ReturnPath.Of(form["back"], ReturnPath.Desk));
    }

    /// <param name="ofStaff">The session of a staff member; null of a colleague.</param>
    private static IResult Return(HttpContext context, string path, AssistedSessionId? ofStaff)
    {
        if (ofStaff is not { } over)
        {
            return SeeOther(context, ReturnPath.Landing(path, ReturnPath.Dashboard));
        }

        var page = ReturnPath.Of(path, ReturnPath.Desk);
        if (context.RequestServices.GetRequiredService<Hosts>() is { AreSeparate: true } hosts)
        {
            return SeeOther(context, hosts.StaffOrigin(context.Request) + page);
        }

        context.Response.Cookies.Append(ReturnPath.Cookie, page, new CookieOptions
        {
            HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = TimeSpan.FromSeconds(20), IsEssential = true,
        });
        SessionOver.Tell(context, over);
        return SeeOther(context, page);
    }

    private static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static IResult Refuse(HttpContext context, Refusal refusal)
    {
        Refusals.Leave(context, refusal);
        return Results.StatusCode(Refusals.StatusOf(refusal));
    }

    private static bool IsPlain(string page) =>
        page.Length is > 0 and < 1_000 && page[0] == '/' && !page.StartsWith("//", StringComparison.Ordinal) && !page.Any(c => c is '\\' or <= ' ' or > '~');

    private static int Seconds(TimeSpan left) => Math.Max(0, (int)left.TotalSeconds);

    // Addresses that people and bookmarks of an older shop know.
    private static void Move(IEndpointRouteBuilder routes, string from, string to) =>
        routes.MapGet(from, () => Results.Redirect(to, permanent: true)).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Allow), new UnseenAttribute("leads elsewhere"));
}
