using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The pages of the rules as an administrator walks them; the supervisor's question takes three clicks.</summary>
[Trait("Category", "Browser")]
public sealed class PolicyPagesLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Rules_are_read_changed_tried_and_explained(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await Sessions.Begin(await shop.As("karim"), "ines");
        await using var window = await Window.Open(shop, "rules", width);
        await window.Enter(await shop.As("ada"));
        await window.Go("/admin/assistance/policy");
        await window.Click(window.Button("Change the rules"), "draft");
        var draft = new Uri(window.Page.Url).AbsolutePath;
        await window.Click(window.Link("Edit Assigned customers"), "rule");
        await window.Page.FillAsync("#Input_PerOrder", "much");
        await window.Click(window.Button("Change in the draft"), "rule-refused");
        await window.Page.FillAsync("#Input_PerOrder", "5000 EUR");
        await window.Page.SelectOptionAsync("#Input_OpensIn", "view");
        await window.Click(window.Button("Change in the draft"), "draft-changed");
        await window.Go(draft + "/general", "general");
        await window.Go(draft + "/simulation", "simulation");
        Assert.Contains("view instead of order", await window.Text());
        await window.Go(draft, "draft-again");
        await window.Click(window.Button("Put in force now"), "in-force");

        await window.Go("/admin/assistance/protection");
        await window.Page.FillAsync("#Input_Whom", "N-1002");
        await window.Page.FillAsync("#Input_Reason", "Wants to be left alone");
        await window.Click(window.Button("Protect"), "protected");
        await window.Go("/admin/assistance/why");
        await window.Page.FillAsync("#op", "rosa");
        await window.Page.FillAsync("#customer", "nordlicht");
        var before = window.Clicks;
        await window.Click(window.Button("Ask"), "why-choose");
        await window.Click(window.Link("Ines Albrecht"), "why-no");
        Assert.Contains("Nordlicht GmbH is not assigned to Rosa Lind", await window.Text());
        Assert.InRange(window.Clicks - before, 1, 3);
        await window.Go($"/admin/assistance/why?a={Characters.StaffIdOf("karim")}&b={Characters.MembershipIdOf("lena")}", "why-yes");
        window.Close();
    }
}
