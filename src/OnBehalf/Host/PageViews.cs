using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// Writes down every page that somebody sees in a session, when it is known what he will see and before a byte of it is sent. What cannot be written is not
/// shown. Parts of pages, pictures and questions of scripts are no pages.
/// </summary>
internal sealed class PageViews(Views views) : IAsyncResultFilter
{
    // Values of routes are numbers and ids of what was found; of anything else only the digest would be kept.
    private const int LongestValue = 80;

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is PageResult && http.Caller() is { IsAssisting: true } caller && !IsAboutAnError(http)
            && !await views.Seen(caller, Viewed(context), http.RequestAborted))
        {
            Refusals.Leave(http, Authority.SessionOver);
            context.Result = new StatusCodeResult(Refusals.StatusOf(Authority.SessionOver));
        }

        await next();
    }

    private static bool IsAboutAnError(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static PageViewed Viewed(ResultExecutingContext context)
    {
        var values = string.Join(' ', context.RouteData.Values.Where(value => value.Key is not ("page" or "area") && value.Value is not null)
            .OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => Short(value.Value!.ToString()!)));
        return new PageViewed(
            (context.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", values.Length == 0 ? default(Code?) : values, (context.Controller as ShopPage)?.Shows);
    }

    private static string Short(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}

/// <summary>In a session somebody saw a page: its route, what its route named, and the order that it is about.</summary>
public sealed record PageViewed(Code Page, Code? What, OrderId? Order) : Fact
{
    public override string Name => "pages.viewed";
}
