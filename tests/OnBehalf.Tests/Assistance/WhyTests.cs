using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>"Why can A (not) act for B" where A is a buyer: a colleague, or somebody of a dealer. Südwind AG (Paul) is the dealer of Nordlicht GmbH (Ines, Mira, Lena; Jonas runs it).</summary>
public sealed class WhyTests
{
    private const string Mandates = "/account/company/mandates";
    private const string Why = "/account/company/why";

    private static readonly string[] People = ["ines", "jonas", "lena", "mira", "paul", "carla"];

    [Fact]
    public async Task The_answer_is_what_a_start_does_for_everybody_and_everybody()
    {
        await using var shop = await DealerTests.Shop();
        var vera = await shop.As("vera");
        Assert.DoesNotContain(true, (await Compare()).Values);
        await Give(shop, $"membership:{Characters.MembershipIdOf("ines")}", Characters.MembershipIdOf("mira").ToString());
        await Give(shop, $"membership:{Characters.MembershipIdOf("lena")}", Characters.MembershipIdOf("ines").ToString());
        await Give(shop, "dealer", "");

        var after = await Compare();
        Assert.True(after[("ines", "mira")] && after[("paul", "ines")]);
        Assert.False(after[("lena", "ines")] || after[("ines", "ines")] || after[("mira", "paul")] || after[("carla", "ines")]);

        async Task<Dictionary<(string By, string Whom), bool>> Compare()
        {
            var sessions = shop.Services.GetRequiredService<AssistedSessions>();
            var answers = new Dictionary<(string, string), bool>();
            foreach (var by in People)
            {
                var caller = (await shop.Services.GetRequiredService<SignInQueries>().FindBuyer(Cookies.Hash((await shop.As(by)).Cookies[Cookies.Shop])!, CancellationToken.None))!;
                foreach (var whom in People.Append("company"))
                {
                    SessionSubject subject = whom == "company" ? Characters.Nordlicht : Characters.MembershipIdOf(whom);
                    var address = $"/admin/api/assistance/decision?colleague={Characters.MembershipIdOf(by)}&{(whom == "company" ? "company" : "membership")}={subject.Company?.Value ?? subject.Membership!.Value.Value}";
                    var json = JsonDocument.Parse((await vera.GetJson(address)).Html).RootElement;
                    var started = await sessions.Start(caller, new SessionRequest(subject, "stand-in", null, null, "/account", TakeOver: false), CancellationToken.None);
                    Assert.True(json.GetProperty("isAllowed").GetBoolean() == !started.IsRefused, $"{by} for {whom}: {json.GetProperty("detail").GetString()}, but {started.Refusal?.Code}");
                    answers[(by, whom)] = !started.IsRefused;
                    if (!started.IsRefused)
                    {
                        await sessions.End(Caller.Machine("test"), started.Value.Id, "supervisor", CancellationToken.None);
                    }
                }
            }

            return answers;
        }
    }

    [Fact]
    public async Task Staff_ask_about_a_colleague_and_about_somebody_of_a_dealer_by_name()
    {
        await using var shop = await DealerTests.Shop();
        var vera = await shop.As("vera");
        var found = await vera.Get("/admin/assistance/why?op=paul&customer=Ines");
        Assert.Contains("Paul Südmann cannot act for Ines Albrecht", found.Text);
        Assert.Contains("assistance.", found.Text);
        await Give(shop, "dealer", "");
        Assert.Contains("Paul Südmann may act for Ines Albrecht", (await vera.Get("/admin/assistance/why?op=paul&customer=Ines")).Text);

        // Who is typed with both kinds is asked about; a private customer acts for nobody.
        Assert.Contains("Ines Albrecht", (await vera.Get("/admin/assistance/why?op=N-1001")).Document.QuerySelector(".list-group")!.TextContent);
        Assert.Null((await vera.Get("/admin/assistance/why?op=carla")).Document.QuerySelector(".list-group"));
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get($"/admin/assistance/why?colleague={Guid.NewGuid()}&b={Characters.MembershipIdOf("ines")}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await vera.GetJson($"/admin/api/assistance/decision?staff={Characters.StaffIdOf("karim")}&colleague={Characters.MembershipIdOf("paul")}&membership={Characters.MembershipIdOf("ines")}")).Status);
    }

    [Fact]
    public async Task An_administrator_of_a_company_asks_about_its_own_people_its_dealer_and_who_is_assigned_to_it()
    {
        await using var shop = await DealerTests.Shop();
        var jonas = await shop.As("jonas");
        Assert.NotNull((await jonas.Get(Mandates)).Document.QuerySelector($"a[href='{Why}']"));
        var form = await jonas.Get(Why);
        var operators = form.Document.QuerySelectorAll("#who option").Select(option => option.TextContent).ToList();
        Assert.Contains("Paul Südmann of Südwind AG", operators);
        Assert.Contains("Karim Weiss of the seller", operators);
        Assert.DoesNotContain(operators, name => name.Contains("Rosa", StringComparison.Ordinal));
        var no = await Ask($"{Characters.MembershipIdOf("ines")}", $"{Characters.MembershipIdOf("mira")}");
        Assert.Contains("Ines Albrecht cannot act for Mira Åkesson", no.Text);
        Assert.DoesNotContain("assistance.", no.Text);
        await Give(shop, $"membership:{Characters.MembershipIdOf("ines")}", Characters.MembershipIdOf("mira").ToString());
        Assert.Contains("Ines Albrecht may act for Mira Åkesson", (await Ask($"{Characters.MembershipIdOf("ines")}", $"{Characters.MembershipIdOf("mira")}")).Text);
        Assert.Contains("Karim Weiss may act for Nordlicht GmbH", (await Ask($"staff:{Characters.StaffIdOf("karim")}", "company")).Text);
        var json = JsonDocument.Parse((await jonas.GetJson($"/account/api/assistance/decision?colleague={Characters.MembershipIdOf("ines")}&membership={Characters.MembershipIdOf("mira")}")).Html).RootElement;
        Assert.True(json.GetProperty("isAllowed").GetBoolean());
        Assert.False(json.TryGetProperty("code", out _));

        Task<Answer> Ask(string who, string whom) => jonas.Get($"{Why}?who={who}&whom={whom}");
    }

    [Fact]
    public async Task Strangers_are_not_there_for_it_and_it_is_asked_by_administrators_only_never_in_a_session()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        foreach (var (who, whom) in new[]
        {
            ($"staff:{Characters.StaffIdOf("rosa")}", "company"), ($"{Characters.MembershipIdOf("paul")}", "company"), ($"{Characters.MembershipIdOf("ines")}", $"{Characters.MembershipIdOf("paul")}"),
            ("nobody", "company"), ($"{Guid.NewGuid()}", "company"), ($"{Characters.MembershipIdOf("ines")}", "nonsense"),
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get($"{Why}?who={who}&whom={whom}")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await jonas.GetJson($"/account/api/assistance/decision?staff={Characters.StaffIdOf("rosa")}&company={Characters.Nordlicht}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.GetJson($"/account/api/assistance/decision?staff={Characters.StaffIdOf("karim")}&company={Characters.Sudwind}")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await (await shop.As("ines")).Get(Why)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await (await (await shop.As("karim")).Assisting("jonas")).Get(Why)).Status);
    }

    private static async Task Give(TestShop shop, string by, string whom)
    {
        var jonas = await shop.As("jonas");
        Assert.Equal(Mandates, (await jonas.Submit(await jonas.Get(Mandates + "/new"), "main form[method=post]", ("Input.By", by), ("Input.For", whom))).Location);
    }
}
