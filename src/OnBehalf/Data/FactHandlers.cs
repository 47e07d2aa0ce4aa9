using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>What a module does, in the same transaction, when a fact of another module happens. Registered in `XModule.cs`.</summary>
public sealed record FactHandler(Type Fact, string Listener, Func<Tx, Fact, Task> Handle)
{
    public static FactHandler On<TFact>(string listener, Func<Tx, TFact, Task> handle)
        where TFact : Fact => new(typeof(TFact), listener, (tx, fact) => handle(tx, (TFact)fact));
}

/// <summary>Who listens to what. Handlers run in the order of registration and may add further facts.</summary>
public sealed class FactHandlers(IEnumerable<FactHandler> handlers)
{
    private readonly ILookup<Type, FactHandler> _handlers = handlers.ToLookup(handler => handler.Fact);

    public IEnumerable<FactHandler> All => _handlers.SelectMany(group => group);

    internal async Task Run(Tx tx)
    {
        for (var i = 0; i < tx.Facts.Count; i++)
        {
            foreach (var handler in _handlers[tx.Facts[i].Fact.GetType()])
            {
                await handler.Handle(tx, tx.Facts[i].Fact);
            }
        }
    }
}
