using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>The first start of a shop in which nobody can sign in.</summary>
public sealed class SetupTests
{
    private static readonly (string, string)[] Filled =
    [
        ("Input.Name", "Nordwind Handel"), ("Input.Address", "https://shop.example.com"), ("Input.Currency", "CHF"), ("Input.TimeZone", "Europe/Zurich"),
        ("Input.FirstName", "Olivia"), ("Input.LastName", "Ott"), ("Input.Email", "olivia@shop.example"),
        ("Input.Password", "quiet river under stone"), ("Input.Again", "quiet river under stone"),
    ];

    [Fact]
    public async Task Whoever_reads_the_code_in_the_data_folder_makes_the_first_administrator_and_nobody_a_second_one()
    {
        await using var shop = await Empty();
        var code = await Code(shop);
        var visitor = shop.Anonymous();
        var page = await visitor.Get("/staff/setup");
        Assert.Equal(HttpStatusCode.OK, page.Status);

        var wrong = await visitor.Submit(page, "main form", [.. Filled, ("Input.Code", "abcdefghjkmnpqrstuvw")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("setup.code", wrong.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from staff"));

        foreach (var (field, value) in new[] { ("Input.Email", "nobody"), ("Input.Password", "short"), ("Input.Currency", "XXX"), ("Input.Address", "javascript:1"), ("Input.Name", "") })
        {
            var refused = await visitor.Submit(await visitor.Get("/staff/setup"), "main form", [.. Filled.Where(one => one.Item1 != field), (field, value), ("Input.Code", code)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Equal(0, await shop.Scalar<int>("select count(*) from staff"));
        }

        var done = await visitor.Submit(await visitor.Get("/staff/setup"), "main form", [.. Filled, ("Input.Code", code)]);
        Assert.Equal("/staff/account/login?set=1", done.Location);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from staff where role = 'administrator' and email = 'olivia@shop.example'"));
        Assert.Equal("CHF", await shop.Scalar<string>("select value from setting where name = 'shop.currency'"));
        Assert.Contains("identity.staff-created", await shop.Facts());
        Assert.False(File.Exists(Path.Combine(shop.Folder, "setup.code")));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/staff/setup")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/staff/setup", [.. Filled, ("Input.Code", code)], from: "/staff/account/login")).Status);
    }

    [Fact]
    public async Task Of_two_who_set_up_at_once_one_does()
    {
        await using var shop = await Empty();
        var code = await Code(shop);
        var visitors = Enumerable.Range(0, 4).Select(_ => shop.Anonymous()).ToList();
        var pages = await Task.WhenAll(visitors.Select(visitor => visitor.Get("/staff/setup")));
        await Task.WhenAll(visitors.Select((visitor, number) =>
            visitor.Submit(pages[number], "main form", [.. Filled.Where(one => one.Item1 != "Input.Email"), ("Input.Email", $"o{number}@shop.example"), ("Input.Code", code)])));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from staff"));
    }

    [Fact]
    public async Task A_shop_that_has_staff_has_no_such_page_and_no_code()
    {
        await using var shop = await TestShop.Start();
        Assert.Null(await shop.Services.GetRequiredService<SetupCode>().Prepare(default));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Anonymous().Get("/staff/setup")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("ada")).Get("/staff/setup")).Status);
    }

    private static async Task<TestShop> Empty() => await TestShop.Start(database: await TestDatabase.Empty());

    private static async Task<string> Code(TestShop shop)
    {
        var file = (await shop.Services.GetRequiredService<SetupCode>().Prepare(default))!;
        Assert.Equal(file, await shop.Services.GetRequiredService<SetupCode>().Prepare(default));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        return (await File.ReadAllTextAsync(file)).Trim();
    }
}
