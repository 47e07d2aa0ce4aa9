using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A staff member signs in by the external provider from now on: found by his verified address (`linked`), or made at his first sign-in (`made`).</summary>
public sealed record ProviderLinked(StaffId Staff, Code How, string Subject) : Fact
{
    public override string Name => "identity.provider-linked";
}

/// <summary>The emergency administrator came with his password although that is switched off; all administrators are told.</summary>
public sealed record EmergencyPasswordUsed(StaffId Staff) : Fact
{
    public override string Name => "identity.emergency-password-used";
}

/// <summary>The provider's groups gave a staff member another role.</summary>
public sealed record StaffRoleChanged(StaffId Staff, StaffRole Before, StaffRole After) : Fact
{
    public override string Name => "identity.staff-role-changed";
}
