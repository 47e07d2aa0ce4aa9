using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>A person was erased: a buyer or a staff member. It does not say who: that is the point of it.</summary>
/// <param name="Rows">So many rows were removed or changed.</param>
/// <param name="Why">`asked` by the person, `shop` decided it, `restore`: a backup had brought him back.</param>
public sealed record PersonErased(Code Kind, int Rows, Code Why) : Fact
{
    public override string Name => "privacy.person-erased";
}

/// <summary>A buyer asks to be erased.</summary>
public sealed record ErasureAsked(BuyerId Buyer) : Fact
{
    public override string Name => "privacy.erasure-asked";
}

/// <summary>From now on the person may not be erased.</summary>
public sealed record HoldSet(BuyerId? Buyer, StaffId? Staff, string Reason) : Fact
{
    public override string Name => "privacy.hold-set";
}

/// <summary>The person may be erased again.</summary>
public sealed record HoldLifted(BuyerId? Buyer, StaffId? Staff, string Reason) : Fact
{
    public override string Name => "privacy.hold-lifted";
}

/// <summary>A key lies ready that wraps nothing yet.</summary>
public sealed record KeyAdded(Code Key) : Fact
{
    public override string Name => "privacy.key-added";
}

/// <summary>The keys of people were wrapped anew.</summary>
/// <param name="Key">The key that wraps them now, by its id.</param>
public sealed record KeysRotated(Code Key, long People) : Fact
{
    public override string Name => "privacy.keys-rotated";
}
