using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>What each role in a company may do.</summary>
public static class BuyerRoles
{
    private static readonly Rights Look = Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.OrdersView, Right.AddressesView, Right.AccountView, Right.AccountChange, Right.AccountSecure);

    private static readonly Rights Buy = Look | Rights.Of(Right.CartsChange, Right.OrdersPlace, Right.AddressesChange);

    /// <summary>What can be done for a company as a whole: what its purchasers may, but nothing that belongs to a person.</summary>
    public static readonly Rights OfCompany = Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.OrdersView, Right.AddressesView, Right.AccountView, Right.CartsChange, Right.OrdersPlace,
        Right.AddressesChange);

    public static Rights RightsOf(BuyerRole role) => role switch
    {
        BuyerRole.Administrator => Buy | Rights.Of(Right.CompanyManage),
        BuyerRole.Purchaser or BuyerRole.Consumer => Buy,
        BuyerRole.Approver or BuyerRole.Viewer => Look,
        _ => Rights.None,
    };

    public static string Word(BuyerRole role) => role switch
    {
        BuyerRole.Administrator => "Administrator",
        BuyerRole.Purchaser => "Purchaser",
        BuyerRole.Approver => "Approver",
        BuyerRole.Viewer => "Viewer",
        _ => "Consumer",
    };
}
