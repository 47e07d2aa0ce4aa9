using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using OnBehalf.Kernel;

namespace OnBehalf.Tests.Support;

/// <summary>A browser of one person: keeps cookies, follows no redirect by itself, fills forms as they are on the page.</summary>
public sealed class Visitor(TestShop shop, HttpMessageHandler handler, string pathBase)
{
    private readonly HttpClient _client = new(handler, disposeHandler: false) { BaseAddress = new Uri("http://localhost") };

    public TestShop Shop => shop;

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Headers that this browser sends with everything: its name, and what somebody might forge.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? Character { get; set; }

    public SignInId SignIn { get; set; }

    /// <summary>The session in which this browser works, when it does.</summary>
    public AssistedSessionId Session { get; private set; }

    /// <summary>`/as/{handle}` in a session, else empty.</summary>
    public string PathBase => pathBase;

    /// <summary>The same browser inside an assisted session for a buyer, in the mode order unless said otherwise.</summary>
    public async Task<Visitor> Assisting(string buyer, Mode mode = Mode.Order) => Inside(await shop.StartSession(Character!, SignIn, buyer, mode));

    /// <summary>The same for a colleague, by a mandate of their company.</summary>
    public async Task<Visitor> AssistingColleague(string buyer) => Inside(await shop.StartColleagueSession(Character!, SignIn, buyer));

    /// <summary>The same for a company as a whole.</summary>
    public async Task<Visitor> Assisting(CompanyId company) => Inside(await shop.StartSession(Character!, SignIn, company));

    private Visitor Inside((AssistedSessionId Id, string Handle, string Token) session)
    {
        var inside = new Visitor(shop, handler, "/as/" + session.Handle) { Character = Character, SignIn = SignIn, Session = session.Id };
        foreach (var (name, value) in Cookies)
        {
            inside.Cookies[name] = value;
        }

        inside.Cookies[Host.Cookies.Assist(session.Handle)] = session.Token;
        return inside;
    }

    /// <summary>The same browser inside the session to which an address of it leads.</summary>
    public Visitor Inside(string address)
    {
        var inside = new Visitor(shop, handler, string.Join('/', address.Split('/')[..3])) { Character = Character, SignIn = SignIn };
        foreach (var (name, value) in Cookies)
        {
            inside.Cookies[name] = value;
        }

        return inside;
    }

    /// <summary>The same browser, in the same place, whose requests another node answers.</summary>
    public Visitor At(TestShop node)
    {
        var there = new Visitor(node, node.NewHandler(), pathBase) { Character = Character, SignIn = SignIn, Session = Session };
        foreach (var (name, value) in Cookies)
        {
            there.Cookies[name] = value;
        }

        return there;
    }

    public Task<Answer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, PathOf(path)));

    public async Task<Answer> GetJson(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, PathOf(path));
        request.Headers.Add("Accept", "application/json");
        return await Send(request);
    }

    /// <summary>Posts fields with a valid antiforgery token, which is taken from <paramref name="from"/> (by default the page of the same path).</summary>
    public async Task<Answer> Post(string path, IEnumerable<(string Name, string Value)> fields, string? from = null)
    {
        var page = await Get(from ?? path);
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
        return await PostRaw(path, token is null ? fields : fields.Append(("__RequestVerificationToken", token)));
    }

    /// <summary>Posts exactly these fields.</summary>
    public Task<Answer> PostRaw(string path, IEnumerable<(string Name, string Value)> fields)
    {
        var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return Send(new HttpRequestMessage(HttpMethod.Post, PathOf(path)) { Content = content });
    }

    /// <summary>Sends a form of a page as a browser would: with all its fields as they are, but for those given.</summary>
    public Task<Answer> Submit(Answer page, string formSelector, params (string Name, string Value)[] changed)
    {
        var form = page.Document.QuerySelector(formSelector) as IHtmlFormElement
            ?? throw new InvalidOperationException($"No form '{formSelector}' on {page.Path}:\n{page.Html}");
        var fields = new List<(string Name, string Value)>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name.Length: > 0 } input when input.Type is not ("submit" or "button" or "image")
                    && (input.Type is not ("checkbox" or "radio") || input.IsChecked):
                    fields.Add((input.Name, input.Value));
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area:
                    fields.Add((area.Name, area.Value));
                    break;
                case IHtmlSelectElement { Name.Length: > 0 } select:
                    fields.Add((select.Name, select.Value ?? ""));
                    break;
            }
        }

        foreach (var (name, _) in changed)
        {
            fields.RemoveAll(field => field.Name == name);
        }

        var action = form.GetAttribute("action") is { Length: > 0 } given ? given : page.Path;
        return SendForm(action, fields.Concat(changed));
    }

    /// <summary>The page to which an answer redirects.</summary>
    public Task<Answer> Follow(Answer answer) => Send(new HttpRequestMessage(HttpMethod.Get, answer.Location!));

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (shop.Services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer)) is not Microsoft.AspNetCore.TestHost.TestServer)
        {
            request.RequestUri = new Uri(new Uri(shop.Address), request.RequestUri!);
        }

        var response = await _client.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }

        var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.PathAndQuery : request.RequestUri.OriginalString;
        return new Answer(response, path, await response.Content.ReadAsStringAsync());
    }

    private Task<Answer> SendForm(string action, IEnumerable<(string Name, string Value)> fields)
    {
        var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return Send(new HttpRequestMessage(HttpMethod.Post, action) { Content = content });
    }

    private string PathOf(string path) => pathBase + path;
}

/// <summary>What came back.</summary>
public sealed class Answer(HttpResponseMessage response, string path, string html)
{
    private IHtmlDocument? _document;

    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseMessage Response => response;

    public string Path => path;

    public string Html => html;

    public string? Location => response.Headers.Location?.OriginalString;

    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(html);

    /// <summary>What a person reads, with single blanks.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main") ?? Document.DocumentElement).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
