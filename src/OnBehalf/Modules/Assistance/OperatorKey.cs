using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who acts in sessions: a staff member, or a buyer in one of his places. Exactly one of the two is set.</summary>
public readonly record struct OperatorKey
{
    private OperatorKey(StaffId? staff, BuyerId? buyer, MembershipId? membership) => (Staff, Buyer, Membership) = (staff, buyer, membership);

    public StaffId? Staff { get; }

    public BuyerId? Buyer { get; }

    /// <summary>The place from which a buyer acts; none for staff.</summary>
    public MembershipId? Membership { get; }

    public Guid Value => Staff?.Value ?? Buyer!.Value.Value;

    /// <summary>His sessions: a condition over `s` (the session) with the parameter {0}.</summary>
    public string Where => Staff is null ? "s.operator_buyer_id = {0}" : "s.operator_staff_id = {0}";

    public static OperatorKey Of(StaffId staff) => new(staff, null, null);

    public static OperatorKey Of(BuyerId buyer, MembershipId membership) => new(null, buyer, membership);

    /// <summary>Who asks, himself; null for whoever acts for somebody already, and for those who can act for nobody.</summary>
    public static OperatorKey? Of(Caller caller) => caller switch
    {
        { IsAssisting: true } => null,
        { Actor: Actor.Staff staff } => Of(staff.Id),
        { Actor: Actor.Buyer, Buyer: { } buyer } => Of(buyer.Id, buyer.Membership),
        _ => null,
    };

    /// <summary>What he is, beside his name: "Sales rep", "Colleague".</summary>
    public static string Word(StaffRole? role) => role is { } known ? StaffRoles.Word(known) : "Colleague";
}
