using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>
/// Who represents an order: the staff member to whose name it stands, whoever acted. Decided when the order comes about, and changed by the Back Office alone. It opens nothing: who represents an
/// order sees it as far as he sees its customer.
/// </summary>
public static class Representation
{
    /// <summary>A reason in words for another representative.</summary>
    public const int LongestReason = 200;

    /// <param name="acting">The role of the staff member in whose session it is placed; null: no staff acts.</param>
    /// <param name="by">Who he is.</param>
    /// <param name="primary">The contact of the customer.</param>
    /// <param name="isPermanent">The setting: what the customer does himself stands to the name of his contact.</param>
    /// <returns>Null: nobody.</returns>
    public static StaffId? Of(StaffRole? acting, StaffId? by, StaffId? primary, bool isPermanent) =>
        by is { } seller && acting is { } role && Sells(role) ? seller : isPermanent ? primary : null;

    // Support and administrators help; what they help with is still the contact's.
    private static bool Sells(StaffRole role) => role is StaffRole.SalesRep or StaffRole.TelesalesOperator or StaffRole.Supervisor;
}
