namespace OnBehalf.Host;

/// <summary>
/// The names under which the product answers. One host for everything is the default; with `Hosts:Staff` and `Hosts:Shop` the Sales Portal and the Back
/// Office answer under the one, the Buyer Portal and its sessions under the other, and cookies of the one never reach the other.
/// </summary>
public sealed class Hosts(IConfiguration configuration)
{
    private readonly HostString? _staff = Named(configuration["Hosts:Staff"]);
    private readonly HostString? _shop = Named(configuration["Hosts:Shop"]);

    public bool AreSeparate => _staff is not null && _shop is not null;

    public bool IsStaff(HttpRequest request) => Is(_staff, request);

    public bool IsShop(HttpRequest request) => Is(_shop, request);

    /// <summary>`https://staff.example.com`: in the scheme of the request, and with its port when none is configured.</summary>
    public string StaffOrigin(HttpRequest request) => Origin(_staff, request);

    public string ShopOrigin(HttpRequest request) => Origin(_shop, request);

    /// <summary>A host name, perhaps with a port, and nothing else.</summary>
    internal static bool IsName(string text) =>
        Uri.TryCreate("http://" + text, UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && !text.EndsWith('/')
        && Uri.CheckHostName(uri.Host.Trim('[', ']')) != UriHostNameType.Unknown && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']');

    private static HostString? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : new HostString(text.Trim());

    private static bool Is(HostString? host, HttpRequest request) =>
        host is { } name && string.Equals(name.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase) && (name.Port is null || name.Port == request.Host.Port);

    private static string Origin(HostString? host, HttpRequest request)
    {
        var name = host ?? request.Host;
        return name.Port is null && request.Host.Port is { } port ? $"{request.Scheme}://{name.Host}:{port}" : $"{request.Scheme}://{name}";
    }
}

/// <summary>Lets each surface answer on its own host alone: elsewhere a page leads there, and a form finds nothing.</summary>
public sealed class HostGate(RequestDelegate next, Hosts hosts)
{
    private static readonly string[] OfStaff = ["/staff", "/admin", "/b2b_platform"];
    private static readonly string[] OfBoth = ["/lib", "/assets", "/pictures", "/error", "/health", "/metrics", "/robots.txt", "/log"];

    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (!hosts.AreSeparate || OfBoth.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return next(context);
        }

        var isStaffs = OfStaff.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
        if (isStaffs ? hosts.IsStaff(request) : hosts.IsShop(request))
        {
            return next(context);
        }

        var isOurs = isStaffs ? hosts.IsShop(request) : hosts.IsStaff(request);
        if (!isOurs || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Who types the name of the staff host wants to work.
        context.Response.Redirect(request.Path == "/" ? "/staff"
            : (isStaffs ? hosts.StaffOrigin(request) : hosts.ShopOrigin(request)) + request.Path.ToUriComponent() + request.QueryString);
        return Task.CompletedTask;
    }
}
