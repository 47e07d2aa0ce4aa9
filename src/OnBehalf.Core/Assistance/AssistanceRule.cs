using System.Runtime.CompilerServices;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>
/// What decided: one of the rules that stand fast, or a rule that an administrator wrote. The words hold {company} for the customer, {op} for "you" or the
/// operator's name, {ops} for "your" or "his name's", {have} for "have" or "has".
/// </summary>
/// <param name="Code">`assistance.not-assigned`; stands in the log and in the interface for ever.</param>
/// <param name="Why">The reason inside a sentence.</param>
/// <param name="Remedy">What the operator can do about a "no".</param>
/// <param name="Change">What would have to be changed for a "yes", for those who can.</param>
public sealed record AssistanceRule(string Code, bool Allows, Phrase Why, Phrase Remedy, Phrase Change)
{
    private const string Prefix = "assistance.";

    // A page of customers asks the same few rules a hundred times.
    private static readonly ConditionalWeakTable<PolicyRule, AssistanceRule> Made = [];

    // What stands fast, in the order in which it is judged.
    public static readonly AssistanceRule OperatorInactive = Deny(
        "operator-inactive", "{ops} account is not active", "Ask your administrator.", "Activate the account of {op}.");

    public static readonly AssistanceRule RightMissing = Deny(
        "right-missing", "{ops} role does not allow acting for customers", "Ask your administrator for the right.", "Give {op} a role that may act for customers.");

    public static readonly AssistanceRule Nested = Deny(
        "nested", "{op} {act} for somebody already", "End that session first.", "There is no second level; the running session has to be ended.");

    public static readonly AssistanceRule Yourself = Deny(
        "yourself", "that is {op}", "Sign in to the shop with your own password instead.", "Nothing: nobody acts for himself.");

    public static readonly AssistanceRule StaffSubject = Deny(
        "staff-subject", "that account belongs to somebody of the staff", "He can sign in to the shop himself.", "Nothing: nobody acts for staff.");

    public static readonly AssistanceRule Protected = Deny(
        "protected", "this account is under protection", "Ask your supervisor.", "Lift the protection.");

    public static readonly AssistanceRule CompanyBlocked = Deny(
        "company-blocked", "{company} is blocked", "Ask the Back Office to lift the block first.", "Lift the block of {company}.");

    public static readonly AssistanceRule BuyerInactive = Deny(
        "buyer-inactive", "the account is not active", "Choose somebody else, or have the account activated.", "Activate the account.");

    public static readonly AssistanceRule MembershipInactive = Deny(
        "membership-inactive", "no longer active at {company}", "Choose somebody else of this customer.", "Activate the membership at {company}.");

    public static readonly AssistanceRule ConsumerByColleague = Deny(
        "consumer-by-colleague", "private customers are never acted for by other customers", "Ask the shop's support.", "Nothing: colleagues act within their company.");

    public static readonly AssistanceRule OtherCompany = Deny(
        "other-company", "colleagues act only within their own company", "Ask somebody of {company}.", "Make {op} a member of {company}.");

    public static readonly AssistanceRule OtherCustomer = Deny(
        "other-customer", "dealers act only for their own end customers", "Ask the shop's support.", "Enter {company} as an end customer of that dealer.");

    public static readonly AssistanceRule DealerInactive = Deny(
        "dealer-inactive", "{ops} own company is on hold or blocked", "Ask the shop what stands against it.", "Make the company of {op} active again.");

    public static readonly AssistanceRule MoreRights = Deny(
        "more-rights", "that person has more rights than {op}", "Ask somebody with the same rights to do it.",
        "{company} can allow its people to act for somebody with more rights.");

    public static readonly AssistanceRule MandateNotToday = Deny(
        "mandate-not-today", "the mandate of {company} does not count on this day of the week", "Try again on a day on which it counts.",
        "{company} can change the days of its mandate.");

    public static readonly AssistanceRule Frozen = Deny(
        "frozen", "the customer did not ask for an earlier session, and the case is not closed", "Ask your supervisor.", "Close the case.");

    public static readonly AssistanceRule ConsentWithdrawn = Deny(
        "consent-withdrawn", "the customer has withdrawn consent", "Ask the customer to agree again.", "The customer can agree again in the shop.");

    // No rule that allows fits: the nearest one says what is missing.
    public static readonly AssistanceRule NotAssigned = Deny(
        "not-assigned", "{company} is not assigned to {op}", "Ask your supervisor, or request access.",
        "Assign {company} to {op}, or grant access for a time.");

    public static readonly AssistanceRule ConsumersNotCovered = Deny(
        "consumers-not-covered", "{ops} role covers companies, not private customers", "Hand the matter to support.",
        "Write a rule that covers private customers for the role of {op}.");

    public static readonly AssistanceRule CompanyNotCovered = Deny(
        "company-not-covered", "no rule lets {op} act for a company as a whole", "Choose somebody of {company}.",
        "Write a rule that covers companies as a whole for the role of {op}.");

    public static readonly AssistanceRule OutsideHours = Deny(
        "outside-hours", "it is outside the hours in which {op} may act", "Try again within them, or ask your supervisor.", "Change the hours of the rule.");

    public static readonly AssistanceRule OutsideNetwork = Deny(
        "outside-network", "it is not allowed from this network", "Work from the office or its network.", "Change the networks of the rule.");

    public static readonly AssistanceRule MandateMissing = Deny(
        "mandate-missing", "{company} has given {op} no mandate", "Ask an administrator of {company} for one.", "{company} can give {op} a mandate.");

    public static readonly AssistanceRule OutsideTerritory = Deny(
        "outside-territory", "{company} lies outside the territory of {op}", "Ask your supervisor, or request access.",
        "Assign {company} to {op}, or change the territory of the rule.");

    public static readonly AssistanceRule StatusNotCovered = Deny(
        "status-not-covered", "no rule lets {op} act for a company in the state of {company}", "Ask your supervisor.", "Change the state of {company}, or the rule.");

    public static readonly AssistanceRule KindNotCovered = Deny(
        "kind-not-covered", "no rule lets {op} act for a company of the kind of {company}", "Ask your supervisor.", "Change the kind of {company}, or the companies of the rule.");

    public static readonly AssistanceRule NoRule = Deny(
        "no-rule", "no rule allows it to somebody in {ops} role", "Ask your supervisor.", "Write a rule that allows it to the role of {op}.");

    public static readonly AssistanceRule DealersNotCovered = Deny(
        "dealers-not-covered", "no rule of the shop lets dealers act for this end customer", "Ask the shop.", "Write a rule that names dealers.");

    // Asked of a running session.
    public static readonly AssistanceRule ConsentMissing = Deny(
        "consent-missing", "the customer's consent has run out", "Ask the customer to agree again.", "The customer can agree in the shop.");

    /// <summary>All that stand fast; no rule of an administrator may have one of their names.</summary>
    public static readonly IReadOnlyList<AssistanceRule> Fixed =
    [
        OperatorInactive, RightMissing, Nested, Yourself, StaffSubject, Protected, CompanyBlocked, BuyerInactive, MembershipInactive, ConsumerByColleague,
        OtherCompany, OtherCustomer, DealerInactive, MoreRights, MandateNotToday, Frozen, ConsentWithdrawn, NotAssigned, ConsumersNotCovered, CompanyNotCovered, OutsideHours, OutsideNetwork,
        MandateMissing, OutsideTerritory, StatusNotCovered, KindNotCovered, NoRule, DealersNotCovered, ConsentMissing,
    ];

    public static implicit operator Code(AssistanceRule rule) => new(rule.Code);

    /// <summary>A rule of an administrator as what decided.</summary>
    public static AssistanceRule Of(PolicyRule rule) => Made.GetValue(rule, static rule => rule.Allows
        ? new AssistanceRule(Prefix + rule.Id, true, rule.Why is { } why ? Phrase.Made(why) : WhyAllowed(rule), "", "")
        : new AssistanceRule(
            Prefix + rule.Id, false, rule.Why is { } said ? Phrase.Made(said) : Phrase.Of($"the rule “{rule.Name}” says no"), rule.Remedy is { } remedy ? Phrase.Made(remedy) : "Ask your supervisor.", $"Change the rule “{rule.Name}”."));

    public override string ToString() => Code;

    private static Phrase WhyAllowed(PolicyRule rule) => rule switch
    {
        { NeedsMandate: true } => Phrase.Of("{company} has given {op} a mandate"),
        { Reach: Reach.Assigned } => Phrase.Of("{company} is assigned to {op}"),
        { Reach: Reach.Tree } => Phrase.Of("{company} belongs to a company that is assigned to {op}"),
        { Reach: Reach.Access } => Phrase.Of("{op} {have} access to all customers"),
        { Countries.Count: > 0 } => Phrase.Of("{company} lies in the territory of {op}"),
        { Subjects: [SubjectKind.Consumer] } => Phrase.Of("{ops} role covers private customers"),
        _ => Phrase.Of("{ops} role covers all customers"),
    };

    private static AssistanceRule Deny(string code, Phrase why, Phrase remedy, Phrase change) => new(Prefix + code, false, why, remedy, change);
}
