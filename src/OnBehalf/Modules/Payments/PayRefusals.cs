using OnBehalf.Kernel;

namespace OnBehalf.Modules.Payments;

/// <summary>Every "no" around paying online.</summary>
public static class PayRefusals
{
    public static readonly Refusal Off = Refusal.Missing("payments.off", "Nothing can be paid online here.");

    public static readonly Refusal NotOnline = Refusal.Conflict("payments.not-online", "This order is not paid online. Nothing was charged.");

    public static readonly Refusal NothingDue = Refusal.Conflict("payments.nothing-due", "Nothing is left to pay of this order. Nothing was charged.");

    public static readonly Refusal NoAddress = Refusal.Conflict("payments.no-address", "The shop does not know its own address yet, so the payment could not begin. Nothing was charged. Tell us, please.");

    public static readonly Refusal Silent = Refusal.Conflict("payments.provider-silent", "The payment provider does not answer at the moment. Nothing was charged. Try again in a few minutes.");

    public static readonly Refusal Unsigned = Refusal.Forbidden("payments.unsigned", "This callback is not signed by the payment provider, or it is too old. Nothing was changed.");

    public static readonly Refusal Unreadable = Refusal.Invalid("payments.unreadable", "This callback says nothing that the shop understands. Nothing was changed.");

    public static readonly Refusal Unknown = Refusal.Missing("payments.unknown", "There is no such payment here. Nothing was changed.");

    public static readonly Refusal OtherAmount = Refusal.Invalid("payments.other-amount", "This is not the amount and currency that was asked for. Nothing was entered; staff look at it.");

    public static readonly Refusal LinkOfOperator = Refusal.Forbidden("payments.link-of-operator", "A pay link is for who acts for a customer. Your own order you pay on its page.");

    public static readonly Refusal LinkDead = Refusal.Conflict("payments.link-dead", "This pay link no longer works. Nothing was charged.");

    public static readonly Refusal TooLong = Refusal.Invalid("payments.too-long", "This callback is too long. Nothing was changed.");
}
