using OnBehalf.Data;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>What a supervisor sees and ends, with marks on what began in an emergency or is raised; and a session to which the catalogue is closed.</summary>
[Trait("Category", "Browser")]
public sealed class SupervisorLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_supervisor_finds_what_runs_and_where_a_buyer_is_signed_in(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var inside = await (await shop.As("karim")).Assisting("ines");
        await shop.Sql($"update assisted_session set raised_mode = 'order', raised_until = hard_ends_at, is_emergency = {(shop.Database.Kind == DatabaseKind.Postgres ? "true" : "1")}");
        await shop.Sql("update assisted_session set mode = 'view'");
        await shop.As("ines");
        await using var window = await Window.Open(shop, "supervisor", width);
        await window.Enter(await shop.As("vera"));
        await window.Go("/admin/sessions", "running");
        await window.Go("/admin/orders", "orders");
        await window.Go("/admin/customers/N-1001/act", "company");
        await window.Go($"/admin/buyers/{Characters.MembershipIdOf("ines")}", "buyer");
        await window.Click(window.Button("End all"), "ended");
        Assert.Contains("Every browser is signed out", await window.Text());
        window.Close();

        await shop.Sql("insert into assist_closed (role, pages, changed_at, changed_by) select 'sales-rep', 'catalog.view orders.view', created_at, 'Ada' from staff where email like 'ada@%'");
        await using var other = await Window.Open(shop, "closed", width);
        await other.Enter(inside);
        other.Session = ("Karim Weiss", "Ines Albrecht");
        await other.Go(inside.PathBase + "/account", "dashboard");
        other.Close();
    }
}
