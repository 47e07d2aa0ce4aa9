namespace OnBehalf.Kernel;

/// <summary>Every id is a version 7 UUID of its own type, so that a cart cannot be looked up by an order's id.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    static TSelf New() => TSelf.From(Guid.CreateVersion7());
}

public readonly record struct CompanyId(Guid Value) : IId<CompanyId> { public static CompanyId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct BuyerId(Guid Value) : IId<BuyerId> { public static BuyerId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct MembershipId(Guid Value) : IId<MembershipId> { public static MembershipId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct StaffId(Guid Value) : IId<StaffId> { public static StaffId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct SignInId(Guid Value) : IId<SignInId> { public static SignInId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct AssistedSessionId(Guid Value) : IId<AssistedSessionId> { public static AssistedSessionId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct AssistCaseId(Guid Value) : IId<AssistCaseId> { public static AssistCaseId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CategoryId(Guid Value) : IId<CategoryId> { public static CategoryId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct ProductId(Guid Value) : IId<ProductId> { public static ProductId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CustomerGroupId(Guid Value) : IId<CustomerGroupId> { public static CustomerGroupId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct AssortmentId(Guid Value) : IId<AssortmentId> { public static AssortmentId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
public readonly record struct CouponId(Guid Value) : IId<CouponId> { public static CouponId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct PriceListId(Guid Value) : IId<PriceListId> { public static PriceListId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CompanyRoleId(Guid Value) : IId<CompanyRoleId> { public static CompanyRoleId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CostCentreId(Guid Value) : IId<CostCentreId> { public static CostCentreId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct BudgetId(Guid Value) : IId<BudgetId> { public static BudgetId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct AddressId(Guid Value) : IId<AddressId> { public static AddressId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CartId(Guid Value) : IId<CartId> { public static CartId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CartLineId(Guid Value) : IId<CartLineId> { public static CartLineId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct SavedListId(Guid Value) : IId<SavedListId> { public static SavedListId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct OrderId(Guid Value) : IId<OrderId> { public static OrderId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct NoteId(Guid Value) : IId<NoteId> { public static NoteId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CommissionRuleId(Guid Value) : IId<CommissionRuleId> { public static CommissionRuleId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct CommissionClaimId(Guid Value) : IId<CommissionClaimId> { public static CommissionClaimId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct MailId(Guid Value) : IId<MailId> { public static MailId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

public readonly record struct EventId(Guid Value) : IId<EventId> { public static EventId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
