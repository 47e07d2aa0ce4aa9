using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Who wants to act.</summary>
/// <param name="IsAssigned">The buyer's company is one of those assigned to him.</param>
/// <param name="Email">Normalised, as in <see cref="Subject.Email"/>: the same person may be staff and buyer.</param>
public sealed record Operator(StaffRole Role, Rights Rights, bool AccessAllCustomers, bool IsAssigned, string Email);

/// <summary>The buyer who would be acted for, in one of his places.</summary>
/// <param name="Company">None for a consumer.</param>
public sealed record Subject(string Name, string Email, Rights Rights, bool IsActive, bool IsMembershipActive, SubjectCompany? Company);

public sealed record SubjectCompany(string Name, CompanyStatus Status);

/// <summary>
/// The one function that decides who may act for whom, how, and with which rights. It knows nothing but its parameters; the first rule that says no, or
/// the one that covers the customer, is the rule that decided.
/// </summary>
public static class AssistancePolicy
{
    /// <summary>What can be lent to an operator at all. Password and sign-in stay with the buyer, whatever anybody agreed to.</summary>
    public static readonly Rights Lendable = Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.CartsChange, Right.OrdersPlace, Right.OrdersView, Right.AddressesView,
        Right.AddressesChange, Right.AccountView, Right.AccountChange);

    /// <summary>What the operator may bring along of his own.</summary>
    public static readonly Rights Extras = Rights.Of(Right.PricesAdjust);

    public static AssistanceDecision Decide(Operator actor, Subject subject, Mode mode = Mode.Order)
    {
        if (DenyScope(actor, subject.Name, subject.Company) is { } outOfScope)
        {
            return outOfScope;
        }

        if (actor.Email == subject.Email)
        {
            return AssistanceDecision.Deny(
                "assistance.yourself", $"You cannot act for {subject.Name}: that is you.", "Sign in to the shop with your own password instead.");
        }

        if (subject.Company is { } company && DenyCompany(subject.Name, company) is { } blocked)
        {
            return blocked;
        }

        if (!subject.IsActive)
        {
            return AssistanceDecision.Deny(
                "assistance.buyer-inactive", $"You cannot act for {subject.Name}: the account is not active.", "Choose somebody else, or have the account activated.");
        }

        if (!subject.IsMembershipActive)
        {
            return AssistanceDecision.Deny(
                "assistance.membership-inactive",
                $"You cannot act for {subject.Name}: no longer active at {subject.Company?.Name ?? "this shop"}.",
                "Choose somebody else of this customer.");
        }

        var (rule, because) = Covering(actor, subject.Company);
        return AssistanceDecision.Allow(rule, $"You may act for {subject.Name}: {because}", mode, Grant(actor.Rights, subject.Rights, mode));
    }

    /// <summary>What can be said about a company before anybody of it is chosen: null when nothing stands against acting for its people.</summary>
    public static AssistanceDecision? DenyCompany(Operator actor, SubjectCompany company) =>
        DenyScope(actor, company.Name, company) ?? DenyCompany(company.Name, company);

    /// <summary>Buyer's rights ∩ what can be lent ∩ mode, and the operator's own extras where the mode lets him change anything.</summary>
    public static Rights Grant(Rights actor, Rights subject, Mode mode)
    {
        var lent = subject & Lendable & RightsOf(mode);
        return mode == Mode.View ? lent : lent | (actor & Extras);
    }

    public static Rights RightsOf(Mode mode)
    {
        var view = Rights.Of(Right.CatalogView, Right.PricesView, Right.CartsView, Right.OrdersView, Right.AddressesView, Right.AccountView);
        return mode switch
        {
            Mode.View => view,
            Mode.Cart => view | Rights.Of(Right.CartsChange),
            _ => view | Rights.Of(Right.CartsChange, Right.OrdersPlace, Right.AddressesChange, Right.AccountChange),
        };
    }

    private static AssistanceDecision? DenyScope(Operator actor, string name, SubjectCompany? company)
    {
        if (!actor.Rights.Has(Right.AssistStart))
        {
            return AssistanceDecision.Deny(
                "assistance.right-missing", $"You cannot act for {name}: your role does not allow acting for customers.", "Ask your administrator for the right.");
        }

        var scope = CustomerScope.Of(actor.Role, actor.AccessAllCustomers);
        if (company is null)
        {
            return scope.Consumers ? null : AssistanceDecision.Deny(
                "assistance.consumers-not-covered", $"You cannot act for {name}: your role covers companies, not private customers.", "Hand the matter to support.");
        }

        return scope.AllCompanies || actor.IsAssigned ? null : AssistanceDecision.Deny(
            "assistance.not-assigned", $"You cannot act for {name}: {company.Name} is not assigned to you.", "Ask your supervisor to assign it to you.");
    }

    private static AssistanceDecision? DenyCompany(string name, SubjectCompany company) =>
        company.Status != CompanyStatus.Blocked ? null : AssistanceDecision.Deny(
            "assistance.company-blocked", $"You cannot act for {name}: {company.Name} is blocked.", "Ask the Back Office to lift the block first.");

    private static (string Rule, string Because) Covering(Operator actor, SubjectCompany? company) => (company, actor.IsAssigned, actor.AccessAllCustomers) switch
    {
        (null, _, _) => ("assistance.role-covers-consumers", "your role covers private customers."),
        (_, true, _) => ("assistance.assigned-customer", $"{company.Name} is assigned to you."),
        (_, _, true) => ("assistance.all-customers", "you have access to all customers."),
        _ => ("assistance.role-covers-all", "your role covers all customers."),
    };
}
