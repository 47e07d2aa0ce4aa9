using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Errors;

/// <summary>Every "no" as a page: what, why, and what to do now. In a session it carries the assisted bar like any other page.</summary>
[Access(Audience.Everybody, Delegation.Allow, Mode = Kernel.Mode.View)]
[IgnoreAntiforgeryToken]
public sealed class ErrorPage(AssistedSessionQueries sessions) : ShopPage
{
    public string Title { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    public string Code { get; private set; } = "";

    public IReadOnlyList<(string Href, string Words)> WaysOn { get; private set; } = [];

    public async Task<IActionResult> OnGet(int status)
    {
        // The page from which a session began is gone, or no longer his: the operator is still brought back to where he can go on.
        if (status is 403 or 404 && HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } asked && ReturnPath.IsReturning(Request, asked))
        {
            Response.Cookies.Delete(ReturnPath.Cookie);
            return Redirect(ReturnPath.Desk);
        }

        return await Answer(status);
    }

    public Task<IActionResult> OnPost(int status) => Answer(status);

    private async Task<IActionResult> Answer(int status)
    {
        if (status == StatusCodes.Status500InternalServerError && IsOfDatabase(HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error))
        {
            // It may be well again in a moment: a full disk, a lost connection, a log that takes nothing.
            status = Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "10";
        }

        await Describe(status);
        if (!Refusals.WantsJson(Request))
        {
            return Page();
        }

        await Refusals.Problem(HttpContext, Code, Sentence, Refusals.Of(HttpContext)?.Field);
        return new EmptyResult();
    }

    private async Task Describe(int status)
    {
        var refusal = Refusals.Of(HttpContext);
        Title = status switch
        {
            400 => Say("That did not work"),
            403 => Say("Not possible"),
            404 => Say("Not found"),
            409 => Say("Changed meanwhile"),
            429 => Say("Too many tries"),
            503 => Say("Not possible just now"),
            >= 500 => Say("Something broke on our side"),
            _ => Say("That did not work"),
        };
        Sentence = refusal?.Sentence.ToString() ?? status switch
        {
            400 => Say("This form is out of date: you signed in, signed out or changed sessions since it was opened. Nothing was changed. Open the page again and retry."),
            404 => Say("There is nothing here, or it is not yours to see."),
            429 => Say($"That was too often in a short time. Try again {Wait()}."),
            503 => Say("It could not be stored, or not be written down who did it. Nothing was changed. Try again in a moment."),
            >= 500 => Say("Nothing was changed. Try again; if it stays, tell the administrator and give him the time of day."),
            _ => Say("The request could not be understood. Nothing was changed."),
        };
        Code = refusal?.Code ?? $"http.{status}";
        WaysOn = refusal == AccessGate.Elsewhere ? [("/staff/sessions/elsewhere" + QueryString.Create("session", Request.PathBase.Value![("/as/".Length)..]), Say("It is me"))]
            : refusal == AccessGate.PageClosed ? [(Request.PathBase + "/account", Say("Go to the dashboard"))]
            : refusal == Authority.SessionOver ? [await WayBack()]
            : refusal == AccessGate.SignInNeeded || refusal == Authority.SignInOver ? [SignInAgain(Referer())]
            : HttpContext.Surface() switch
            {
                Surface.Staff => [("/staff", Say("Go to your desk"))],
                Surface.BackOffice when Caller.May(Kernel.Right.BackOffice) => [("/admin", Say("Go to the Back Office")), ("/staff", Say("Go to your desk"))],
                Surface.BackOffice => [("/staff", Say("Go to your desk"))],
                _ when Caller.IsClosed(ClosablePage.CatalogView) => [(Request.PathBase + "/account", Say("Go to the dashboard"))],
                _ => [(Request.PathBase + "/", Say("Go to the catalogue"))],
            };
    }

    private static bool IsOfDatabase(Exception? error) => error is DbException || error?.InnerException is DbException;

    private string Wait() => int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 90
        ? Say($"in {(seconds + 59) / 60} minutes")
        : Say("in a minute");

    // From a session that is over its operator goes back to where he began, after signing in again if he has to.
    private async Task<(string Href, string Words)> WayBack()
    {
        var handle = Request.PathBase.Value?.Split('/')[^1] ?? "";
        if (Cookies.Hash(Request, Cookies.Assist(handle)) is not { } hash || await sessions.WayBackOf(handle, hash, Cancel) is not { } back)
        {
            return ("/staff", "Go to your desk");
        }

        if (back.IsSignedIn)
        {
            return (back.ReturnPath, Say("Go back to where you began"));
        }

        var login = back.IsStaff ? "/staff/account/login" : "/account/login";
        Sentence = Say("Your sign-in is over, and the assisted session with it. Nothing was changed. After signing in again you are where you began.");
        return (login + QueryString.Create("returnUrl", back.ReturnPath), Say("Sign in again"));
    }

    private (string Href, string Words) SignInAgain(string? page) =>
        ((HttpContext.Surface() == Surface.Shop ? "/account/login" : "/staff/account/login") + (page is null ? "" : QueryString.Create("returnUrl", page)), Say("Sign in"));

    // A form that came too late leads back to its own page; whether that may be is judged when he has signed in.
    private string? Referer() =>
        Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == Request.Host.Value ? page.PathAndQuery : null;
}
