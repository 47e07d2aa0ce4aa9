using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>Somebody wants the newsletter; nothing is sent until the mail to him is answered.</summary>
public sealed record NewsletterAsked(BuyerId Buyer) : Fact
{
    public override string Name => "preferences.newsletter-asked";
}

/// <summary>Whoever reads the mail of his address said yes.</summary>
public sealed record NewsletterConfirmed(BuyerId Buyer, string Email) : Fact
{
    public override string Name => "preferences.newsletter-confirmed";
}

public sealed record NewsletterWithdrawn(BuyerId Buyer, Code Before) : Fact
{
    public override string Name => "preferences.newsletter-withdrawn";
}

/// <summary>He lets the shop remember what he looked at.</summary>
public sealed record TrackingAllowed(BuyerId Buyer) : Fact
{
    public override string Name => "preferences.tracking-allowed";
}

/// <summary>He does so no longer; what was remembered is gone.</summary>
public sealed record TrackingWithdrawn(BuyerId Buyer, int Removed) : Fact
{
    public override string Name => "preferences.tracking-withdrawn";
}
