namespace OnBehalf.Kernel;

public enum StaffRole
{
    SalesRep,
    SupportAgent,
    Supervisor,
    Administrator,

    /// <summary>Sells by telephone; sees only the orders that he placed himself.</summary>
    TelesalesOperator,
}

/// <summary>What somebody does in his company.</summary>
public enum BuyerRole
{
    Administrator,
    Purchaser,
    Approver,
    Viewer,

    /// <summary>A private person who buys for himself.</summary>
    Consumer,

    /// <summary>Whatever the company put together for him: a role that it made itself.</summary>
    Own,
}

public enum CompanyStatus
{
    Active,

    /// <summary>Sees everything and cannot order.</summary>
    OnHold,

    /// <summary>Its people cannot sign in.</summary>
    Blocked,
}

/// <summary>What a company is to the seller and, within its tree, to the company above it.</summary>
public enum CompanyKind
{
    /// <summary>Buys for itself.</summary>
    Customer,

    /// <summary>Belongs to the company above it.</summary>
    Subsidiary,

    Partner,

    /// <summary>Sells on: its people may act for its end customers where rules and mandates let them.</summary>
    Dealer,

    /// <summary>Buys from the seller through the dealer above it.</summary>
    EndCustomer,
}

/// <summary>What an assisted session may do now; each includes the one before.</summary>
public enum Mode
{
    View,
    Cart,
    Order,
}

/// <summary>Who really sits at the keyboard.</summary>
public abstract record Actor(string Name)
{
    private static readonly Nobody TheNobody = new();

    public static Actor Anonymous => TheNobody;

    /// <summary>The id of the buyer or staff member; null for who is nobody.</summary>
    public Guid? Person => this switch { Staff staff => staff.Id.Value, Buyer buyer => buyer.Id.Value, _ => null };

    public static Actor Of(string part) => new Machine(part);

    public sealed record Nobody() : Actor("somebody who is not signed in");

    /// <summary>A part of the product that works by itself: "import", "outbox".</summary>
    public sealed record Machine(string Part) : Actor(Part);

    public sealed record Staff(StaffId Id, SignInId SignIn, string Name, string Email, StaffRole Role, string? Group, bool AccessAllCustomers, Rights Rights) : Actor(Name);

    public sealed record Buyer(BuyerId Id, SignInId SignIn, string Name) : Actor(Name)
    {
        /// <summary>He acts for an end customer of the dealer whose person he is; the dealer stands behind his name.</summary>
        public bool IsDealer { get; init; }

        /// <summary>His name without that.</summary>
        public string OwnName { get; init; } = Name;
    }
}

/// <summary>The buyer whose shop this is in this request: himself, or the one who is acted for.</summary>
/// <param name="Companies">All that he may buy for, when there are several to change between; never in a session.</param>
public sealed record CallerBuyer(
    BuyerId Id, MembershipId Membership, string Name, string Email, BuyerRole Role, IReadOnlyList<CompanyChoice>? Companies = null)
{
    /// <summary>What his role is called, when the company made it itself.</summary>
    public string? OwnRole { get; init; }

    /// <summary>Somebody of the shop asks to act for him and waits for the answer; never in a session.</summary>
    public OpenQuestion? Question { get; init; }
}

/// <summary>A question to a buyer that is not answered.</summary>
/// <param name="Words">"Karim Weiss asks to act for you"</param>
public sealed record OpenQuestion(Guid Id, string Words);

/// <summary>A company that a buyer of several may change to.</summary>
public sealed record CompanyChoice(MembershipId Membership, string Name);

/// <summary>The company that the buyer buys for in this request; none for a consumer.</summary>
public sealed record CallerCompany(CompanyId Id, string Number, string Name, string? Country, Currency Currency, PriceListId? PriceList, CompanyStatus Status);

/// <summary>The assisted session of this request. Times are the database's.</summary>
/// <param name="AsOf">When this request found it alive.</param>
public sealed record CallerSession(
    AssistedSessionId Id, string Handle, Mode Mode, string ReasonCode, string? Reason, string ReturnPath,
    DateTimeOffset StartedAt, DateTimeOffset IdleEndsAt, DateTimeOffset HardEndsAt, string? Ticket, DateTimeOffset AsOf)
{
    /// <summary>What the mode can become.</summary>
    public ModeScope Modes { get; init; } = ModeScope.None;

    /// <summary>How often it had been taken away what it could do when this request found it; a write commits only while it stays so.</summary>
    public int Narrowed { get; init; }

    /// <summary>It began in an emergency, without the buyer's consent.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>The rule that allows it now, as a code, and the version of the policy in which it stands.</summary>
    public (string Rule, int Policy)? AllowedBy { get; init; }

    /// <summary>What the operator runs beside it in this browser.</summary>
    public IReadOnlyList<OtherSession> Others { get; init; } = [];

    /// <summary>Up to which amounts orders may go, in words: "500.00 EUR an order"; null without a limit.</summary>
    public string? Limits { get; init; }

    /// <summary>Orders above it wait for the company's approval, one amount per currency; empty: none waits.</summary>
    public IReadOnlyList<Money> ApprovalAbove { get; init; } = [];

    /// <summary>Two letters: what the operator has chosen, for the bar; null: that of the shop.</summary>
    public string? OperatorLanguage { get; init; }

    /// <summary>From where this request came; null when it is not known.</summary>
    public System.Net.IPAddress? Network { get; init; }

    /// <summary>Names of the pages and actions that are closed to the operator's role.</summary>
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>The cart of the fast order for which it began: the customer's own are neither seen nor changed in it; null: an ordinary session.</summary>
    public CartId? FastOrder { get; init; }

    /// <summary>It comes from another network or browser than the session began in, and the shop wants the operator to prove himself first.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>A session that its operator runs beside another one.</summary>
/// <param name="Path">Where it is gone on with.</param>
public sealed record OtherSession(string Name, string Path);

/// <summary>
/// Who is asking, for whom, and what he may do: the parameter that every read and write gets. Nothing in the product knows the asking person otherwise.
/// </summary>
/// <param name="Rights">Effective rights: in a session already the intersection that the policy computed.</param>
public sealed record Caller(Actor Actor, CallerBuyer? Buyer, CallerCompany? Company, CallerSession? Session, Rights Rights)
{
    public static readonly Caller Anonymous = new(Actor.Anonymous, null, null, null, Rights.None);

    /// <summary>Two letters: what the person whose screen this is has chosen, or his company; in a session the buyer's. Null: that of the shop.</summary>
    public string? Language { get; init; }

    /// <summary>The request in which he asks; null for what happens by itself.</summary>
    public CallerRequest? Request { get; init; }

    public static Caller Machine(string part) => new(Actor.Of(part), null, null, null, Rights.None);

    public bool IsAssisting => Session is not null;

    /// <summary>A session for a company as a whole: it is acted for, and nobody of it.</summary>
    public bool IsForCompany => Session is not null && Buyer is null;

    /// <summary>There is somebody whose shop this is: a buyer, or the company that is acted for as a whole.</summary>
    public bool IsCustomer => Buyer is not null || IsForCompany;

    /// <summary>The name of whose shop this is: the buyer's, or the company's when it is acted for as a whole.</summary>
    public string CustomerName => Buyer?.Name ?? Company?.Name ?? Actor.Name;

    public Actor.Staff? Staff => Actor as Actor.Staff;

    public bool May(Right right) => Rights.Has(right);

    /// <summary>A page or an action of this name is closed to the role of who acts; never to a buyer himself.</summary>
    public bool IsClosed(string page) => Session?.Closed.Contains(page) == true;

    /// <summary>"Karim Weiss for Ines Albrecht" in a session, else the actor's own name.</summary>
    public string InWords => Session is null ? Actor.Name : $"{Actor.Name} for {CustomerName}";
}
