using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>A private customer; only for staff who have to do with those at all.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersCreate)]
public sealed class NewConsumerPage(NewCustomers customers, DuplicateQueries duplicates, KnownPersonQueries people, ShopAddress address) : CustomerForm(people, address)
{
    private PostalAddress? _home;
    private MadeCustomer _made;

    public override string PlaceName => Say("the private customers");

    public async Task<IActionResult> OnGet()
    {
        await Begin();
        Customer.MayBeEmpty = true;
        return Acting.Scope(Caller).Consumers ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost() => !Acting.Scope(Caller).Consumers ? Missing() : (await Create()).Answer ?? SeeOther(Onward(_made));

    public override string PathOf(MembershipId member) => CustomerPaths.Buyer(CustomerPaths.SalesPortal, member);

    protected override Task<IReadOnlyList<RoleChoice>> FindRoles() => Task.FromResult<IReadOnlyList<RoleChoice>>([BuyerRole.Consumer]);

    protected override IActionResult? CheckRest()
    {
        Customer.MayBeEmpty = true;
        if (!Customer.IsTyped)
        {
            return null;
        }

        (_home, var refusals) = PostalAddress.Read(Customer.For($"{Input.FirstName} {Input.LastName}".Trim()));
        return refusals.Count > 0 ? Refused(refusals, nameof(Customer)) : null;
    }

    protected override async Task<Outcome<MembershipId>> Store(NewEmployee employee, string? shopAddress)
    {
        var outcome = await customers.CreateConsumer(
            Caller, employee, _home, async () => PassOver(await duplicates.OfConsumer(Caller, employee.Person.Name, employee.Person.Profile.Phone, Cancel)), shopAddress, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        _made = outcome.Value;
        return _made.Person;
    }
}
