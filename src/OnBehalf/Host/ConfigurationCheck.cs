using System.Globalization;
using System.Net;
using System.Net.Mail;
using OnBehalf.Data;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Payments;

namespace OnBehalf.Host;

/// <summary>The configuration of this installation cannot be used; the message names every key that is wrong and what it accepts, and no value.</summary>
public sealed class ConfigurationException(IEnumerable<string> faults) : Exception(string.Join(Environment.NewLine, faults));

/// <summary>Looks at the whole configuration before anything starts, so that a slip of the pen is a sentence and not a stack trace an hour later.</summary>
public static class ConfigurationCheck
{
    /// <summary>Throws <see cref="ConfigurationException"/> when something is wrong.</summary>
    public static void Demand(IConfiguration configuration)
    {
        var faults = Faults(configuration).ToList();
        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }
    }

    private static IEnumerable<string> Faults(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Shop") is { Length: > 0 } connection && !IsDatabase(connection))
        {
            yield return "ConnectionStrings__Shop is neither 'Data Source=…' (SQLite) nor 'Host=…;Database=…' (PostgreSQL).";
        }

        foreach (var proxy in (configuration["ForwardedHeaders:KnownProxies"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IPAddress.TryParse(proxy, out _))
            {
                yield return $"ForwardedHeaders__KnownProxies: '{proxy}' is no IP address. Several stand with ; between.";
            }
        }

        foreach (var name in new[] { "AllowInsecureHttp", "Smtp:UseTls" })
        {
            if (configuration[name] is { Length: > 0 } text && !bool.TryParse(text, out _))
            {
                yield return $"{Written(name)} is neither true nor false.";
            }
        }

        foreach (var (name, most) in new[] { ("Smtp:Port", 65_535), ("Limits:SignInsPerMinute", 1_000_000), ("Limits:LogFilesPerMinute", 1_000_000_000) })
        {
            if (configuration[name] is { Length: > 0 } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > most))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{Written(name)} is no whole number from 1 to {most:N0}.");
            }
        }

        if (configuration["Metrics:Token"] is { Length: > 0 and < MetricsToken.Least })
        {
            yield return $"Metrics__Token is shorter than {MetricsToken.Least} characters.";
        }

        foreach (var fault in HostFaults(configuration["Hosts:Staff"], configuration["Hosts:Shop"]))
        {
            yield return fault;
        }

        if (configuration["Smtp:From"] is { Length: > 0 } from && !MailAddress.TryCreate(from, out _))
        {
            yield return "Smtp__From is no mail address.";
        }

        foreach (var fault in ProviderSettings.Faults(configuration).Concat(PaySettings.Faults(configuration)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> HostFaults(string? staff, string? shop)
    {
        if (string.IsNullOrWhiteSpace(staff) != string.IsNullOrWhiteSpace(shop))
        {
            yield return $"{(string.IsNullOrWhiteSpace(staff) ? "Hosts__Staff" : "Hosts__Shop")} is not set, and the other one is: name both hosts, or none.";
            yield break;
        }

        foreach (var (key, name) in new[] { ("Hosts__Staff", staff), ("Hosts__Shop", shop) })
        {
            if (!string.IsNullOrWhiteSpace(name) && !Hosts.IsName(name.Trim()))
            {
                yield return $"{key} is no host name like staff.example.com, perhaps with a port.";
            }
        }

        // Cookies do not tell ports apart.
        if (!string.IsNullOrWhiteSpace(staff) && !string.IsNullOrWhiteSpace(shop)
            && string.Equals(new HostString(staff.Trim()).Host, new HostString(shop.Trim()).Host, StringComparison.OrdinalIgnoreCase))
        {
            yield return "Hosts__Staff and Hosts__Shop are the same name: leave both out for one host.";
        }
    }

    private static string Written(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    private static bool IsDatabase(string connection)
    {
        try
        {
            Database.KindOf(connection);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
