using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>The short ways into sessions for tests: through the pages as a person goes, or past them.</summary>
internal static class Sessions
{
    private static readonly Dictionary<string, string> Companies = new()
    {
        ["ines"] = "N-1001", ["jonas"] = "N-1001", ["lena"] = "N-1001", ["mira"] = "N-1001", ["paul"] = "N-1002", ["hanna"] = "N-1003", ["bruno"] = "N-1004",
    };

    public static string PathOf(string buyer) => Companies.TryGetValue(buyer, out var number)
        ? $"/staff/customers/{number}/act/{Characters.MembershipIdOf(buyer)}"
        : $"/staff/consumers/{Characters.MembershipIdOf(buyer)}/act";

    /// <summary>Opens the page of the last step and sends its form.</summary>
    public static async Task<Answer> Begin(Visitor visitor, string buyer, params (string Name, string Value)[] changed)
    {
        var page = await visitor.Get(PathOf(buyer));
        return await visitor.Submit(page, "main form[method=post]", changed);
    }

    /// <summary>Begins, and returns the same browser inside the session.</summary>
    public static async Task<(Visitor Visitor, string Base)> Act(Visitor visitor, string buyer, params (string Name, string Value)[] changed)
    {
        var started = await Begin(visitor, buyer, changed);
        return (visitor, started.Location![..started.Location!.LastIndexOf('/')]);
    }

    public static Task<Answer> End(Visitor visitor, string pathBase) =>
        visitor.Post(pathBase + "/assisted-session/end", [], from: pathBase + "/no-such-page");

    public static SessionRequest Request(string buyer) => new(Characters.MembershipIdOf(buyer), "phone-order", null, null, "/staff", TakeOver: false);

    /// <summary>The caller that a visitor's staff cookie stands for.</summary>
    public static async Task<Caller> CallerOf(Visitor visitor)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(visitor.Cookies[Cookies.Staff]));
        return (await visitor.Shop.Services.GetRequiredService<SignInQueries>().FindStaff(hash, default))!;
    }

    public static AssistedSessions AssistedSessions(this IServiceProvider services) => services.GetRequiredService<Modules.Assistance.AssistedSessions>();
}
