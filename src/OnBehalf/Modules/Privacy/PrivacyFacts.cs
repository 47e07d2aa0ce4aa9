using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>A person was erased: a buyer or a staff member. It does not say who: that is the point of it.</summary>
/// <param name="Rows">So many rows were removed or changed.</param>
/// <param name="Why">`asked` by the person, `shop` decided it, `retention`: his time was over, `restore`: a backup had brought him back.</param>
public sealed record PersonErased(Code Kind, int Rows, Code Why) : Fact
{
    /// <summary>Who asked for it, where another one had to confirm.</summary>
    public StaffId? AskedBy { get; init; }

    /// <summary>Who decided it, where it took longer than a request may: then the shop does it for him.</summary>
    public StaffId? DecidedBy { get; init; }

    public override string Name => "privacy.person-erased";
}

/// <summary>A buyer asks to be erased.</summary>
public sealed record ErasureAsked(BuyerId Buyer) : Fact
{
    public override string Name => "privacy.erasure-asked";
}

/// <summary>A staff member asks that somebody is erased; another one has to confirm it.</summary>
public sealed record ErasureProposed(BuyerId? Buyer, StaffId? Staff, DateTimeOffset Until) : Fact
{
    public override string Name => "privacy.erasure-proposed";
}

/// <summary>What was asked for is not done.</summary>
public sealed record ErasureDeclined(BuyerId? Buyer, StaffId? Staff, StaffId AskedBy) : Fact
{
    public override string Name => "privacy.erasure-declined";
}

/// <summary>Rows, or what is personal in them, went because their time was over.</summary>
/// <param name="What">`mails`, `carts`, …</param>
public sealed record AgedRowsPruned(Code What, int Count, DateTimeOffset Before) : Fact
{
    public override string Name => "privacy.pruned";
}

/// <summary>Retention has looked at everything.</summary>
/// <param name="Rows">So many rows went or were emptied.</param>
/// <param name="People">So many people were erased.</param>
public sealed record RetentionRan(long Rows, int People) : Fact
{
    public override string Name => "privacy.retention-ran";
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
