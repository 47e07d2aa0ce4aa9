using System.Net;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// The external sign-in of staff (OpenID Connect), as the installation is configured: `StaffProvider:…`. The secret stands in the configuration and nowhere
/// else. Without an issuer there is none.
/// </summary>
public sealed record ProviderSettings(
    Uri Issuer, string ClientId, string? ClientSecret, string Name, string Scopes, string GroupClaim, IReadOnlyList<(StaffRole Role, string Group)> Groups,
    bool CreatesStaff, bool IsSecondFactorTrusted, IReadOnlyList<string> Hosts, string? EmergencyAdministrator)
{
    /// <summary>The issuer exactly as it must stand in tokens.</summary>
    public string IssuerText => Issuer.OriginalString;

    public static ProviderSettings? Of(IConfiguration configuration)
    {
        if (configuration["StaffProvider:Issuer"] is not { Length: > 0 } issuer || !Uri.TryCreate(issuer, UriKind.Absolute, out var uri))
        {
            return null;
        }

        return new ProviderSettings(
            uri, configuration["StaffProvider:ClientId"] ?? "", configuration["StaffProvider:ClientSecret"] is { Length: > 0 } secret ? secret : null,
            configuration["StaffProvider:Name"] ?? uri.Host, configuration["StaffProvider:Scopes"] ?? "openid profile email",
            configuration["StaffProvider:GroupClaim"] ?? "groups", [.. GroupsOf(configuration)], configuration["StaffProvider:CreatesStaff"] == "true",
            configuration["StaffProvider:SecondFactor"] == "provider", [uri.Host, .. Parts(configuration["StaffProvider:Hosts"])],
            EmailAddress.TryParse(configuration["StaffProvider:EmergencyAdministrator"], out var emergency) ? emergency.Normalized : null);
    }

    /// <summary>What is wrong with the configuration, a sentence each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        if (configuration["StaffProvider:Issuer"] is not { Length: > 0 } issuer)
        {
            yield break;
        }

        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || !IsSafe(uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            yield return "StaffProvider__Issuer is no https address of an issuer (plain http only on this machine itself).";
        }

        if (string.IsNullOrWhiteSpace(configuration["StaffProvider:ClientId"]))
        {
            yield return "StaffProvider__ClientId is missing: the name of this shop at the issuer.";
        }

        if (!GroupsOf(configuration).Any())
        {
            yield return "StaffProvider__Administrator, __Supervisor, __SupportAgent, __SalesRep, __TelesalesOperator: name at least one group, or nobody gets in.";
        }

        if (configuration["StaffProvider:Scopes"] is { Length: > 0 } scopes && !scopes.Split(' ').Contains("openid"))
        {
            yield return "StaffProvider__Scopes must contain openid.";
        }

        if (configuration["StaffProvider:CreatesStaff"] is { Length: > 0 } creates && creates is not ("true" or "false"))
        {
            yield return "StaffProvider__CreatesStaff is neither true nor false.";
        }

        if (configuration["StaffProvider:SecondFactor"] is { Length: > 0 } second && second is not ("own" or "provider"))
        {
            yield return "StaffProvider__SecondFactor is neither own nor provider.";
        }

        if (configuration["StaffProvider:EmergencyAdministrator"] is { Length: > 0 } emergency && !EmailAddress.TryParse(emergency, out _))
        {
            yield return "StaffProvider__EmergencyAdministrator is no e-mail address.";
        }
    }

    /// <summary>The one administrator who comes in by password also when that is switched off; only who runs the server names him.</summary>
    public bool IsEmergency(StaffRow staff) => staff.Role == StaffRole.Administrator && staff.EmailNormalized == EmergencyAdministrator;

    /// <summary>The role of somebody with these groups, the mightiest first; null when none of them means anything here.</summary>
    public StaffRole? RoleOf(IReadOnlyCollection<string> groups) =>
        Groups.Where(mapped => groups.Contains(mapped.Group, StringComparer.Ordinal)).Select(mapped => (StaffRole?)mapped.Role).FirstOrDefault();

    /// <summary>Whether the shop may ask there: the issuer's host or one that is named beside it, over TLS but for this machine.</summary>
    public bool MayAsk(Uri address) => IsSafe(address) && Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);

    private static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))));

    private static IEnumerable<(StaffRole Role, string Group)> GroupsOf(IConfiguration configuration) =>
        from mapped in new[]
        {
            (StaffRole.Administrator, configuration["StaffProvider:Administrator"]), (StaffRole.Supervisor, configuration["StaffProvider:Supervisor"]),
            (StaffRole.SupportAgent, configuration["StaffProvider:SupportAgent"]), (StaffRole.SalesRep, configuration["StaffProvider:SalesRep"]),
            (StaffRole.TelesalesOperator, configuration["StaffProvider:TelesalesOperator"]),
        }
        from part in Parts(mapped.Item2)
        select (mapped.Item1, part);

    private static string[] Parts(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
