using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Account;

/// <summary>Takes an address out of the book. What is wrong is said here.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.AddressesChange)]
public sealed class AddressRemovalPage(Database database) : ShopPage
{
    public IActionResult OnGet() => SeeOther("/account/addresses");

    public async Task<IActionResult> OnPost([FromRoute] Guid id)
    {
        var outcome = await database.Write(Caller, tx => AddressBook.Remove(tx, new AddressId(id)), Cancel);
        return outcome.Refusal is { } refused ? Refused(refused) : SeeOther("/account/addresses?done=removed");
    }
}
