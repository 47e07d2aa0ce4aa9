using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Errors;

/// <summary>Every "no" as a page: what, why, and what to do now. In a session it carries the assisted bar like any other page.</summary>
[Access(Audience.Everybody, Delegation.Allow, Mode = Kernel.Mode.View)]
[IgnoreAntiforgeryToken]
public sealed class ErrorPage : ShopPage
{
    public string Title { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    public string Code { get; private set; } = "";

    public IReadOnlyList<(string Href, string Words)> WaysOn { get; private set; } = [];

    public IActionResult OnGet(int status)
    {
        // The page from which a session began is gone, or no longer his: the operator is still brought back to where he can go on.
        if (status is 403 or 404 && HttpContext.Surface() is Surface.Staff or Surface.BackOffice && Request.Cookies.ContainsKey(ReturnPath.Cookie))
        {
            Response.Cookies.Delete(ReturnPath.Cookie);
            return Redirect(ReturnPath.Desk);
        }

        Say(status);
        return Page();
    }

    public void OnPost(int status) => Say(status);

    private void Say(int status)
    {
        var refusal = Refusals.Of(HttpContext);
        Title = status switch
        {
            400 => "That did not work",
            403 => "Not possible",
            404 => "Not found",
            409 => "Changed meanwhile",
            429 => "Too many tries",
            >= 500 => "Something broke on our side",
            _ => "That did not work",
        };
        Sentence = refusal?.Sentence ?? status switch
        {
            400 => "This form is out of date: you signed in, signed out or changed sessions since it was opened. Nothing was changed. Open the page again and retry.",
            404 => "There is nothing here, or it is not yours to see.",
            429 => "That was too often in a short time. Wait a minute and try again.",
            >= 500 => "Nothing was changed. Try again; if it stays, tell the administrator and give him the time of day.",
            _ => "The request could not be understood. Nothing was changed.",
        };
        Code = refusal?.Code ?? $"http.{status}";
        var home = Request.PathBase + "/";
        WaysOn = (HttpContext.Surface(), refusal == Authority.SessionOver) switch
        {
            (_, true) => [("/staff", "Go to your desk")],
            (Surface.Staff, _) => [("/staff", "Go to your desk")],
            (Surface.BackOffice, _) => [("/admin", "Go to the Back Office"), ("/staff", "Go to your desk")],
            _ => [(home, "Go to the catalogue")],
        };
    }
}
