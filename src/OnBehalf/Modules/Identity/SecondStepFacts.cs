using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A staff member signs in with an authenticator app from now on: `set-up` or `changed`.</summary>
public sealed record SecondStepSet(StaffId Staff, Code How) : Fact
{
    public override string Name => "identity.second-step-set";
}

/// <summary>An app counts no more: `switched-off` by himself, `reset` by an administrator.</summary>
public sealed record SecondStepRemoved(StaffId Staff, Code How) : Fact
{
    public override string Name => "identity.second-step-removed";
}

/// <summary>Ten new recovery codes; those before count no more.</summary>
public sealed record RecoveryCodesMade(StaffId Staff) : Fact
{
    public override string Name => "identity.recovery-codes-made";
}

/// <summary>A recovery code was used up.</summary>
public sealed record RecoveryCodeUsed(StaffId Staff, int Left) : Fact
{
    public override string Name => "identity.recovery-code-used";
}

/// <summary>Somebody who is signed in has proved again who he is: `password`, `code`, `recovery-code` or `passkey`.</summary>
public sealed record ProvedAgain(Code Kind, StaffId? Operator, BuyerId? Buyer, SignInId SignIn, Code How) : Fact
{
    public override string Name => "identity.proved-again";
}
