using System.Globalization;
using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>A new customer and whom to act for: the number of a company, or null for a consumer.</summary>
public readonly record struct MadeCustomer(string? Number, MembershipId Person);

/// <summary>Customers that staff create: a company with its first employee and address, or a consumer; all of it or nothing.</summary>
public sealed class NewCustomers(Database database, NewPeople people)
{
    internal static readonly Refusal NumberTaken = Refusal.Invalid(
        "companies.number-taken", "Number: another customer has it. Type another one, or leave it empty and the shop gives one.", nameof(NewCompany.Number));

    internal static readonly Refusal ContactOfStaff = Refusal.Invalid(
        "companies.order-contact-of-staff", "Order contact: this is the address of one of the staff. The company reads there what is done in its name.", nameof(NewCompany.OrderEmail));

    // Of two that send the same form the second waits, and finds what the first one did instead of a likely duplicate.
    private const string Wait = """select 1 as "Value" from pg_advisory_xact_lock(hashtextextended({0}, 0))""";

    private const string IsOfStaff = """select 1 as "Value" from staff where email_normalized = {0}""";

    private const string IsTaken = """select 1 as "Value" from company where number = {0}""";

    /// <summary>The new company; the same one for the same key. Who is no supervisor has it assigned, and a rep becomes its rep.</summary>
    /// <param name="passOver">How many likely duplicates were shown and passed over; refuses while that is still to be asked. Not asked when the form has made its customer already.</param>
    public Task<Outcome<MadeCustomer>> Create(
        Caller caller, NewCompany company, NewEmployee first, Func<Task<Outcome<int>>> passOver, string? address, CancellationToken cancel) =>
        Once(caller, "customers.create", first.Key, NewEmployees.FingerprintOf(new { Company = company.ToString(), First = first with { Key = "" } }), cancel, async (tx, notCreated) =>
        {
            if (!caller.May(Right.CustomersCreate) || caller.Staff is not { } staff)
            {
                return NewEmployees.CompanyUnknown;
            }

            if (company.Number is { } wanted && await IsUsed(tx, wanted))
            {
                return NumberTaken;
            }

            if (company.OrderEmail is { } contact && await IsStaff(tx, contact))
            {
                return ContactOfStaff;
            }

            var duplicates = await passOver();
            if (duplicates.Refusal is { } question)
            {
                return question;
            }

            var id = IId<CompanyId>.New();
            var number = company.Number ?? await FreeNumber(tx);
            var isRep = staff.Role == StaffRole.SalesRep;
            tx.Db.Add(new CompanyRow
            {
                Id = id, Number = number, Name = company.Name, SortName = SearchText.SortName(company.Name), Country = company.Address.Country.Code, Currency = company.Currency,
                TaxId = company.TaxId, OrderEmail = company.OrderEmail?.Text, Status = CompanyStatus.Active, SalesRepId = isRep ? staff.Id : null, CreatedAt = tx.Now, Version = 1,
            });
            var isAssigned = isRep || !Acting.Scope(caller).AllCompanies;
            if (isAssigned)
            {
                tx.Db.Add(new StaffAssignmentRow { StaffId = staff.Id, CompanyId = id, AssignedAt = tx.Now });
            }

            await CustomerIndex.Add(tx, id, number, company.Name);
            tx.Add(new CompanyCreated(id, number, company.Name, company.OrderEmail?.Text, isAssigned, duplicates.Value));
            AddressBook.Add(tx, id, null, new AddressEntry(null, company.Address, IsBilling: true, IsShipping: true));
            var outcome = await people.Add(tx, first.Person, new NewPlace(id, company.Name, first.Joins, address) { IsNew = true }, notCreated);
            return outcome.Refusal is { } refusal ? refusal : $"{outcome.Value.Membership} {number}";
        });

    /// <summary>A private customer, for staff who have to do with those at all.</summary>
    public Task<Outcome<MadeCustomer>> CreateConsumer(
        Caller caller, NewEmployee consumer, PostalAddress? home, Func<Task<Outcome<int>>> passOver, string? address, CancellationToken cancel) =>
        Once(caller, "customers.create-consumer", consumer.Key, NewEmployees.FingerprintOf(new { Home = home?.ToString(), Consumer = consumer with { Key = "" } }), cancel, async (tx, notCreated) =>
        {
            if (!caller.May(Right.CustomersCreate) || !Acting.Scope(caller).Consumers)
            {
                return NewEmployees.CompanyUnknown;
            }

            if ((await passOver()).Refusal is { } question)
            {
                return question;
            }

            var outcome = await people.Add(tx, consumer.Person, new NewPlace(null, "", consumer.Joins, address), notCreated);
            if (outcome.Refusal is { } refusal)
            {
                return refusal;
            }

            if (home is not null)
            {
                AddressBook.Add(tx, null, outcome.Value.Buyer, new AddressEntry(null, home, IsBilling: true, IsShipping: true));
            }

            return outcome.Value.Membership.ToString();
        });

    /// <summary>The currencies of the price lists.</summary>
    public async Task<IReadOnlyList<string>> Currencies(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<string>("select distinct currency as \"Value\" from price_list order by currency").ToListAsync(cancel);
    }

    private async Task<Outcome<MadeCustomer>> Once(
        Caller caller, string route, string key, string fingerprint, CancellationToken cancel, Func<Tx, Action<PersonNotCreated>, Task<Outcome<string>>> create)
    {
        PersonNotCreated? notCreated = null;
        var outcome = await database.Write(
            caller,
            async tx =>
            {
                notCreated = null;
                if (tx.Database.Kind == DatabaseKind.Postgres)
                {
                    await tx.Db.Rows<int>(Wait, key).ToListAsync(tx.Cancel);
                }

                return await tx.Once($"staff:{caller.Staff?.Id}", route, key, fingerprint, () => create(tx, refused => notCreated = refused));
            },
            cancel);
        if (notCreated is not null)
        {
            // The company that was to be is none.
            await database.Record(caller, notCreated with { Company = null }, cancel);
        }

        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        var parts = outcome.Value.Split(' ', 2);
        return new MadeCustomer(parts.ElementAtOrDefault(1), new MembershipId(Guid.Parse(parts[0])));
    }

    internal static async Task<bool> IsStaff(Tx tx, EmailAddress contact) => (await tx.Db.Rows<int>(IsOfStaff, contact.Normalized).ToListAsync(tx.Cancel)).Count > 0;

    private static async Task<string> FreeNumber(Tx tx)
    {
        string number;
        do
        {
            var next = await tx.NextNumber("customer_number");
            number = string.Create(CultureInfo.InvariantCulture, $"C-{next:000000}");
        }
        while (await IsUsed(tx, number));
        return number;
    }

    internal static async Task<bool> IsUsed(Tx tx, string number) => (await tx.Db.Rows<int>(IsTaken, number).ToListAsync(tx.Cancel)).Count > 0;
}
