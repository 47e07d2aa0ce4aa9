using System.Net;
using System.Text.Json;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>What is suggested while somebody types.</summary>
public sealed class SuggestionTests
{
    [Fact]
    public async Task What_is_suggested_is_what_the_search_finds_and_what_is_not_there_for_somebody_is_not_suggested()
    {
        await using var shop = await TestShop.Start();
        var (ines, ada) = (await shop.As("ines"), await shop.As("ada"));
        Assert.Equal(["category Drills in Tools /category/drills", "article Cordless drill 18 V P-100 /product/P-100"], await Ask(ines, "dri"));
        Assert.Equal(["article Cordless drill 18 V P-100 /product/P-100"], await Ask(ines, "cordl"));
        Assert.Equal(["article Señal warning lamp P-300 /product/P-300"], await Ask(ines, "SENAL"));
        Assert.Empty(await Ask(ines, "c"));
        Assert.Empty(await Ask(ines, ""));
        await ada.Post("/admin/assortments", [("Input.Code", "light"), ("Input.Name", "Light")], from: "/admin/assortments");
        await ada.Post("/admin/assortments/light", [("Input.Do", "add-category"), ("Input.Category", "light")], from: "/admin/assortments/light");
        await ada.Post("/admin/assortments/light", [("Input.Do", "give-company"), ("Input.Company", "N-1001")], from: "/admin/assortments/light");
        Assert.Empty(await Ask(ines, "cordl"));
        Assert.Empty(await Ask(ines, "drills"));

        // In a session the same, with paths that the page completes; and no page was seen by it.
        var session = await (await shop.As("karim")).Assisting("ines");
        var before = await shop.Scalar<int>("select count(*) from audit_event");
        Assert.Equal(await Ask(ines, "cab"), await Ask(session, "cab"));
        Assert.Equal(before, await shop.Scalar<int>("select count(*) from audit_event"));

        // Nobody types as fast as that.
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 100 && last == HttpStatusCode.OK; i++)
        {
            last = (await session.Get("/search/suggestions?q=x")).Status;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/search/suggestions?q=x")).Status);
    }

    private static async Task<List<string>> Ask(Visitor visitor, string typed)
    {
        var answer = await visitor.Get("/search/suggestions?q=" + Uri.EscapeDataString(typed));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. JsonDocument.Parse(answer.Html).RootElement.EnumerateArray().Select(one => string.Join(' ', one.EnumerateObject().Select(field => field.Value.GetString())))];
    }
}
