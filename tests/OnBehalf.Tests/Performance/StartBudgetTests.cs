using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Performance;

/// <summary>Forty times a day a rep waits for a start, so its way to the database and back is counted.</summary>
[Collection(Budget.Alone)]
public sealed class StartBudgetTests
{
    [Fact]
    public async Task A_start_looks_nothing_up_that_its_decision_does_not_need()
    {
        using var budget = new Budget();
        await using var shop = await TestShop.Start(budget.Configure);
        var karim = await shop.As("karim");
        var commands = 0;
        for (var run = 0; run < 2; run++)
        {
            var form = await karim.Get(Sessions.PathOf("ines"));
            commands = await budget.CommandsOf(async () =>
            {
                var started = await karim.Submit(form, "main form[method=post]");
                Assert.StartsWith("/as/", started.Location);
                form = started;
            });
            await Sessions.End(karim, form.Location![..form.Location!.LastIndexOf('/')]);
        }

        // The caller, his customer, his authority, what the rules judge, his other sessions, his alerts, and what is stored; on PostgreSQL four locks besides, which travel with what is read behind them.
        Assert.InRange(commands, 1, shop.Database.Kind == Data.DatabaseKind.Postgres ? 11 : 9);
    }
}
