using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>Which part of the product a URL belongs to; it alone says which credential counts.</summary>
public enum Surface
{
    /// <summary>The Buyer Portal of the person himself.</summary>
    Shop,

    /// <summary>The Buyer Portal inside an assisted session: `/as/{handle}/…`.</summary>
    Assisted,

    /// <summary>The Sales Portal: `/staff`.</summary>
    Staff,

    /// <summary>The Back Office: `/admin`.</summary>
    BackOffice,
}

/// <summary>Whom an endpoint answers at all.</summary>
public enum Audience
{
    /// <summary>Anybody, signed in or not.</summary>
    Everybody,

    /// <summary>A signed-in buyer, or whoever acts for one or for a company.</summary>
    Buyer,

    /// <summary>A signed-in staff member.</summary>
    Staff,
}

/// <summary>What an assisted session may do with an endpoint.</summary>
public enum Delegation
{
    /// <summary>Nothing: refused with a sentence and recorded.</summary>
    Deny,

    /// <summary>Look, not change.</summary>
    View,

    /// <summary>All that the rights and the mode of the session allow.</summary>
    Allow,
}

/// <summary>
/// An endpoint's own declaration: who, with which right, and what an assisted session may do with it. An endpoint without one answers nobody, and a test
/// that lists all endpoints fails on it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AccessAttribute(Audience audience, Delegation delegation) : Attribute
{
    public Audience Audience => audience;

    public Delegation Delegation => delegation;

    /// <summary>Name of the right that is needed: `carts.change`.</summary>
    public string? Right { get; init; }

    /// <summary>The lowest mode of a session in which an unsafe request is let through.</summary>
    public Mode Mode { get; init; } = Mode.Cart;

    /// <summary>It is about a person, so it is nothing for a session that acts for a company as a whole.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>A form that comes from the staff host, when it has a name of its own, and from nowhere else.</summary>
    public bool FromStaffHost { get; init; }

    public Right? NeededRight => Right is null ? null : Kernel.Right.All.Single(right => right.Name == Right);
}

/// <summary>Names of rights as constants, because attributes take nothing else; a test holds them against <see cref="Right.All"/>.</summary>
public static class Needs
{
    public const string CatalogView = "catalog.view";
    public const string CartsView = "carts.view";
    public const string CartsChange = "carts.change";
    public const string OrdersPlace = "orders.place";
    public const string OrdersView = "orders.view";
    public const string AddressesView = "addresses.view";
    public const string AddressesChange = "addresses.change";
    public const string AccountView = "account.view";
    public const string AccountChange = "account.change";
    public const string AccountSecure = "account.secure";
    public const string CompanyManage = "company.manage";
    public const string OrdersApprove = "orders.approve";
    public const string StaffDesk = "staff.desk";
    public const string CustomersView = "customers.view";
    public const string AssistStart = "assist.start";
    public const string StaffOrdersView = "staff-orders.view";
    public const string BackOffice = "back-office.view";
    public const string AuditRead = "audit.read";
    public const string MailRead = "mail.read";
    public const string SettingsChange = "settings.change";
    public const string SessionsEndAny = "sessions.end-any";
    public const string PolicyChange = "policy.change";
    public const string AccessGrant = "access.grant";
    public const string StaffSecure = "staff.secure";
    public const string StaffManage = "staff.manage";
    public const string PeopleCreate = "people.create";
    public const string CustomersCreate = "customers.create";
    public const string CustomersChange = "customers.change";
    public const string PrivacyErase = "privacy.erase";
    public const string PricesChange = "prices.change";
    public const string CatalogChange = "catalog.change";
    public const string OrdersProcess = "orders.process";
    public const string CommissionsView = "commissions.view";
    public const string CommissionsChange = "commissions.change";
}
