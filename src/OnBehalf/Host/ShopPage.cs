using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>What every page of the three surfaces needs: who is asking, and how to say no.</summary>
public abstract class ShopPage : PageModel
{
    public Caller Caller => HttpContext.Caller();

    /// <summary>The order that the page is about; the event of looking at it names it.</summary>
    public OrderId? Shows { get; protected set; }

    public CancellationToken Cancel => HttpContext.RequestAborted;

    /// <summary>A refusal of this form: an invalid value comes back on its field with the form as it was sent, anything else as its own page.</summary>
    protected IActionResult Refused(Refusal refusal, string prefix = "Input")
    {
        Refusals.Leave(HttpContext, refusal);
        if (refusal.Kind is not (RefusalKind.Invalid or RefusalKind.Conflict))
        {
            return new StatusCodeResult(Refusals.StatusOf(refusal));
        }

        ModelState.AddModelError(refusal.Field is null ? "" : prefix.Length == 0 ? refusal.Field : $"{prefix}.{refusal.Field}", refusal.Sentence);
        Response.StatusCode = Refusals.StatusOf(refusal);
        return Page();
    }

    /// <summary>Several at once, each on its field; at least one.</summary>
    protected IActionResult Refused(IReadOnlyList<Refusal> refusals, string prefix = "Input")
    {
        var answer = Refused(refusals[0], prefix);
        foreach (var refusal in refusals.Skip(1))
        {
            answer = Refused(refusal, prefix);
        }

        return answer;
    }

    /// <summary>What does not exist, or may not be seen.</summary>
    protected IActionResult Missing() => new StatusCodeResult(StatusCodes.Status404NotFound);

    /// <summary>A redirect after a form (303) to a page of this surface; the path base of a session is kept.</summary>
    protected IActionResult SeeOther(string path)
    {
        Response.Headers.Location = Request.PathBase + path;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}
