using OnBehalf.Kernel;

namespace OnBehalf.Carts;

/// <summary>Somebody of the staff took a list of carts away as a file.</summary>
public sealed record CartsExported(int Rows) : Fact
{
    public override string Name => "carts.exported";
}

public sealed record LineAdded(CartId Cart, ProductId Product, Quantity Quantity) : Fact
{
    public override string Name => "carts.line-added";
}

public sealed record LineQuantityChanged(CartId Cart, ProductId Product, Quantity Before, Quantity After) : Fact
{
    public override string Name => "carts.line-quantity-changed";
}

/// <summary>A line of the cart got another price than it would cost, for one unit or as many as it is for; why is one of the shop's reasons, `other-price` or `none`.</summary>
public sealed record LinePriceAgreed(CartId Cart, ProductId Product, Code Regular, Code Before, Code After, Code Reason) : Fact
{
    public override string Name => "carts.line-price-agreed";
}

/// <summary>A line costs again what it costs.</summary>
public sealed record LinePriceRestored(CartId Cart, ProductId Product, Code Before, Code After) : Fact
{
    public override string Name => "carts.line-price-restored";
}

/// <summary>What is taken off a whole cart, or `none`; why is one of the shop's reasons or `none`.</summary>
public sealed record CartDiscountAgreed(CartId Cart, Code Before, Code After, Code Reason) : Fact
{
    public override string Name => "carts.discount-agreed";
}

/// <summary>What sending a cart costs instead of its price, or `none`: its price.</summary>
public sealed record CartShippingAgreed(CartId Cart, Code Before, Code After, Code Reason) : Fact
{
    public override string Name => "carts.shipping-agreed";
}

public sealed record LineRemoved(CartId Cart, ProductId Product, Quantity Quantity) : Fact
{
    public override string Name => "carts.line-removed";
}

/// <summary>The first change of an assisted session: from here on it works on a copy of the buyer's cart.</summary>
public sealed record CartBranched(CartId Cart, CartId Base, int BaseVersion) : Fact
{
    public override string Name => "carts.branched";
}

/// <summary>The next session for the buyer goes on with what an earlier one had prepared.</summary>
public sealed record BranchResumed(CartId Cart, AssistedSessionId Before) : Fact
{
    public override string Name => "carts.branch-resumed";
}

/// <summary>A branch was thrown away; the buyer's own cart is as it was.</summary>
public sealed record BranchDiscarded(CartId Cart, Code Cause) : Fact
{
    public override string Name => "carts.branch-discarded";
}

/// <summary>An order took lines out of a cart: how many it touched, how many are left.</summary>
public sealed record LinesOrdered(CartId Cart, OrderId Order, int Lines, int Left) : Fact
{
    public override string Name => "carts.lines-ordered";
}

/// <summary>A buyer began a further cart; the one that was open is set aside.</summary>
public sealed record CartBegun(CartId Cart, string Content) : Fact
{
    public override string Name => "carts.begun";
}

/// <summary>He opened one of his carts that was set aside, and set the other one aside.</summary>
public sealed record CartSwitched(CartId Cart, CartId? Former) : Fact
{
    public override string Name => "carts.switched";
}

public sealed record CartRenamed(CartId Cart, string Before, string After) : Fact
{
    public override string Name => "carts.renamed";
}

/// <summary>He threw a cart away that was set aside.</summary>
public sealed record CartDeleted(CartId Cart, string Before, int Lines) : Fact
{
    public override string Name => "carts.deleted";
}

/// <summary>What was in the cart of somebody who left went into the cart of who came after him.</summary>
public sealed record CartTransferred(CartId Cart, MembershipId Membership, CartId To, MembershipId Successor, int Lines) : Fact
{
    public override string Name => "carts.transferred";
}

/// <summary>The code of a coupon was put into a cart: it is taken off when that is ordered, if it still counts.</summary>
public sealed record CartCouponAdded(CartId Cart, Code Coupon) : Fact
{
    public override string Name => "carts.coupon-added";
}

/// <summary>The code of a coupon was taken out of a cart.</summary>
public sealed record CartCouponRemoved(CartId Cart, Code Coupon) : Fact
{
    public override string Name => "carts.coupon-removed";
}
