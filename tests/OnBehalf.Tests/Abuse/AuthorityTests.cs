using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>
/// Random interleavings of everything that gives or takes authority, in a real shop, against a model of a hundred lines: no write is committed that the
/// model does not allow, and none is refused that it allows. A failure prints its seed and the shortest way to it.
/// </summary>
public sealed class AuthorityTests
{
    /// <summary>What ends a session in its own transaction: from its answer on nothing of the session may commit.</summary>
    private static readonly Step[] Ends = [Step.End, Step.Revoke, Step.SignOut, Step.Suspend, Step.Block, Step.StopBuyer, Step.StopMembership, Step.SwitchOff];

    // Starts and writes come often, or most ways would be nothing but refusals.
    private static readonly Gen<(Step Step, int Op, int Buyer, bool Races)> Steps =
        from step in Gen.Frequency(
            (5, Gen.Constant(Step.Start)), (3, Gen.Constant(Step.TakeOver)), (10, Gen.Constant(Step.Write)), (8, Gen.Elements(Ends)), (9, Gen.Elements(Enum.GetValues<Step>())),
            (5, Gen.Elements(Step.Restore, Step.Assign, Step.Unblock, Step.AdmitBuyer, Step.AdmitMembership, Step.Permit, Step.SwitchOn)))
        from op in Gen.Choose(0, 1)
        from buyer in Gen.Choose(0, 1)
        from races in Gen.Choose(0, 2)
        select (step, op, buyer, races == 0 && Ends.Contains(step));

    private static readonly Arbitrary<(Step Step, int Op, int Buyer, bool Races)[]> Ways = Arb.From(Steps.ArrayOf(), Shorter);

    [Fact]
    public Task No_write_is_committed_that_the_model_does_not_allow_and_none_is_refused_that_it_allows() => Walk(runs: 24, longest: 24);

    [Fact]
    [Trait("Category", "Long")]
    public Task No_write_is_committed_that_the_model_does_not_allow_on_many_long_ways() => Walk(runs: 600, longest: 60);

    private static async Task Walk(int runs, int longest)
    {
        await using var shop = await TestShop.Start();
        var world = new AuthorityWorld(shop);
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithStartSize(6).WithEndSize(longest);

        // FsCheck wants its answer at once; the shop answers on other threads.
        await Task.Run(() => Prop.ForAll(Ways, way => Go(world, way).GetAwaiter().GetResult()).Check(config));
    }

    private static async Task<bool> Go(AuthorityWorld world, (Step Step, int Op, int Buyer, bool Races)[] way)
    {
        var model = new AuthorityModel();
        await world.Reset();
        var written = 0;
        foreach (var (step, op, buyer, races) in way)
        {
            var expected = step switch
            {
                Step.Start or Step.TakeOver => model.MayStart(op, buyer, step == Step.TakeOver),
                Step.Write => model.MayWrite(op),
                _ => true,
            };
            if (races)
            {
                written = await Race(world, model, step, op, buyer);
                continue;
            }

            var isLet = await world.Do(step, op, buyer);
            model.Do(step, op, buyer);
            written += step == Step.Write && expected ? 1 : 0;
            Assert.True(isLet == expected, $"{step} by {op} for {buyer}: {isLet}, and the model says {expected}.");
            Assert.Equal(written, await world.Written());
        }

        return true;
    }

    /// <summary>Both operators write while somebody takes authority away.</summary>
    private static async Task<int> Race(AuthorityWorld world, AuthorityModel model, Step step, int op, int buyer)
    {
        var before = await world.Written();
        bool[] might = [model.MayWrite(0), model.MayWrite(1)];
        var writes = new[] { 0, 1, op }.Select(who => Task.Run(() => world.Do(Step.Write, who, buyer))).ToArray();
        await Task.Run(() => world.Do(step, op, buyer));
        var atTheAnswer = await world.Written();
        var accepted = await Task.WhenAll(writes);
        model.Do(step, op, buyer);
        var after = await world.Written();

        Assert.Equal(accepted.Count(isLet => isLet), after - before);
        Assert.True(accepted.Zip([0, 1, op]).All(write => might[write.Second] || !write.First), $"{step}: a write that was not allowed before was let.");
        bool[] may = [model.SessionOf(0) is not null, model.SessionOf(1) is not null];
        Assert.True(may[0] || may[1] || after == atTheAnswer, $"{step}: {after - atTheAnswer} writes were committed after its answer.");
        Assert.True(accepted.Zip([0, 1, op]).All(write => !may[write.Second] || write.First), $"{step}: a write of a session that goes on was refused.");
        return after;
    }

    // Halves first, then one step less each.
    private static IEnumerable<(Step Step, int Op, int Buyer, bool Races)[]> Shorter((Step Step, int Op, int Buyer, bool Races)[] way)
    {
        if (way.Length > 1)
        {
            yield return way[..(way.Length / 2)];
            yield return way[(way.Length / 2)..];
        }

        for (var i = 0; i < way.Length; i++)
        {
            yield return [.. way[..i], .. way[(i + 1)..]];
        }
    }
}
