using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>What each role of the seller's people may do.</summary>
public static class StaffRoles
{
    private static readonly Rights Desk = Rights.Of(Right.StaffDesk, Right.CustomersView, Right.AssistStart, Right.StaffOrdersView);

    private static readonly Rights Create = Rights.Of(Right.PeopleCreate, Right.CustomersCreate);

    /// <param name="mayCreateCustomers">New customers, and new employees whatever his role is; supervisors and administrators may anyway, reps employees.</param>
    public static Rights RightsOf(StaffRole role, bool mayAdjustPrices, bool mayCreateCustomers = false)
    {
        var rights = role switch
        {
            StaffRole.SalesRep => Desk | Rights.Of(Right.PeopleCreate),
            StaffRole.TelesalesOperator => Desk,
            StaffRole.SupportAgent => Desk | Rights.Of(Right.BackOffice, Right.MailRead, Right.BuyersHelp),
            StaffRole.Supervisor => Desk | Create | Rights.Of(Right.BackOffice, Right.MailRead, Right.AuditRead, Right.SessionsEndAny, Right.AccessGrant, Right.BuyersSecure, Right.BuyersHelp,
                Right.CustomersChange, Right.OrdersProcess, Right.DealsApprove, Right.CommissionsView),
            StaffRole.Administrator => Desk | Create | Rights.Of(
                Right.BackOffice, Right.MailRead, Right.AuditRead, Right.SettingsChange, Right.SessionsEndAny, Right.PolicyChange, Right.AccessGrant,
                Right.StaffSecure, Right.StaffManage, Right.BuyersSecure, Right.BuyersHelp, Right.PrivacyErase, Right.PricesChange, Right.CustomersChange, Right.CatalogChange, Right.OrdersProcess, Right.DealsApprove,
                Right.CommissionsView, Right.CommissionsChange),
            _ => Rights.None,
        };
        rights |= mayCreateCustomers ? Create : Rights.None;
        return mayAdjustPrices ? rights | Rights.Of(Right.PricesAdjust) : rights;
    }

    /// <summary>In the order in which they are offered: who may do least first.</summary>
    public static readonly IReadOnlyList<StaffRole> Offered =
        [StaffRole.TelesalesOperator, StaffRole.SalesRep, StaffRole.SupportAgent, StaffRole.Supervisor, StaffRole.Administrator];

    /// <summary>What the role is for, in a sentence.</summary>
    public static string Sentence(StaffRole role) => role switch
    {
        StaffRole.SalesRep => Say("Acts for his own customers in the Sales Portal, sees their orders, and creates their employees."),
        StaffRole.SupportAgent => Say("Acts for customers from the Back Office, and sees all customers, orders and sent mail there."),
        StaffRole.Supervisor => Say("As support, and grants access, approves and ends sessions, reads the audit log, changes customers and processes orders."),
        StaffRole.Administrator => Say("Everything: settings, rules, prices, the catalogue, erasing people, and who works here with which role."),
        _ => Say("Acts by telephone for the customers that are his, and sees only the orders that he placed himself."),
    };

    public static Phrase Word(StaffRole role) => role switch
    {
        StaffRole.SalesRep => Phrase.Of("Sales rep"),
        StaffRole.SupportAgent => Phrase.Of("Support agent"),
        StaffRole.Supervisor => Phrase.Of("Supervisor"),
        StaffRole.Administrator => Phrase.Of("Administrator"),
        _ => Phrase.Of("Telesales operator"),
    };
}
