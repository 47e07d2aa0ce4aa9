using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>A form about somebody new, as it was sent.</summary>
/// <param name="Key">Of this one form: however often it is sent, there is one new person.</param>
/// <param name="Joins">See <see cref="NewPlace"/>.</param>
public sealed record NewEmployee(NewPerson Person, string? Joins, string Key);

/// <summary>New employees of a company: by the seller's staff for whom they may see, by an administrator of the company for his own.</summary>
public sealed class NewEmployees(Database database, SeenCompanies companies, NewPeople people)
{
    public static readonly Refusal CompanyUnknown = Refusal.Missing("companies.unknown", "There is no such customer, or it is not yours.");
    internal static readonly Refusal CompanyBlocked = Refusal.Conflict("companies.blocked", "This company is blocked: its people cannot sign in, so it gets no new ones.");
    internal static readonly Refusal CompanyLent = Refusal.Forbidden(
        "companies.access-lent", "You have access to this customer for a time only: whoever it belongs to, or a supervisor, creates and changes its people, its addresses and its data.");

    private static readonly Refusal RoleNotYours = Refusal.Invalid("people.role-not-yours", "Role: you may not give this one. Choose another.", nameof(NewPerson.Role));

    /// <summary>The place of the new employee; the same one for the same key.</summary>
    /// <param name="address">Of the shop, for the mail.</param>
    public async Task<Outcome<MembershipId>> Create(Caller caller, CompanyId company, NewEmployee employee, string? address, CancellationToken cancel)
    {
        var reachesTree = await companies.ReachesTree(caller, cancel);
        PersonNotCreated? notCreated = null;
        var outcome = await database.Write(
            caller,
            async tx =>
            {
                notCreated = null;
                var isOwn = !caller.IsAssisting && caller.Company?.Id == company && caller.May(Right.CompanyManage);
                if ((!isOwn && !caller.May(Right.PeopleCreate)) || await companies.Lock(tx, company, reachesTree, isOwn) is not { } place)
                {
                    return CompanyUnknown;
                }

                return await tx.Once(
                    caller.Staff is { } by ? $"staff:{by.Id}" : $"membership:{caller.Buyer!.Membership}", $"people.create:{company}", employee.Key, FingerprintOf(employee with { Key = "" }),
                    () => Once(tx, company, place, employee, address, refused => notCreated = refused));
            },
            cancel);
        if (notCreated is not null)
        {
            await database.Record(caller, notCreated, cancel);
        }

        return outcome.Refusal is { } refusal ? refusal : new MembershipId(Guid.Parse(outcome.Value));
    }

    internal static string FingerprintOf<T>(T form) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(form))));

    private async Task<Outcome<string>> Once(Tx tx, CompanyId company, SeenCompany place, NewEmployee employee, string? address, Action<PersonNotCreated> notCreated)
    {
        if (place.IsBlocked)
        {
            return CompanyBlocked;
        }

        if (place.IsLent)
        {
            return CompanyLent;
        }

        if (await CompanyRoleQueries.Held(tx.Db, company, employee.Person.Role, tx.Cancel) is not { } role || !CompanyRoleQueries.MayGive(tx.Caller, role))
        {
            return RoleNotYours;
        }

        var outcome = await people.Add(tx, employee.Person, new NewPlace(company, place.Name, employee.Joins, address), notCreated);
        return outcome.Refusal is { } refusal ? refusal : outcome.Value.Membership.ToString();
    }
}
