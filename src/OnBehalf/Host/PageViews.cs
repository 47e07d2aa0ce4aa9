using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// Writes down every page that somebody sees in a session, when it is known what he will see and before a byte of it is sent. What cannot be written is not
/// shown: pages, files, and answers for programs. What is none of these says why: <see cref="UnseenAttribute"/>.
/// </summary>
internal sealed class PageViews(Views views) : IAsyncResultFilter, IEndpointFilter
{
    // Values of routes are numbers and ids of what was found; of anything else only the digest would be kept.
    private const int LongestValue = 80;

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (IsContent(context.Result, http.Request) && !await MaySee(http, (context.Controller as ShopPage)?.Shows))
        {
            Refusals.Leave(http, Authority.SessionOver);
            context.Result = new StatusCodeResult(Refusals.StatusOf(Authority.SessionOver));
        }

        await next();
    }

    /// <summary>The same for what is no Razor page: `.IsSeen()`.</summary>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (answer is IResult and not (EmptyHttpResult or RedirectHttpResult) && answer is not IStatusCodeHttpResult { StatusCode: >= 300 } && !await MaySee(context.HttpContext, null))
        {
            Refusals.Leave(context.HttpContext, Authority.SessionOver);
            return Results.StatusCode(Refusals.StatusOf(Authority.SessionOver));
        }

        return answer;
    }

    private static bool IsContent(IActionResult result, HttpRequest request) =>
        result is PageResult || (HttpMethods.IsGet(request.Method) && result is PartialViewResult or ViewResult or ViewComponentResult or FileResult or ContentResult or JsonResult or ObjectResult);

    private async Task<bool> MaySee(HttpContext http, OrderId? order) =>
        http.Caller() is not { IsAssisting: true } caller || IsAboutAnError(http) || http.GetEndpoint()?.Metadata.GetMetadata<UnseenAttribute>() is not null
        || await views.Seen(caller, Viewed(http, order), http.RequestAborted);

    private static bool IsAboutAnError(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static PageViewed Viewed(HttpContext http, OrderId? order)
    {
        var values = string.Join(' ', http.GetRouteData().Values.Where(value => value.Key is not ("page" or "area") && value.Value is not null)
            .OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => Short(value.Value!.ToString()!)));
        return new PageViewed(
            (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", values.Length == 0 ? default(Code?) : values, order);
    }

    private static string Short(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}

/// <summary>On an endpoint that sessions may ask for, and whose answer is nothing that somebody sees: with the reason. All others are written down.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnseenAttribute(string why) : Attribute
{
    public string Why => why;
}

/// <summary>What is seen and is no Razor page.</summary>
public sealed class SeenAttribute : Attribute;

internal static class SeenEndpoints
{
    /// <summary>Who gets this in a session has seen it: it is written down before it is sent.</summary>
    public static TBuilder IsSeen<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter<TBuilder, PageViews>().WithMetadata(new SeenAttribute());
}

/// <summary>In a session somebody saw a page: its route, what its route named, and the order that it is about.</summary>
public sealed record PageViewed(Code Page, Code? What, OrderId? Order) : Fact
{
    public override string Name => "pages.viewed";
}
