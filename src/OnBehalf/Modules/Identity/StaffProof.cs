using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Asks a staff member for his password again, for modules that know nothing of how people sign in.</summary>
public sealed class StaffProof(PasswordProof<StaffRow> proof)
{
    /// <summary>Null when it is his password; failures count like those at the door.</summary>
    public Task<Refusal?> Check(HttpContext context, Caller caller, string? password) => proof.Check(context, caller, password);
}
