namespace OnBehalf.Host;

/// <summary>Headers of every answer: nothing inline, nothing framed, nothing kept of pages that show somebody's data.</summary>
public sealed class SecurityHeaders(RequestDelegate next, Hosts hosts)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'";

    public Task Invoke(HttpContext context)
    {
        var headers = context.Response.Headers;

        // The form that ends a session is answered with the way back to the staff host.
        headers.ContentSecurityPolicy = hosts.AreSeparate && context.Request.Path.StartsWithSegments("/as") ? With(hosts.StaffOrigin(context.Request)) : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    }

    /// <summary>Lets a form of this answer go to one other host, which learns from where it came and not from which page.</summary>
    public static void AllowForm(HttpContext context, string origin)
    {
        context.Response.Headers.ContentSecurityPolicy = With(origin);
        context.Response.Headers["Referrer-Policy"] = "strict-origin";
    }

    /// <summary>Lets a form of this answer that carries nothing but what somebody looks for go to one other host.</summary>
    public static void AllowSearch(HttpContext context, string origin) => context.Response.Headers.ContentSecurityPolicy = With(origin);

    private static string With(string origin) => Policy.Replace("form-action 'self'", $"form-action 'self' {origin}", StringComparison.Ordinal);
}
