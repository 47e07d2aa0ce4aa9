using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>A rule of the policy: its stable code, whether it allows or denies, and its words.</summary>
/// <param name="Code">`assistance.not-assigned`; stands in the log and in the interface for ever.</param>
/// <param name="Why">The reason inside a sentence; {company} is the buyer's company.</param>
/// <param name="Remedy">What would change a "no".</param>
public sealed record AssistanceRule(string Code, bool Allows, string Why, string Remedy)
{
    public static readonly AssistanceRule AssignedCustomer = Allow("assigned-customer", "{company} is assigned to you");
    public static readonly AssistanceRule AllCustomers = Allow("all-customers", "you have access to all customers");
    public static readonly AssistanceRule RoleCoversAll = Allow("role-covers-all", "your role covers all customers");
    public static readonly AssistanceRule RoleCoversConsumers = Allow("role-covers-consumers", "your role covers private customers");

    public static readonly AssistanceRule RightMissing = Deny(
        "right-missing", "your role does not allow acting for customers", "Ask your administrator for the right.");

    public static readonly AssistanceRule ConsumersNotCovered = Deny(
        "consumers-not-covered", "your role covers companies, not private customers", "Hand the matter to support.");

    public static readonly AssistanceRule NotAssigned = Deny(
        "not-assigned", "{company} is not assigned to you", "Ask your supervisor to assign it to you.");

    public static readonly AssistanceRule Yourself = Deny("yourself", "that is you", "Sign in to the shop with your own password instead.");

    public static readonly AssistanceRule CompanyBlocked = Deny("company-blocked", "{company} is blocked", "Ask the Back Office to lift the block first.");

    public static readonly AssistanceRule BuyerInactive = Deny(
        "buyer-inactive", "the account is not active", "Choose somebody else, or have the account activated.");

    public static readonly AssistanceRule MembershipInactive = Deny(
        "membership-inactive", "no longer active at {company}", "Choose somebody else of this customer.");

    public static implicit operator Code(AssistanceRule rule) => new(rule.Code);

    public override string ToString() => Code;

    private static AssistanceRule Allow(string code, string why) => new("assistance." + code, true, why, "");

    private static AssistanceRule Deny(string code, string why, string remedy) => new("assistance." + code, false, why, remedy);
}
