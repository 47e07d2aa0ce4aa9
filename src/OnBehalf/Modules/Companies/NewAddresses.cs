using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>Addresses that staff add to the book of a company. Whoever reads for the company is told: goods may go there from now on.</summary>
public sealed class NewAddresses(Database database, SeenCompanies companies, Outbox outbox, ShopSettings settings)
{
    /// <summary>Done once for the same key.</summary>
    public async Task<Outcome<string>> Add(Caller caller, CompanyId company, AddressEntry entry, string key, CancellationToken cancel)
    {
        var reachesTree = await companies.ReachesTree(caller, cancel);
        return await database.Write(
            caller,
            async tx =>
            {
                if (!caller.May(Right.PeopleCreate) || caller.Staff is not { } staff || await companies.Lock(tx, company, reachesTree) is not { } place)
                {
                    return NewEmployees.CompanyUnknown;
                }

                if (place.IsLent)
                {
                    return NewEmployees.CompanyLent;
                }

                return await tx.Once($"staff:{staff.Id}", $"addresses.add:{company}", key, NewEmployees.FingerprintOf(entry.ToString()), async () =>
                {
                    var id = AddressBook.Add(tx, company, null, entry);
                    var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
                    foreach (var reader in await CompanyContacts.AndAdministrators(tx.Db, company, tx.Cancel))
                    {
                        outbox.Add(tx, Mail(reader, staff.Name, entry, shop));
                    }

                    return id.ToString();
                });
            },
            cancel);
    }

    private static OutgoingMail Mail(CompanyContact reader, string by, AddressEntry entry, string shop) => new(
        "address-added", reader.Email, reader.Name, $"A new address of {reader.CompanyName} at {shop}",
        $"""
        Dear {reader.Name},

        {by} of {shop} has added an address to the book
        of {reader.CompanyName}:

        {entry.Address}

        If that is not right, tell us at once.
        """)
    {
        Buyer = reader.Person,
    };
}
