using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A staff member signs in with a passkey from now on.</summary>
public sealed record PasskeyAdded(StaffId Staff, string PasskeyName) : Fact
{
    public override string Name => "identity.passkey-added";
}

/// <summary>A passkey is called otherwise by its owner.</summary>
public sealed record PasskeyRenamed(StaffId Staff, string Before, string After) : Fact
{
    public override string Name => "identity.passkey-renamed";
}

/// <summary>A passkey counts no more: `removed` by its owner, `reset` by an administrator.</summary>
public sealed record PasskeyRemoved(StaffId Staff, Code How, string PasskeyName) : Fact
{
    public override string Name => "identity.passkey-removed";
}
