using OnBehalf.Kernel;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// Who takes money of buyers for the shop. All that the shop needs of one: a place where the buyer pays, and what became of it, from a message that nobody else can have written. Card numbers
/// never come here. How to write one: docs/modules/payments.md.
/// </summary>
public interface IPayProvider
{
    /// <summary>As buyers read it: "You pay at …".</summary>
    string Name { get; }

    /// <summary>Where the buyer pays this. Asked again for the same payment it is the same one, however often.</summary>
    Task<Outcome<Uri>> Begin(PayOrder wanted, CancellationToken cancel);

    /// <summary>What a callback says; refused unless it is the provider's own and of now.</summary>
    Outcome<PaySaid> Read(IHeaderDictionary headers, byte[] body);
}

/// <summary>What is to be paid.</summary>
/// <param name="Id">Of the payment here; the provider keeps it and says it back.</param>
/// <param name="Order">Its number, for people.</param>
/// <param name="Return">Where the buyer goes on afterwards, paid or not.</param>
/// <param name="Callback">Where the provider says what became of it.</param>
public sealed record PayOrder(Guid Id, string Order, Money Amount, Uri Return, Uri Callback);

/// <summary>What the provider says of a payment.</summary>
/// <param name="Payment">The id that it was given.</param>
/// <param name="Reference">What it calls the payment itself.</param>
/// <param name="Currency">As it wrote it: compared, and not believed.</param>
public sealed record PaySaid(Guid Payment, string Reference, bool IsPaid, long Minor, string Currency);

/// <summary>The provider of this installation, if it has one.</summary>
public sealed record PayDesk(IPayProvider? Provider);
