using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Whose sessions a caller may look at in the Buyer Portal: a condition over `s` (the session) with the parameter {0}.</summary>
public sealed record SessionScope
{
    private SessionScope(string where, Guid key) => (Where, Key) = (where, key);

    public string Where { get; }

    public Guid Key { get; }

    /// <summary>
    /// All sessions for the buyer himself; of a company as a whole those in which nobody of it was acted for. An operator sees those in the company for which he
    /// acts: the others are none of his business.
    /// </summary>
    public static SessionScope OfBuyer(Caller caller) => caller.IsForCompany
        ? new("s.company_id = {0} and s.membership_id is null", caller.Company!.Id.Value)
        : caller.IsAssisting ? new("s.membership_id = {0}", caller.Buyer!.Membership.Value)
        : new("s.buyer_id = {0}", caller.Buyer!.Id.Value);

    /// <summary>Sessions for the company and for nobody of it; null for who does not run the company.</summary>
    public static SessionScope? OfCompanyAsWhole(Caller caller) => caller is { Company: { } company, Buyer.Role: BuyerRole.Administrator }
        ? new("s.company_id = {0} and s.membership_id is null", company.Id.Value)
        : null;

    /// <summary>What a staff member may end: his own, and anybody's with the right for it.</summary>
    public static SessionScope OfStaff(Caller caller) => caller.May(Right.SessionsEndAny)
        ? new("s.id <> {0}", Guid.Empty)
        : new("s.operator_staff_id = {0}", caller.Staff!.Id.Value);

    /// <summary>All sessions for the company and its people; null for who does not run it.</summary>
    public static SessionScope? OfCompany(Caller caller) =>
        caller is { Company: { } company, Buyer.Role: BuyerRole.Administrator } ? new("s.company_id = {0}", company.Id.Value) : null;
}
