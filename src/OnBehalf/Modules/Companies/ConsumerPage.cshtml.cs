using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>A private customer in the Sales Portal; whoever belongs to a company is on its page.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class ConsumerPage(CustomerQueries customers, OpenedCustomers opened) : ShownPerson(customers, opened)
{
    protected override bool IsShown(PersonOfCustomer customer) => customer.Company is null;
}

/// <summary>A buyer in the Back Office; who may, sees where he is signed in and ends it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeBuyerPage(
    Database database, CustomerQueries customers, OpenedCustomers opened, SignInListQueries signIns, SignInStops stops, BuyerHelp helper, SignInLimits limits, ShopAddress address, TimeProvider clock) : ShownPerson(customers, opened)
{
    private readonly CustomerQueries _customers = customers;

    /// <param name="membershipId">Whose page it is.</param>
    /// <param name="signIn">To end.</param>
    /// <param name="others">To end all.</param>
    /// <param name="help">`unlock`, `invite`, `reset` or `confirm`; null: it is about sign-ins.</param>
    public async Task<IActionResult> OnPost(Guid membershipId, Guid signIn, bool others, string? help)
    {
        if (await _customers.FindPerson(Caller, new MembershipId(membershipId), Cancel) is not { } customer)
        {
            return Missing();
        }

        if (help is not null)
        {
            return await Answer(membershipId, customer.Person, help);
        }

        var outcome = await stops.EndOf(Caller, customer.Person.Buyer, others ? null : new SignInId(signIn), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{CustomerPaths.Buyer(Root, customer.Person.Membership)}?done={(others ? "all" : "ended")}#sign-ins");
    }

    // Mails by a button are as few as those for which somebody asks himself.
    private async Task<IActionResult> Answer(Guid membershipId, CustomerPerson person, string wanted)
    {
        if (!Caller.May(Right.BuyersHelp))
        {
            return Refused(AccessGate.RightMissing);
        }

        var outcome = wanted == "unlock" ? await helper.Unlock(Caller, person.Buyer, Cancel)
            : wanted is not ("invite" or "reset" or "confirm") ? Refusal.Invalid("identity.no-such-help", "This form has lost its button. Open the page again and retry.")
            : !await limits.AdmitsMail(HttpContext, person.Email) ? SignInLimits.TooOften
            : wanted == "invite" ? await helper.Invite(Caller, person.Buyer, await address.Of(Request), Cancel)
            : wanted == "reset" ? await helper.SendReset(Caller, person.Buyer, await address.Of(Request), Cancel)
            : await helper.SendConfirmation(Caller, person.Buyer, await address.Of(Request), Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther($"{CustomerPaths.Buyer(Root, person.Membership)}?done={wanted}#help");
        }

        await OnGet(membershipId);
        return Refused(refusal);
    }

    protected override Func<BuyerHelpSection?>? FindHelp(SqlTogether together) =>
        Caller.May(Right.BuyersHelp) ? BuyerHelpQueries.Of(database, together, Person.Buyer, clock.GetUtcNow(), Path) : null;

    protected override async Task<SignInListing?> ListSignIns() => Caller.May(Right.BuyersSecure)
        ? new SignInListing(Say("Where he or she is signed in"), await signIns.Of(Person.Buyer, Cancel), null, Path, Say("End all"))
        : null;

    protected override bool IsShown(PersonOfCustomer customer) => true;
}
