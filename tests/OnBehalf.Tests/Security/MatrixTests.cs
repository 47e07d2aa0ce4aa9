using System.Net;
using System.Text;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Security;

/// <summary>
/// Every endpoint for every kind of person, held against `Security/matrix.md`. After a deliberate change run this test with ONBEHALF_WRITE_MATRIX=1 and
/// read the difference as a reviewer would.
/// </summary>
public sealed class MatrixTests
{
    private static readonly string File = Repository.PathTo("tests", "OnBehalf.Tests", "Security", "matrix.md");

    private static readonly (string Name, Func<TestShop, Task<Visitor>> Enter)[] Principals =
    [
        ("anonymous", shop => Task.FromResult(shop.Anonymous())),
        ("buyer", shop => shop.As("ines")),
        ("colleague", shop => shop.As("jonas")),
        ("viewer", shop => shop.As("lena")),
        ("other buyer", shop => shop.As("paul")),
        ("consumer", shop => shop.As("carla")),
        ("rep", shop => shop.As("karim")),
        ("other rep", shop => shop.As("rosa")),
        ("telesales", shop => shop.As("tom")),
        ("support", shop => shop.As("sam")),
        ("supervisor", shop => shop.As("vera")),
        ("admin", shop => shop.As("ada")),
        ("assisted", async shop => await (await shop.As("karim")).Assisting("ines")),
        ("assisted view", async shop => await (await shop.As("karim")).Assisting("ines", Mode.View)),
        ("colleague's session", async shop => await (await shop.As("mira")).AssistingColleague("ines")),
        ("company's session", async shop => await (await shop.As("karim")).Assisting(Characters.Nordlicht)),
        ("ended session", EndedSession),
    ];

    [Fact]
    public async Task Every_endpoint_answers_every_person_as_the_matrix_says()
    {
        await using var first = await TestShop.Start();
        await MatrixSample.Enter(first);
        var endpoints = await ListedEndpoint.All(first);
        var table = new StringBuilder();
        table.AppendLine("| endpoint | " + string.Join(" | ", Principals.Select(principal => principal.Name)) + " |");
        table.AppendLine("|---|" + string.Concat(Enumerable.Repeat("---|", Principals.Length)));
        foreach (var endpoint in endpoints)
        {
            var cells = new List<string>();
            // What unsafe requests did must not colour the answers of other endpoints.
            var shop = endpoint.IsSafe ? first : await TestShop.Start();
            if (!endpoint.IsSafe)
            {
                await MatrixSample.Enter(shop);
            }

            foreach (var (_, enter) in Principals)
            {
                cells.Add(await Ask(await Fresh(shop, enter), endpoint));
            }

            if (!endpoint.IsSafe)
            {
                await shop.DisposeAsync();
            }

            table.AppendLine($"| {endpoint} | {string.Join(" | ", cells)} |");
        }

        if (Environment.GetEnvironmentVariable("ONBEHALF_WRITE_MATRIX") == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, table.ToString());
        }

        Assert.Equal(await System.IO.File.ReadAllTextAsync(File), table.ToString());
    }

    private static async Task<Visitor> Fresh(TestShop shop, Func<TestShop, Task<Visitor>> enter)
    {
        await shop.Sql("update assisted_session set status = 'ended'");
        return await enter(shop);
    }

    private static async Task<Visitor> EndedSession(TestShop shop)
    {
        var karim = await (await shop.As("karim")).Assisting("ines");
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");
        return karim;
    }

    private static async Task<string> Ask(Visitor visitor, ListedEndpoint endpoint)
    {
        var path = MatrixSample.PathOf(endpoint.Pattern);

        // In a session only the Buyer Portal lies under the session's path; a staff page is asked for where it is.
        var isStaffs = path.StartsWith("/staff", StringComparison.Ordinal) || path.StartsWith("/admin", StringComparison.Ordinal);
        var answer = endpoint.IsSafe ? await visitor.Get(path)
            : await visitor.Post(path, [], from: isStaffs && visitor.PathBase.Length == 0 ? "/staff/no-such-page" : "/no-such-page");
        return answer.Status switch
        {
            HttpStatusCode.OK => "ok",
            HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.MovedPermanently when answer.Location!.Contains("/login?") => "sign in",
            HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.MovedPermanently => "redirect",
            HttpStatusCode.Forbidden => "no",
            HttpStatusCode.NotFound => "not found",
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => "invalid",
            HttpStatusCode.Conflict => "conflict",
            var other => ((int)other).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
