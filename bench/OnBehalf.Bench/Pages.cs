using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace OnBehalf.Bench;

/// <summary>A page as a browser has it, no more of it parsed than the next step needs.</summary>
internal sealed partial record BenchPage(string Path, HttpStatusCode Status, string? Location, string Html)
{
    /// <summary>The fields of the first form whose opening tag (or what follows it) holds a text, as a browser would send them.</summary>
    public List<KeyValuePair<string, string>> Form(string holds)
    {
        for (var start = Html.IndexOf("<form", StringComparison.Ordinal); start >= 0; start = Html.IndexOf("<form", start + 5, StringComparison.Ordinal))
        {
            var end = Html.IndexOf("</form>", start, StringComparison.Ordinal);
            var form = Html.AsSpan(start, end - start);
            if (form.Contains(holds, StringComparison.Ordinal))
            {
                return Fields(Html.Substring(start, end - start));
            }
        }

        throw new InvalidOperationException($"No form with '{holds}' on {Path} ({(int)Status}):\n{Html}");
    }

    /// <summary>The first link that begins so.</summary>
    public string Link(string begins)
    {
        var start = Html.IndexOf($"href=\"{begins}", StringComparison.Ordinal);
        return start < 0
            ? throw new InvalidOperationException($"No link to {begins} on {Path} ({(int)Status}):\n{Html}")
            : WebUtility.HtmlDecode(Html[(start + 6)..Html.IndexOf('"', start + 6)]);
    }

    private static List<KeyValuePair<string, string>> Fields(string form)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match match in Input().Matches(form))
        {
            var tag = match.Value;
            var type = Attribute(tag, "type");
            if (Attribute(tag, "name") is { } name && type is not ("submit" or "button") && (type is not ("checkbox" or "radio") || tag.Contains(" checked", StringComparison.Ordinal)))
            {
                fields.Add(new(name, Attribute(tag, "value") ?? ""));
            }
        }

        foreach (Match match in Select().Matches(form))
        {
            var options = match.Groups["options"].Value;
            var chosen = Option().Matches(options).Select(option => option.Value).ToList();
            if (Attribute(match.Groups["tag"].Value, "name") is { } name && chosen.Count > 0)
            {
                fields.Add(new(name, Attribute(chosen.Find(option => option.Contains(" selected", StringComparison.Ordinal)) ?? chosen[0], "value") ?? ""));
            }
        }

        return fields;
    }

    private static string? Attribute(string tag, string name)
    {
        var start = tag.IndexOf($" {name}=\"", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 3;
        return WebUtility.HtmlDecode(tag[start..tag.IndexOf('"', start)]);
    }

    [GeneratedRegex("<input[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Input();

    [GeneratedRegex("(?<tag><select[^>]*>)(?<options>.*?)</select>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}

/// <summary>The browser of one operator: one connection, its own cookies, no redirect followed by itself.</summary>
internal sealed class BenchBrowser(Uri address) : IDisposable
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };

    /// <summary>Gets a page; anything but 200 or a redirect is a fault of the run.</summary>
    public Task<BenchPage> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<BenchPage> Post(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Another connection of the same browser.</summary>
    public BenchBrowser Twin()
    {
        var twin = new BenchBrowser(address);
        foreach (var (name, value) in _cookies)
        {
            twin._cookies[name] = value;
        }

        return twin;
    }

    /// <summary>The same page again and again; how long each took, in ms.</summary>
    public async Task<List<double>> Repeat(string path, TimeSpan time)
    {
        var times = new List<double>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            var start = Stopwatch.GetTimestamp();
            await Get(path);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    public void Dispose() => _client.Dispose();

    private async Task<BenchPage> Send(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var response = await _client.SendAsync(request);
        Keep(response);
        var page = new BenchPage(request.RequestUri!.OriginalString, response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync());
        return (int)page.Status is 200 or 302 or 303
            ? page
            : throw new InvalidOperationException($"{request.Method} {page.Path} answered {(int)page.Status}:\n{page.Html}");
    }

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie[..cookie.IndexOf(';')].Split('=', 2);
            if (pair[1].Length == 0)
            {
                _cookies.Remove(pair[0]);
            }
            else
            {
                _cookies[pair[0]] = pair[1];
            }
        }
    }
}
