using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>What staff change about a company: its data and its status. Every change is a row with who, when and why, and ends at once what it no longer allows.</summary>
public sealed class CompanyMasters(Database database, SeenCompanies companies)
{
    public const int LongestReason = 500;

    internal static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "companies.changed-meanwhile", "Somebody else has changed this company since you opened the page. Nothing was stored. Open it again and look.");

    private static readonly Refusal CurrencyOfList = Refusal.Invalid(
        "companies.currency-of-list", "Currency: the price list of this company is in another one. Give it another list first.", nameof(CompanyMaster.Currency));

    private static readonly Refusal ReasonMissing = Refusal.Invalid("companies.reason-missing", $"Why: please say it in at most {LongestReason} characters.", "Reason");

    // A currency of the list that it has.
    private const string ListCurrency = """select l.currency as "Value" from price_list l where l.id = {0}""";

    /// <param name="version">Of the company as it was shown.</param>
    public async Task<Outcome<Done>> Change(Caller caller, CompanyId company, int version, CompanyMaster after, CancellationToken cancel)
    {
        var reachesTree = await companies.ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                if (!caller.May(Right.CustomersChange))
                {
                    return NewEmployees.CompanyUnknown;
                }

                // A start holds its companies until its commit: it comes before this and is ended, or waits and is judged by what is now.
                if (await companies.Lock(tx, company, reachesTree) is not { } place)
                {
                    return NewEmployees.CompanyUnknown;
                }

                if (place.IsLent)
                {
                    return NewEmployees.CompanyLent;
                }

                var row = await tx.Db.Set<CompanyRow>().SingleAsync(row => row.Id == company, tx.Cancel);
                var before = new CompanyMaster(
                    row.Name, row.Number, row.ExternalId, row.ContractNumber, row.Country, row.Language, row.Currency, row.Segment, row.TaxId, row.OrderEmail);
                var changes = before.ChangesTo(after);
                if (changes.Count == 0)
                {
                    return Done.It;
                }

                if (row.Version != version)
                {
                    return ChangedMeanwhile;
                }

                if (await Wrong(tx, row, after) is { } refusal)
                {
                    return refusal;
                }

                (row.Name, row.SortName, row.Number, row.ExternalId, row.ContractNumber) = (after.Name, SearchText.SortName(after.Name), after.Number, after.ExternalId, after.Contracts);
                (row.Country, row.Language, row.Currency, row.Segment, row.TaxId, row.OrderEmail) = (after.Country, after.Language, after.Currency, after.Segment, after.TaxId, after.OrderEmail);
                row.Version++;
                foreach (var (field, old, now) in changes)
                {
                    Keep(tx, company, field, old, now);
                }

                tx.Add(new CompanyChanged(
                    company, string.Join(' ', changes.Select(change => change.Field)), InWords(changes.Select(change => (change.Field, change.Before))),
                    InWords(changes.Select(change => (change.Field, change.After)))));
                await CustomerIndex.Rewrite(tx, company, after);
                if (changes.Any(change => change.Field == "country"))
                {
                    // Rules name countries.
                    await SessionEnds.EndFor(tx, company, "rights-changed");
                }

                return Done.It;
            },
            cancel);
    }

    /// <summary>On hold: it sees everything and cannot order. Blocked: nobody of it can sign in, and what is open is closed. Nobody acts on as before.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="company">Whose status.</param>
    /// <param name="version">Of the company as it was shown.</param>
    /// <param name="status">From now on.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Outcome<Done>> SetStatus(Caller caller, CompanyId company, int version, CompanyStatus status, string? reason, CancellationToken cancel)
    {
        var why = reason?.Trim() ?? "";
        if (why.Length is 0 or > LongestReason)
        {
            return ReasonMissing;
        }

        var reachesTree = await companies.ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                if (!caller.May(Right.CustomersChange))
                {
                    return NewEmployees.CompanyUnknown;
                }

                if (await companies.Lock(tx, company, reachesTree) is not { } place)
                {
                    return NewEmployees.CompanyUnknown;
                }

                if (place.IsLent)
                {
                    return NewEmployees.CompanyLent;
                }

                var row = await tx.Db.Set<CompanyRow>().SingleAsync(row => row.Id == company, tx.Cancel);
                if (row.Status == status)
                {
                    return Done.It;
                }

                // Who decided by another status does not take back what somebody else has decided since.
                if (row.Version != version)
                {
                    return ChangedMeanwhile;
                }

                Keep(tx, company, "status", Words.Kebab(row.Status), Words.Kebab(status), why);
                tx.Add(new CompanyStatusChanged(company, row.Status, status, why));
                (row.Status, row.Version) = (status, row.Version + 1);
                if (status == CompanyStatus.Blocked)
                {
                    await SignInEnds.EndOf(tx, company, "suspended");
                }

                await SessionEnds.EndFor(tx, company, "rights-changed");
                await SessionEnds.EndOfDealers(tx, company, "rights-changed");
                return Done.It;
            },
            cancel);
    }

    /// <summary>Keeps one change of a field, in the transaction that makes it.</summary>
    internal static void Keep(Tx tx, CompanyId company, string field, string? before, string? after, string? reason = null) => tx.Db.Add(new CompanyChangeRow
    {
        Id = Guid.CreateVersion7(), CompanyId = company, Field = field, Before = before, After = after, Reason = reason, StaffId = tx.Caller.Staff?.Id, ChangedAt = tx.Now,
    });

    private static async Task<Refusal?> Wrong(Tx tx, CompanyRow row, CompanyMaster after)
    {
        if (after.Number != row.Number && await NewCustomers.IsUsed(tx, after.Number))
        {
            return NewCustomers.NumberTaken;
        }

        if (after.OrderEmail is { } contact && contact != row.OrderEmail && EmailAddress.TryParse(contact, out var address) && await NewCustomers.IsStaff(tx, address))
        {
            return NewCustomers.ContactOfStaff;
        }

        return after.Currency != row.Currency && row.PriceListId is { } list
            && await tx.Db.Rows<string>(ListCurrency, list.Value).ToListAsync(tx.Cancel) is [var currency] && currency != after.Currency.Code ? CurrencyOfList : null;
    }

    private static string InWords(IEnumerable<(string Field, string? Value)> fields) => string.Join("\n", fields.Select(field => $"{field.Field}: {field.Value ?? "–"}"));
}
