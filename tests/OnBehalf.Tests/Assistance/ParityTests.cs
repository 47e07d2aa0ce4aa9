using System.Text.RegularExpressions;
using AngleSharp.Dom;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>An operator sees what the buyer sees. The endpoints are the server's own list, so a new one is held to it without being named here.</summary>
public sealed partial class ParityTests
{
    /// <summary>What is asked for besides the bare path: where the same page shows more.</summary>
    private static readonly string[] Questions = ["/search?q=drill", "/search?q=p-1", "/products?sort=name", "/category/tools", "/product/none", "/account/orders?q=none"];

    /// <summary>What is for the buyer alone, and is not shown where it would be refused.</summary>
    private static readonly HashSet<string> Closed =
    [
        "Change address", "/account/email", "Change password", "/account/password", "Close this account", "Your orders stay; nobody signs in any more.",
        "Close account", "/account/delete", "Where you are signed in", "Browsers that are open with your account.", "Look", "/account/sign-ins",
        "Your data", "How long what is kept, and how to be forgotten.", "/account/privacy",
        "Newsletter and privacy", "What you get by mail, and what we remember for you.", "/account/preferences",
        "ines@buyers.example", "i•••@buyers.example", "People of the company", "/account/company/people",

        // Which of his carts is open is his own business.
        "Your carts", "/cart/all", "post /cart/all",

        // The session says whose address it would be, by her name.
        "Only for me",
    ];

    /// <summary>Says "you" to the buyer and his name to the operator, and ends sessions for the buyer alone: held to that by its own tests.</summary>
    private const string Spoken = "account/assistance";

    [Fact]
    public async Task Pitfall13_What_the_buyer_gets_is_what_a_session_gets_with_the_bar_around_it()
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        var ines = await shop.As("ines");
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        var inside = await (await shop.As("karim")).Assisting("ines");
        var asked = (await ListedEndpoint.All(shop))
            .Where(endpoint => endpoint.IsSafe && !NotOfBuyers().IsMatch(endpoint.Pattern) && !endpoint.Pattern.StartsWith(Spoken, StringComparison.Ordinal))
            .Select(endpoint => (Path: MatrixSample.PathOf(endpoint.Pattern), endpoint.Access))
            .Concat(Questions.Select(path => (Path: path, Access: (AccessAttribute?)null)));
        var (compared, complaints) = (0, new List<string>());
        foreach (var (path, access) in asked)
        {
            var own = await ines.Get(path);
            var assisted = await inside.Get(path);
            if (access?.Delegation == Delegation.Deny)
            {
                Complain(path, assisted.Response.IsSuccessStatusCode, "is declared as closed and is open");
                continue;
            }

            Complain(path, own.Status != assisted.Status, $"answers {own.Status} to her and {assisted.Status} in the session");
            Complain(path, own.Location != assisted.Location?.Replace(Base(assisted), "", StringComparison.Ordinal), $"leads her to {own.Location} and the session to {assisted.Location}");
            if (own.Location is null)
            {
                compared++;
                var (hers, theirs) = (Content(own), Content(assisted));
                Complain(path, hers.Except(theirs) is var missing && missing.Any(), $"keeps from the session: {string.Join(" | ", missing)}");
                Complain(path, theirs.Except(hers) is var more && more.Any(), $"shows to the session alone: {string.Join(" | ", more)}");
            }
        }

        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
        Assert.InRange(compared, 15, int.MaxValue);

        void Complain(string what, bool isWrong, string words)
        {
            if (isWrong)
            {
                complaints.Add($"{what} {words}");
            }
        }
    }

    /// <summary>
    /// What a page says, offers and leads to, without what must differ: the path of the session, one-time tokens and keys of forms, headings (which name the
    /// buyer to the operator), remarks to the operator (which name him too), why a price counts (told to staff alone) and what is closed to a session.
    /// </summary>
    private static HashSet<string> Content(Answer answer)
    {
        if (answer.Response.Content.Headers.ContentType?.MediaType != "text/html")
        {
            return [answer.Text];
        }

        var main = answer.Document.QuerySelector("main")!;
        main.QuerySelectorAll("h1, input[type=hidden], .price-why").ToList().ForEach(element => element.Remove());
        var shown = main.Descendants<IText>().Select(text => text.Text)
            .Concat(main.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!))
            .Concat(main.QuerySelectorAll("form").Select(form => $"{form.GetAttribute("method")} {form.GetAttribute("action")}"))
            .Concat(main.QuerySelectorAll("input, select, textarea, button").Select(field => $"{field.GetAttribute("name")}={field.GetAttribute("value")}"))
            .Select(text => Spaces().Replace(text.Replace(Base(answer), "", StringComparison.Ordinal), " ").Trim());
        return [.. shown.Where(text => text.Length > 0 && !text.Contains("Ines Albrecht", StringComparison.Ordinal) && !Closed.Contains(text))];
    }

    private static string Base(Answer answer) => SessionPath().Match(answer.Response.RequestMessage!.RequestUri!.AbsolutePath) is { Success: true } match ? match.Value : "/as/none";

    [GeneratedRegex("^(staff|admin|api/staff|assisted-session)(/|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex NotOfBuyers();

    [GeneratedRegex("^/as/[a-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex SessionPath();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
