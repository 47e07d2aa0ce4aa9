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
        Right.AddressesChange, Right.OrdersViewCompany);

    public static Rights RightsOf(BuyerRole role) => role switch
    {
        BuyerRole.Administrator => Buy | Rights.Of(Right.CompanyManage, Right.OrdersApprove, Right.OrdersViewCentre, Right.OrdersViewCompany, Right.OrdersViewTree),
        BuyerRole.Purchaser or BuyerRole.Consumer => Buy,
        BuyerRole.Approver => Look | Rights.Of(Right.OrdersApprove),
        BuyerRole.Viewer => Look | Rights.Of(Right.OrdersViewCompany),
        _ => Rights.None,
    };

    // In the order in which they are offered; a consumer is nobody of a company.
    private static readonly BuyerRole[] OfAnEmployee = [BuyerRole.Purchaser, BuyerRole.Approver, BuyerRole.Viewer, BuyerRole.Administrator];

    /// <summary>The roles that somebody of a company may give to a new employee: none with a right that he has not himself.</summary>
    public static IReadOnlyList<BuyerRole> GivenBy(Rights own) => [.. OfAnEmployee.Where(role => own.Include(RightsOf(role)))];

    /// <summary>
    /// Somebody may give and take this role of an existing company, whoever made it: in the company none with a right that he has not himself; the seller's staff those that manage
    /// the company only with the right to grant access.
    /// </summary>
    public static bool MayGive(Rights own, bool isStaff, HeldRole role) =>
        role.Kind != BuyerRole.Consumer && (isStaff ? !role.Rights.Has(Right.CompanyManage) || own.Has(Right.AccessGrant) : own.Include(role.Rights));

    /// <summary>
    /// Those that the seller's staff may give. Who decides about mandates and consent of a company is the company's business: of a company that staff
    /// create they name the first administrator, of one that is there already only a supervisor does.
    /// </summary>
    public static IReadOnlyList<BuyerRole> GivenByStaff(Rights ofStaff, bool isNewCompany) =>
        [.. OfAnEmployee.Where(role => role != BuyerRole.Administrator || isNewCompany || ofStaff.Has(Right.AccessGrant))];

    /// <summary>What it is for, in a few words.</summary>
    public static string Sentence(BuyerRole role) => role switch
    {
        BuyerRole.Administrator => Say("orders, approves, and manages the people of the company"),
        BuyerRole.Purchaser => Say("fills the cart and orders"),
        BuyerRole.Approver => Say("looks, and approves orders that wait"),
        BuyerRole.Viewer => Say("sees all orders of the company, and changes nothing but the own account"),
        BuyerRole.Own => Say("does what the company put together"),
        _ => Say("orders for himself"),
    };

    public static Phrase Word(BuyerRole role) => role switch
    {
        BuyerRole.Administrator => Phrase.Of("Administrator"),
        BuyerRole.Purchaser => Phrase.Of("Purchaser"),
        BuyerRole.Approver => Phrase.Of("Approver"),
        BuyerRole.Viewer => Phrase.Of("Viewer"),
        BuyerRole.Own => Phrase.Of("A role of the company"),
        _ => Phrase.Of("Consumer"),
    };
}
