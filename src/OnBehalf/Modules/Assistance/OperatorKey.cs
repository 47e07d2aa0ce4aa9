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

    /// <summary>What he is, beside his name: "Sales rep", "Colleague", "Dealer".</summary>
    /// <param name="dealer">The dealer whose person he is, when he acts for an end customer of it.</param>
    public static Phrase Word(StaffRole? role, string? dealer = null) => role is { } known ? StaffRoles.Word(known) : dealer is null ? Phrase.Of("Colleague") : Phrase.Of("Dealer");

    public static Phrase Word(string? role, string? dealer) => Word(role is null ? default(StaffRole?) : Data.Words.Parse<StaffRole>(role), dealer);

    /// <summary>"Doris Dahl of Handel GmbH": somebody of another company is never shown without it.</summary>
    public static string Name(string name, string? dealer) => dealer is null ? name : Say($"{name} of {dealer}");

    /// <summary>The name of the dealer of whoever asks for himself to act for somebody of a company; null for everybody else.</summary>
    internal static string? DealerOf(Caller caller, CompanyId? subject) =>
        caller is { Actor: Actor.Buyer, Company: { } own } && subject is { } other && other != own.Id ? own.Name : null;

    /// <summary>The same as SQL.</summary>
    /// <param name="place">The place of the operator, and so on.</param>
    internal static string DealerSql(string place, string company) =>
        $"(select w.name from membership v join company w on w.id = v.company_id where v.id = {place} and v.company_id <> {company})";
}
