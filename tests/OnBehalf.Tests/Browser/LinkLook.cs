using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The way in over a colleague's link.</summary>
[Trait("Category", "Browser")]
public sealed class LinkLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_rep_asks_a_colleague_and_he_begins_over_the_link(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var karim = await Window.Open(shop, "link-karim", width);
        await karim.Enter(await shop.As("karim"));
        await karim.Go("/staff/customers/N-1001", "customer");
        await karim.Click(karim.Link("Ask a colleague to act for Ines"), "form");
        await karim.Page.GetByLabel("Colleague").SelectOptionAsync(Characters.StaffIdOf("tom").ToString());
        await karim.Page.GetByLabel("Note").FillAsync("Ten more drills, please");
        await karim.Click(karim.Button("Send the link"), "sent");
        Assert.Contains("open until", await karim.Text());
        karim.Close();

        await using var tom = await Window.Open(shop, "link-tom", width);
        await tom.Enter(await shop.As("tom"));
        await tom.Go($"/staff/links/{await shop.Scalar<string>("select cast(id as text) from assist_link")}", "last-step");
        tom.Session = ("Tom ", "Ines Albrecht");
        await tom.Click(tom.Button("Act for Ines"), "inside");
        tom.Close();
    }
}
