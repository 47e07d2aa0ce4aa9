using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Somebody signed in. <paramref name="Kind"/> is `staff` or `buyer`; exactly one of the ids is set, here and below.</summary>
public sealed record SignedIn(Code Kind, StaffId? Operator, BuyerId? Buyer, SignInId SignIn) : Fact
{
    public override string Name => "identity.signed-in";
}

/// <summary>A sign-in was refused. Why is for the log only; who tried is told one and the same sentence.</summary>
public sealed record SignInFailed(Code Kind, StaffId? Operator, BuyerId? Buyer, Code Why, string Email, string? NetworkAddress) : Fact, IRefusedFact
{
    public override string Name => "identity.sign-in-failed";
}

/// <summary>Too many failures: nobody signs in to this account until then.</summary>
public sealed record LockedOut(Code Kind, StaffId? Operator, BuyerId? Buyer, DateTimeOffset Until) : Fact, IRefusedFact
{
    public override string Name => "identity.locked-out";
}

/// <summary>A sign-in has ended: `signed-out`, `signed-in-again`, `password-changed`, `account-closed`, `ended-elsewhere` by himself, `ended-by-staff`, `provider-signed-out`.</summary>
public sealed record SignedOut(Code Kind, StaffId? Operator, BuyerId? Buyer, SignInId SignIn, Code Cause) : Fact
{
    public override string Name => "identity.signed-out";
}

/// <summary>A new password was asked for; without an id there was nobody to send it to.</summary>
public sealed record PasswordResetAsked(Code Kind, StaffId? Operator, BuyerId? Buyer, string Email, string? NetworkAddress) : Fact
{
    public override string Name => "identity.password-reset-asked";
}

/// <summary>Somebody was asked by mail to choose his first password.</summary>
public sealed record PersonInvited(Code Kind, StaffId? Staff, BuyerId? Buyer) : Fact
{
    public override string Name => "identity.invited";
}

/// <summary>A password was set: by a mailed link (`password-reset`, `invitation`) or by knowing the old one (`changed`).</summary>
public sealed record PasswordSet(Code Kind, StaffId? Operator, BuyerId? Buyer, Code How) : Fact
{
    public override string Name => "identity.password-set";
}

/// <summary>A buyer works for another of his companies from now on.</summary>
public sealed record CompanySwitched(MembershipId Before, MembershipId After) : Fact
{
    public override string Name => "identity.company-switched";
}

/// <summary>A staff member was made: in the Back Office, on the command line, or at his first external sign-in.</summary>
public sealed record StaffCreated(StaffId Staff, StaffRole Role, Code Extras, Code? Group, string Email, string FirstName, string LastName) : Fact
{
    public override string Name => "identity.staff-created";
}

/// <summary>Name, title or telephone of a buyer were changed, by himself or by who acted for him.</summary>
/// <param name="Fields">What was changed: `first-name phone`.</param>
public sealed record ProfileChanged(BuyerId Buyer, Code Fields, string Before, string After) : Fact
{
    public override string Name => "identity.profile-changed";
}

/// <summary>A buyer wants to sign in with another address; it counts when its mailbox has confirmed it.</summary>
public sealed record EmailChangeAsked(BuyerId Buyer, string Email) : Fact
{
    public override string Name => "identity.email-change-asked";
}

/// <summary>A buyer signs in with another address from now on.</summary>
public sealed record EmailChanged(BuyerId Buyer, string Before, string After) : Fact
{
    public override string Name => "identity.email-changed";
}

/// <summary>A buyer closed his account; orders and the log keep it.</summary>
public sealed record AccountClosed(BuyerId Buyer) : Fact
{
    public override string Name => "identity.account-closed";
}

/// <summary>A buyer was made, with his place in a company or as a consumer: by staff, or by an administrator of the company.</summary>
public sealed record PersonCreated(BuyerId Buyer, CompanyId? Company, MembershipId Membership, BuyerRole Role, string FullName, string Email) : Fact
{
    /// <summary>The company's own role.</summary>
    public CompanyRoleId? OwnRole { get; init; }

    public override string Name => "identity.person-created";
}

/// <summary>Somebody who is a buyer already has a place in a further company.</summary>
public sealed record MembershipAdded(BuyerId Buyer, CompanyId? Company, MembershipId Membership, BuyerRole Role) : Fact
{
    /// <summary>The company's own role.</summary>
    public CompanyRoleId? OwnRole { get; init; }

    public override string Name => "identity.membership-added";
}

/// <summary>Somebody has another role in his company.</summary>
public sealed record RoleChanged(BuyerId Buyer, CompanyId Company, MembershipId Membership, BuyerRole Before, BuyerRole After, string WordBefore, string WordAfter) : Fact
{
    /// <summary>The company's own role that he has now.</summary>
    public CompanyRoleId? OwnRole { get; init; }

    public override string Name => "identity.role-changed";
}

/// <summary>Somebody no longer buys for a company; his account and his orders stay.</summary>
/// <param name="Successor">Who got what was open; null: nobody.</param>
public sealed record MemberDeactivated(BuyerId Buyer, CompanyId Company, MembershipId Membership, MembershipId? Successor) : Fact
{
    public override string Name => "identity.member-deactivated";
}

/// <summary>He buys for it again, in the role that he had.</summary>
public sealed record MemberReactivated(BuyerId Buyer, CompanyId Company, MembershipId Membership) : Fact
{
    public override string Name => "identity.member-reactivated";
}

/// <summary>Nobody was made, because the address is used by somebody of whom the operator may not know: `staff`, `closed`, `elsewhere`.</summary>
public sealed record PersonNotCreated(CompanyId? Company, Code Why,
    [property: Personal(Whose.Named, nameof(PersonNotCreated.OfBuyer), nameof(PersonNotCreated.OfStaff))] string Email) : Fact, IRefusedFact
{
    /// <summary>Who has the address: it is his.</summary>
    [Untold]
    public BuyerId? OfBuyer { get; init; }

    [Untold]
    public StaffId? OfStaff { get; init; }

    public override string Name => "identity.person-not-created";
}

/// <summary>Name or e-mail address of a staff member were changed.</summary>
public sealed record StaffChanged(StaffId Staff, Code Fields, string Before, string After) : Fact
{
    public override string Name => "identity.staff-changed";
}

/// <summary>A staff member has other extras than his role brings: `all-customers adjust-prices create-customers`.</summary>
public sealed record StaffExtrasChanged(StaffId Staff, Code Before, Code After) : Fact
{
    public override string Name => "identity.staff-extras-changed";
}

/// <summary>A staff member is in another group, on which rules may rest; without a value: in none.</summary>
public sealed record StaffGroupChanged(StaffId Staff, Code? Before, Code? After) : Fact
{
    public override string Name => "identity.staff-group-changed";
}

/// <summary>A group of staff has another name, with everybody who is in it.</summary>
public sealed record StaffGroupRenamed(Code Before, Code After, int Members) : Fact
{
    public override string Name => "identity.staff-group-renamed";
}

/// <summary>A staff member cannot sign in any more, until he is let in again.</summary>
public sealed record StaffDeactivated(StaffId Staff) : Fact
{
    public override string Name => "identity.staff-deactivated";
}

/// <summary>He can sign in again, with the role and the extras that he had.</summary>
public sealed record StaffReactivated(StaffId Staff, StaffRole Role, Code Extras) : Fact
{
    public override string Name => "identity.staff-reactivated";
}

/// <summary>The account of a staff member was closed for good.</summary>
public sealed record StaffClosed(StaffId Staff) : Fact
{
    public override string Name => "identity.staff-closed";
}

/// <summary>Somebody tried so often in a short time that he was stopped; once for each window in which he was.</summary>
/// <param name="Limit">`sign-ins-of-address`, `mails-of-account`, …</param>
/// <param name="Email">As it was typed.</param>
public sealed record RequestsStopped(Code Limit, [property: Personal(Whose.Nobody)] string? Email) : Fact, IRefusedFact
{
    public override string Name => "identity.requests-stopped";
}
