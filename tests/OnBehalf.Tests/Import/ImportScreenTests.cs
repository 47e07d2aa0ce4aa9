using System.Text.RegularExpressions;
using OnBehalf.Modules.Import;
using OnBehalf.Orders;
using OnBehalf.Tests.Support;
using Spectre.Console;

namespace OnBehalf.Tests.Import;

public sealed partial class ImportScreenTests
{
    private static readonly ImportReport Nothing = new(true, [], 0, [], null);

    [Fact]
    public async Task On_a_terminal_one_line_moves_and_every_file_that_was_read_leaves_one()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output),
        });
        await new ImportScreen(console).Follow(report =>
        {
            for (var file = 0; file < 40; file++)
            {
                report(new ImportProgress($"file{file}.csv", 5, 50, 100));
                report(new ImportProgress($"file{file}.csv", 12_345, 100, 100));
                report(new ImportProgress($"Storing file{file}.csv", 0, 0, 0));
            }

            return Task.FromResult(Nothing);
        });

        // Whatever was drawn and taken back: never more than the line itself and the blank ones around it.
        Assert.All(UpBy().Matches(output.ToString()), up => Assert.InRange(int.Parse(up.Groups[1].Value), 1, 3));
        var words = Control().Replace(output.ToString(), "\n").ReplaceLineEndings("\n");
        for (var file = 0; file < 40; file++)
        {
            Assert.Single(Regex.Matches(words, $@"(?m)^file{file}\.csv  12,345 rows, [\d,]+/s\s*$"));
        }

        Assert.Matches(@"(?m)^Took \d+ s\.", words);
    }

    [Fact]
    public async Task Without_a_terminal_there_are_plain_lines()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        var screen = new ImportScreen(console);
        await screen.Follow(report =>
        {
            report(new ImportProgress("orders.csv", 5, 50, 100));
            report(new ImportProgress("orders.csv", 12_345, 100, 100));
            report(new ImportProgress("Storing orders.csv", 0, 0, 0));
            return Task.FromResult(Nothing);
        });
        screen.Show(Nothing);

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Matches(@"^orders\.csv  12,345 rows, [\d,]+/s$", lines[0]);
        Assert.Equal("Storing orders.csv", lines[1]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task An_order_may_come_in_every_state_that_the_shop_knows()
    {
        await using var box = await ImportBox.Open();
        SmallPackage.Put(box);
        box["orders.csv"] = "number,company_number,placed_at,status\n" + string.Concat(OrderWords.Statuses.Select(status => $"S-{status},C1,2025-03-04,{status}\n"));
        box["order_lines.csv"] = "order_number,sku,quantity,unit_price\n" + string.Concat(OrderWords.Statuses.Select(status => $"S-{status},L-1,1,1\n"));

        Assert.Empty(await box.Faults());
        Assert.Equal(OrderWords.Statuses.Count, await box.Shop.Scalar<int>("select count(distinct status) from orders where number = 'S-' || status"));

        box["orders.csv"] = "number,company_number,placed_at,status\nS-lost,C1,2025-03-04,lost\n";
        Assert.Contains("status 'lost'", Assert.Single(await box.Faults(), fault => fault.Contains("lost")));
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Control();

    [GeneratedRegex("\u001b\\[(\\d+)A")]
    private static partial Regex UpBy();
}
