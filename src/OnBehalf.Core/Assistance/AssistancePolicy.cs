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
        var rule = DeniedByScope(actor, subject.Company)
            ?? (actor.Email == subject.Email ? AssistanceRule.Yourself
                : subject.Company?.Status == CompanyStatus.Blocked ? AssistanceRule.CompanyBlocked
                : !subject.IsActive ? AssistanceRule.BuyerInactive
                : !subject.IsMembershipActive ? AssistanceRule.MembershipInactive
                : null);
        return rule is not null
            ? AssistanceDecision.Deny(rule, subject.Name, subject.Company?.Name)
            : new AssistanceDecision(
                Covering(actor, subject.Company), subject.Name, subject.Company?.Name, mode, Grant(actor.Rights, subject.Rights, mode));
    }

    /// <summary>What can be said about a company before anybody of it is chosen: null when nothing stands against acting for its people.</summary>
    public static AssistanceDecision? DenyCompany(Operator actor, SubjectCompany company)
    {
        var rule = DeniedByScope(actor, company) ?? (company.Status == CompanyStatus.Blocked ? AssistanceRule.CompanyBlocked : null);
        return rule is null ? null : AssistanceDecision.Deny(rule, company.Name, company.Name);
    }

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

    private static AssistanceRule? DeniedByScope(Operator actor, SubjectCompany? company)
    {
        var scope = CustomerScope.Of(actor.Role, actor.AccessAllCustomers);
        return !actor.Rights.Has(Right.AssistStart) ? AssistanceRule.RightMissing
            : company is null ? (scope.Consumers ? null : AssistanceRule.ConsumersNotCovered)
            : scope.AllCompanies || actor.IsAssigned ? null : AssistanceRule.NotAssigned;
    }

    private static AssistanceRule Covering(Operator actor, SubjectCompany? company) => (company, actor.IsAssigned, actor.AccessAllCustomers) switch
    {
        (null, _, _) => AssistanceRule.RoleCoversConsumers,
        (_, true, _) => AssistanceRule.AssignedCustomer,
        (_, _, true) => AssistanceRule.AllCustomers,
        _ => AssistanceRule.RoleCoversAll,
    };
}
