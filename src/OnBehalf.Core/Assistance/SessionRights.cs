using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What the rights of a session are made of. Each part only takes away.</summary>
/// <param name="Buyer">What the buyer may do himself.</param>
/// <param name="Operator">The operator's own rights, of which only the named extras come along.</param>
/// <param name="Rule">What the rule that decided does not withhold.</param>
/// <param name="Mandate">What the company's mandate allows; of a buyer who acts without one nothing.</param>
/// <param name="Consent">What the buyer agreed to.</param>
public sealed record RightsBasis(Rights Buyer, Rights Operator, Rights Rule, Rights Mandate, Rights Consent)
{
    public static readonly RightsBasis None = new(Rights.None, Rights.None, Rights.None, Rights.None, Rights.None);
}

/// <summary>A right in a session, and when it is missing, what takes it away.</summary>
/// <param name="Cause">`buyer`, `lendable`, `rule`, `mandate`, `consent`, `mode`, `operator`; null when the session has it.</param>
/// <param name="Sentence">Why it is missing, for people; empty when the session has it.</param>
/// <param name="Why">The same without the right: "the buyer may not do it himself".</param>
public sealed record ExplainedRight(Right Right, string? Cause, Phrase Sentence, Phrase Why)
{
    public bool IsGranted => Cause is null;
}

/// <summary>
/// Rights in a session: buyer's rights ∩ what can be lent ∩ rule ∩ mandate ∩ consent ∩ mode, and the operator's named extras, which rule, mandate, consent
/// and mode bound likewise. The endpoint's own right is the last intersection, at the gate.
/// </summary>
public static class SessionRights
{
    /// <summary>
    /// What can be lent to an operator at all. Password and sign-in stay with the buyer, whatever anybody agreed to, and so do the orders of other companies of his tree: whoever acts for him
    /// acts for one company.
    /// </summary>
    public static readonly Rights Lendable = Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.CartsChange, Right.OrdersPlace, Right.OrdersView, Right.AddressesView,
        Right.AddressesChange, Right.AccountView, Right.AccountChange, Right.OrdersViewCentre, Right.OrdersViewCompany);

    /// <summary>What the operator may bring along of his own.</summary>
    public static readonly Rights Extras = Rights.Of(Right.PricesAdjust);

    private static readonly Rights Looking = Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.OrdersView, Right.AddressesView, Right.AccountView,
        Right.OrdersViewCentre, Right.OrdersViewCompany);

    public static Rights Effective(RightsBasis basis, Mode mode)
    {
        var agreed = basis.Rule & basis.Mandate & basis.Consent & OfMode(mode);
        return (basis.Buyer & Lendable & agreed) | (basis.Operator & Extras & agreed);
    }

    /// <summary>What a mode lets through; a higher one never less.</summary>
    public static Rights OfMode(Mode mode) => mode switch
    {
        Mode.View => Looking,
        Mode.Cart => Looking | Extras | Rights.Of(Right.CartsChange),
        _ => Looking | Extras | Rights.Of(Right.CartsChange, Right.OrdersPlace, Right.AddressesChange, Right.AccountChange),
    };

    /// <summary>Every right of the shop and every extra, with what takes it away. The causes are named in the order in which they could be changed least.</summary>
    public static IReadOnlyList<ExplainedRight> Explain(RightsBasis basis, Mode mode) =>
        [.. Right.All.Where(right => right.IsOfBuyer || Extras.Has(right)).Select(right => Explain(basis, mode, right))];

    private static ExplainedRight Explain(RightsBasis basis, Mode mode, Right right)
    {
        var isExtra = Extras.Has(right);
        return !isExtra && !Lendable.Has(right) ? Missing("lendable", "it stays with the buyer himself")
            : isExtra && !basis.Operator.Has(right) ? Missing("operator", "your role does not bring it along")
            : !isExtra && !basis.Buyer.Has(right) ? Missing("buyer", "the buyer may not do it himself")
            : !basis.Rule.Has(right) ? Missing("rule", "the rule that lets you act withholds it")
            : !basis.Mandate.Has(right) ? Missing("mandate", "the company's mandate does not cover it")
            : !basis.Consent.Has(right) ? Missing("consent", "the customer did not agree to it")
            : !OfMode(mode).Has(right) ? Missing("mode", $"this session is in the mode {mode.ToString().ToLowerInvariant()}")
            : new ExplainedRight(right, null, "", "");

        ExplainedRight Missing(string cause, Phrase why) => new(right, cause, $"Not possible to {right.Sentence}: {why}.", why);
    }
}
