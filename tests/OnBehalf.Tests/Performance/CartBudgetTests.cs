using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Performance;

/// <summary>A cart asks each source of prices once, however many lines it has: 200 lines cost as many commands as two.</summary>
[Collection(Budget.Alone)]
public sealed class CartBudgetTests
{
    [Fact]
    public async Task Two_hundred_lines_are_priced_with_as_many_commands_as_two_on_every_way_to_an_order()
    {
        using var budget = new Budget();
        await using var shop = await TestShop.Start(budget.Configure);
        await ManyRows.Enter(shop, 400);
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        var inside = await (await shop.As("karim")).Assisting("ines");
        await Paste(1, 2);
        var few = await Costs();
        await Paste(3, 198);
        Assert.Equal(200, await shop.Scalar<int>("select count(*) from cart_line l join cart c on c.id = l.cart_id where c.base_cart_id is not null"));
        var many = await Costs();

        // One more now and then: who is there is written down once in a while.
        Assert.All(few.Zip(many), cost => Assert.InRange(cost.Second, 1, cost.First + 1));

        async Task Paste(int from, int count) => Assert.StartsWith(
            "/cart", (await inside.Submit(await inside.Get("/cart/many"), "#many", ("Input.Text", string.Join('\n', Enumerable.Range(from, count).Select(i => $"V-{i}\t2"))))).Location![inside.PathBase.Length..]);

        // Looking, an agreed price on a line, another quantity, the checkout: the first of each compiles what the others use.
        async Task<int[]> Costs()
        {
            var price = 0;
            await Agree();
            await inside.Put("V-2", "1");
            return
            [
                await budget.CommandsOf(() => inside.Get("/cart")), await budget.CommandsOf(Agree), await budget.CommandsOf(() => inside.Put("V-2", "1")), await budget.CommandsOf(() => inside.Get("/checkout")),
            ];

            async Task Agree() => Assert.Equal(
                System.Net.HttpStatusCode.SeeOther,
                (await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", $"{8 + (price++ % 2)}.50"), ("Input.Lines[0].Reason", "volume"))).Status);
        }
    }
}
