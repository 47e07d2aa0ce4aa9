using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Asks a buyer for his password again, for modules that know nothing of the rows of Identity.</summary>
public sealed class BuyerProof(PasswordProof<BuyerRow> proof)
{
    /// <summary>Null when it is his password.</summary>
    public Task<Refusal?> Check(HttpContext context, Caller caller, string? password) => proof.Check(context, caller, password);
}
