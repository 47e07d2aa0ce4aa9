using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>The form about a new customer: the customer himself, and below whom to act for; asks once when there may be the same one already.</summary>
public abstract class CustomerForm(KnownPersonQueries people, ShopAddress address) : PersonForm(people, address)
{
    [BindProperty]
    public NewCustomerInput Customer { get; set; } = new();

    /// <summary>Who may be the same customer; not empty when that is asked.</summary>
    public IReadOnlyList<LikelyDuplicate> Duplicates { get; private set; } = [];

    public override string PlaceName => string.IsNullOrWhiteSpace(Customer.Name) ? Say("the new customer") : Customer.Name.Trim();

    /// <summary>What the buttons say: there are duplicates, and he is asked.</summary>
    public string Anyway => Duplicates.Count > 0 ? " anyway" : "";

    protected override string PrefixOf(Refusal refusal) => refusal.Code.StartsWith("companies.", StringComparison.Ordinal) ? nameof(Customer) : nameof(Input);

    /// <summary>Names the duplicates that are shown; sent back it says that they are others.</summary>
    public string? Shown { get; private set; }

    /// <summary>How many duplicates he has passed over, or the question.</summary>
    protected Outcome<int> PassOver(IReadOnlyList<LikelyDuplicate> duplicates)
    {
        var shown = duplicates.Count == 0 ? null : NewEmployees.FingerprintOf(duplicates);
        if (shown is null || shown == Customer.Seen)
        {
            return duplicates.Count;
        }

        (Duplicates, Shown) = (duplicates, shown);
        return Refusal.Conflict("customers.likely-duplicate", "This customer may be there already. Look at the one below; if it is another one, create yours anyway.");
    }

    /// <summary>The page of the customer, or the last step before a session for the person.</summary>
    protected string Onward(MadeCustomer made)
    {
        var customer = CustomerPaths.Customer(CustomerPaths.SalesPortal, made.Number, made.Person);
        return Input.Then == "act" ? ActForLink.Of(customer, made.Person, ActForLink.Return(customer, Request)) : customer;
    }
}

/// <summary>A customer as he is typed; a consumer has but the address.</summary>
public sealed class NewCustomerInput : TypedAddress
{
    public string? Name { get; set; }

    public string? Number { get; set; }

    public string? Currency { get; set; }

    public string? TaxId { get; set; }

    public string? OrderEmail { get; set; }

    /// <summary>The likely duplicates that he saw.</summary>
    public string? Seen { get; set; }

    internal NewCompanyDraft Draft => new(Name, Number, Country, Currency, TaxId, OrderEmail, Line1, Line2, PostalCode, City, Region);
}
