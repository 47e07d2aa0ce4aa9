using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>What each role of the seller's people may do.</summary>
public static class StaffRoles
{
    private static readonly Rights Desk = Rights.Of(Right.StaffDesk, Right.CustomersView, Right.AssistStart, Right.StaffOrdersView);

    public static Rights RightsOf(StaffRole role, bool mayAdjustPrices)
    {
        var rights = role switch
        {
            StaffRole.SalesRep or StaffRole.TelesalesOperator => Desk,
            StaffRole.SupportAgent => Desk | Rights.Of(Right.BackOffice, Right.MailRead),
            StaffRole.Supervisor => Desk | Rights.Of(Right.BackOffice, Right.MailRead, Right.AuditRead, Right.SessionsEndAny, Right.AccessGrant, Right.BuyersSecure),
            StaffRole.Administrator => Desk | Rights.Of(
                Right.BackOffice, Right.MailRead, Right.AuditRead, Right.SettingsChange, Right.SessionsEndAny, Right.PolicyChange, Right.AccessGrant,
                Right.StaffSecure, Right.BuyersSecure),
            _ => Rights.None,
        };
        return mayAdjustPrices ? rights | Rights.Of(Right.PricesAdjust) : rights;
    }

    public static string Word(StaffRole role) => role switch
    {
        StaffRole.SalesRep => "Sales rep",
        StaffRole.SupportAgent => "Support agent",
        StaffRole.Supervisor => "Supervisor",
        StaffRole.Administrator => "Administrator",
        _ => "Telesales operator",
    };
}
