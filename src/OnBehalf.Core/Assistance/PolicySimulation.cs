namespace OnBehalf.Assistance;

public enum SimulatedEffect
{
    WouldBeDenied,
    WouldBeAllowed,
    OtherMode,

    /// <summary>Allowed by both, but something more is asked for.</summary>
    AsksMore,
}

/// <summary>What other rules would have made of an attempt.</summary>
public sealed record SimulatedChange(SimulatedEffect Effect, AssistanceDecision Before, AssistanceDecision After)
{
    /// <summary>The rule to which the change is due: the one that decides now, or for a "no" that of the "no".</summary>
    public string Rule => After.Rule.Code;

    public string Word => Effect switch
    {
        SimulatedEffect.WouldBeDenied => Say("would be denied"),
        SimulatedEffect.WouldBeAllowed => Say("would be allowed"),
        SimulatedEffect.OtherMode => Say($"{PolicySpelling.Of(After.Mode)} instead of {PolicySpelling.Of(Before.Mode)}"),
        _ => Say($"would be asked for: {string.Join(", ", After.Asks.Select(asked => asked.Need.ToString().ToLowerInvariant()))}"),
    };
}

/// <summary>Holds what was tried against two versions of the rules; everything else is the same for both, so what differs is the doing of the rules.</summary>
public static class PolicySimulation
{
    /// <summary>Null when both versions answer alike.</summary>
    public static SimulatedChange? Compare(Situation situation, ShopPolicy before, ShopPolicy after)
    {
        var (old, now) = (AssistancePolicy.Decide(situation with { Policy = before }), AssistancePolicy.Decide(situation with { Policy = after }));
        SimulatedEffect? effect = (old.IsAllowed, now.IsAllowed) switch
        {
            (true, false) => SimulatedEffect.WouldBeDenied,
            (false, true) => SimulatedEffect.WouldBeAllowed,
            (true, true) when old.Mode != now.Mode => SimulatedEffect.OtherMode,
            (true, true) when now.Asks.Select(asked => asked.Need).Except(old.Asks.Select(asked => asked.Need)).Any() => SimulatedEffect.AsksMore,
            _ => null,
        };
        return effect is null ? null : new SimulatedChange(effect.Value, old, now);
    }
}
