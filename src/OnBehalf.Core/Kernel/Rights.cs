namespace OnBehalf.Kernel;

/// <summary>
/// A named action. The bit is the place in <see cref="Rights"/>; the name (`carts.change`) is what people, interfaces and the audit log see.
/// </summary>
public readonly record struct Right
{
    private Right(int bit, string name, Phrase sentence)
    {
        Bit = bit;
        Name = name;
        Sentence = sentence;
    }

    public int Bit { get; }

    public string Name { get; }

    /// <summary>What it allows, in words: "put articles into carts and change them".</summary>
    public Phrase Sentence { get; }

    /// <summary>One of a buyer's rights; the others are of staff.</summary>
    public bool IsOfBuyer => Bit < 20;

    // A buyer's rights, up to bit 19.
    public static readonly Right CatalogView = new(0, "catalog.view", "see the catalogue");
    public static readonly Right PricesView = new(1, "prices.view", "see prices");
    public static readonly Right CartsView = new(2, "carts.view", "see the cart");
    public static readonly Right CartsChange = new(3, "carts.change", "fill and change the cart");
    public static readonly Right OrdersPlace = new(4, "orders.place", "place orders");
    public static readonly Right OrdersView = new(5, "orders.view", "see orders");
    public static readonly Right AddressesView = new(6, "addresses.view", "see addresses");
    public static readonly Right AddressesChange = new(7, "addresses.change", "change addresses");
    public static readonly Right AccountView = new(8, "account.view", "see the account data");
    public static readonly Right AccountChange = new(9, "account.change", "change the account data");
    public static readonly Right AccountSecure = new(10, "account.secure", "change password and sign-in");
    public static readonly Right CompanyManage = new(11, "company.manage", "manage the people, roles, cost centres and mandates of the company");
    public static readonly Right OrdersApprove = new(12, "orders.approve", "approve orders of the company that wait");
    public static readonly Right OrdersViewCentre = new(13, "orders.view-centre", "see the orders of others on cost centres for which he is named");
    public static readonly Right OrdersViewCompany = new(14, "orders.view-company", "see all orders of the company");
    public static readonly Right OrdersViewTree = new(15, "orders.view-tree", "see all orders of the company and of its subsidiaries");

    // A staff member's rights.
    public static readonly Right StaffDesk = new(20, "staff.desk", "use the Sales Portal");
    public static readonly Right CustomersView = new(21, "customers.view", "see customers");
    public static readonly Right AssistStart = new(22, "assist.start", "act for customers");
    public static readonly Right StaffOrdersView = new(23, "staff-orders.view", "see the orders of his customers");
    public static readonly Right BackOffice = new(24, "back-office.view", "use the Back Office");
    public static readonly Right AuditRead = new(25, "audit.read", "read the audit log");
    public static readonly Right MailRead = new(26, "mail.read", "see sent mail");
    public static readonly Right SettingsChange = new(27, "settings.change", "change settings");
    public static readonly Right SessionsEndAny = new(28, "sessions.end-any", "end anybody's assisted session");
    public static readonly Right PolicyChange = new(29, "policy.change", "change who may act for whom");
    public static readonly Right AccessGrant = new(30, "access.grant", "assign customers and grant access to them, approve sessions and see why somebody may act");

    public static readonly Right StaffSecure = new(31, "staff.secure", "see where staff are signed in, end it, and reset their second step");

    public static readonly Right StaffManage = new(50, "staff.manage", "make staff members, change what they may do, and close and open their accounts");

    public static readonly Right BuyersSecure = new(32, "buyers.secure", "see where buyers are signed in, and end it");
    public static readonly Right BuyersHelp = new(58, "buyers.help", "unlock buyers, send them invitations and mails for a new password, and see why they did not get in");
    public static readonly Right PeopleCreate = new(33, "people.create", "create employees and addresses of his customers");
    public static readonly Right CustomersCreate = new(34, "customers.create", "create customers");

    public static readonly Right PrivacyErase = new(35, "privacy.erase", "erase people, and set and lift legal holds");

    public static readonly Right CustomersChange = new(36, "customers.change", "change the data and the status of companies");
    public static readonly Right CatalogChange = new(38, "catalog.change", "change the catalogue: articles, categories, assortments");
    public static readonly Right PricesChange = new(39, "prices.change", "change prices, customer groups, taxes, shipping and coupons");

    public static readonly Right OrdersProcess = new(41, "orders.process", "confirm, ship, invoice, cancel and take back orders");

    public static readonly Right DealsApprove = new(42, "deals.approve", "approve prices beyond the limits of who asks for them");
    public static readonly Right CommissionsView = new(56, "commissions.view", "see the commissions of everybody");
    public static readonly Right CommissionsChange = new(57, "commissions.change", "change the rules of commissions and pay them out");

    // A named extra that a staff member may bring into a session.
    public static readonly Right PricesAdjust = new(40, "prices.adjust", "adjust prices");

    public static readonly IReadOnlyList<Right> All =
    [
        CatalogView, PricesView, CartsView, CartsChange, OrdersPlace, OrdersView, AddressesView, AddressesChange, AccountView, AccountChange, AccountSecure,
        CompanyManage, OrdersApprove, OrdersViewCentre, OrdersViewCompany, OrdersViewTree,
        StaffDesk, CustomersView, AssistStart, StaffOrdersView, BackOffice, AuditRead, MailRead, SettingsChange, SessionsEndAny, PolicyChange, AccessGrant,
        StaffSecure, StaffManage, BuyersSecure, BuyersHelp, PeopleCreate, CustomersCreate, PrivacyErase, CustomersChange, PricesChange, CatalogChange, OrdersProcess, DealsApprove, CommissionsView, CommissionsChange, PricesAdjust,
    ];

    public override string ToString() => Name;
}

/// <summary>A set of named actions. The default value is the empty set: nothing is allowed.</summary>
public readonly record struct Rights(ulong Bits)
{
    public static readonly Rights None;

    /// <summary>Every right there is or will be: what restricts nothing.</summary>
    public static readonly Rights Everything = new(ulong.MaxValue);

    public static Rights Of(params ReadOnlySpan<Right> rights)
    {
        var bits = 0UL;
        foreach (var right in rights)
        {
            bits |= 1UL << right.Bit;
        }

        return new Rights(bits);
    }

    public bool Has(Right right) => (Bits & (1UL << right.Bit)) != 0;

    public static Rights operator &(Rights left, Rights right) => new(left.Bits & right.Bits);

    public static Rights operator |(Rights left, Rights right) => new(left.Bits | right.Bits);

    /// <summary>All of those are among these.</summary>
    public bool Include(Rights others) => (others.Bits & ~Bits) == 0;

    /// <summary>These but for those.</summary>
    public Rights Without(Rights other) => new(Bits & ~other.Bits);

    public IEnumerable<Right> Names()
    {
        var bits = Bits;
        return Right.All.Where(right => (bits & (1UL << right.Bit)) != 0);
    }

    public override string ToString() => string.Join(' ', Names().Select(right => right.Name));
}
