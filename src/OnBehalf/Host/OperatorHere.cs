using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Host;

/// <summary>
/// Whether somebody of the seller is signed in in this browser, for pages of the shop itself, which otherwise know no staff. It opens nothing. With one host the cookie of
/// his sign-in says so; where staff and shop have host names of their own that stays on the other one, and here the first start that arrives leaves a mark of the sign-in
/// under which it was made. Either counts as long as that sign-in does.
/// </summary>
public static class OperatorHere
{
    /// <summary>The cookie on the shop host: under which sign-in somebody has acted for a customer in this browser.</summary>
    public const string Mark = "operator";

    public static void Give(HttpContext context, SignInId signIn) => Cookies.Give(context, Mark, signIn.Value.ToString("N"), TimeSpan.FromHours(12));

    public static async Task<bool> Is(HttpContext context)
    {
        // A page that says what failed asks nothing of the database.
        if (context.Surface() != Surface.Shop || context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            return false;
        }

        var (services, request) = (context.RequestServices, context.Request);
        if (!services.GetRequiredService<Hosts>().AreSeparate)
        {
            return Cookies.Hash(request, Cookies.Staff) is { } hash && await services.GetRequiredService<SignInQueries>().IsStaff(hash, context.RequestAborted);
        }

        if (Cookies.Of(request, Mark) is not { } mark)
        {
            return false;
        }

        var isHere = Guid.TryParseExact(mark, "N", out var id) && await services.GetRequiredService<SignInQueries>().IsStaff(new SignInId(id), context.RequestAborted);
        if (!isHere && !context.Response.HasStarted)
        {
            Cookies.Take(context, Mark);
        }

        return isHere;
    }
}
