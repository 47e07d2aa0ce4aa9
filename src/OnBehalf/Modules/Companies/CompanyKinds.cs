using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// What a company is to the seller, and to which one it belongs. A change ends what people of a dealer run by the old state, and judges all that runs again, in the
/// same transaction.
/// </summary>
public sealed class CompanyKinds(Database database, ShopPolicies policies)
{
    private static readonly Refusal ParentNotYours = Refusal.Invalid(
        "companies.parent-not-yours", "Belongs to: who serves a company serves those below it too, so only staff with access to all customers move one. Nothing was changed. Ask somebody who has it.", "Parent");

    private static readonly Refusal ParentUnknown = Refusal.Invalid("companies.parent-unknown", "Belongs to: no company has this number.", "Parent");

    private static readonly Refusal NoDealer = Refusal.Invalid(
        "companies.parent-no-dealer", "Belongs to: an end customer belongs to a dealer. Type the number of a company of that kind.", "Parent");

    private static readonly Refusal HasEndCustomers = Refusal.Invalid(
        "companies.has-end-customers", "Kind: end customers belong to this dealer, so it stays one. Move them to another dealer, or make them customers of their own, first.", "Kind");

    private static readonly Refusal Circle = Refusal.Invalid("companies.parent-circle", "Belongs to: this company stands below the one that you change.", "Parent");

    private const string IsAbove =
        """
        with recursive above (id, parent_id) as (
            select id, parent_id from company where id = {0} union select c.id, c.parent_id from company c join above a on c.id = a.parent_id)
        select 1 as "Value" from above where id = {1}
        """;

    public static string Word(CompanyKind kind) => kind switch
    {
        CompanyKind.Subsidiary => Say("Subsidiary"),
        CompanyKind.Partner => Say("Partner"),
        CompanyKind.Dealer => "Dealer",
        CompanyKind.EndCustomer => Say("End customer of a dealer"),
        _ => "Customer",
    };

    /// <param name="caller">Who does it.</param>
    /// <param name="company">Which one.</param>
    /// <param name="version">Of the company as it was shown.</param>
    /// <param name="kind">From now on.</param>
    /// <param name="parent">The number of the company to which it belongs; empty: none.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Change(Caller caller, CompanyId company, int version, CompanyKind kind, string? parent, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            // A start comes before this and is ended, or waits and is judged by what is now. One at a time, so that two of them make no circle.
            await SessionReview.Hold(tx);
            await Lock(tx, company);
            var row = await tx.Db.Set<CompanyRow>().SingleAsync(row => row.Id == company, tx.Cancel);
            CompanyRow? above = null;
            if (parent?.Trim() is { Length: > 0 } number)
            {
                above = await tx.Db.Set<CompanyRow>().SingleOrDefaultAsync(other => other.Number == number, tx.Cancel);
                if (above is null)
                {
                    return ParentUnknown;
                }

                if (await tx.Db.Rows<int>(IsAbove, above.Id.Value, company.Value).ToListAsync(tx.Cancel) is [_, ..])
                {
                    return Circle;
                }
            }

            if (kind == CompanyKind.EndCustomer && above?.Kind != CompanyKind.Dealer)
            {
                return NoDealer;
            }

            // Whoever puts an end customer below it holds the same lock first.
            if (row.Kind == CompanyKind.Dealer && kind != CompanyKind.Dealer
                && await tx.Db.Set<CompanyRow>().AnyAsync(other => other.ParentId == company && other.Kind == CompanyKind.EndCustomer, tx.Cancel))
            {
                return HasEndCustomers;
            }

            if (row.ParentId != above?.Id && caller.Staff is { AccessAllCustomers: false, Role: not StaffRole.Administrator })
            {
                return ParentNotYours;
            }

            if ((row.Kind, row.ParentId) != (kind, above?.Id))
            {
                if (row.Version != version)
                {
                    return CompanyMasters.ChangedMeanwhile;
                }

                if (row.Kind != kind)
                {
                    CompanyMasters.Keep(tx, company, "kind", Words.Kebab(row.Kind), Words.Kebab(kind));
                }

                if (row.ParentId != above?.Id)
                {
                    var old = row.ParentId is { } id ? await tx.Db.Set<CompanyRow>().SingleAsync(other => other.Id == id, tx.Cancel) : null;
                    CompanyMasters.Keep(tx, company, "parent", old?.Number, above?.Number);
                }

                tx.Add(new CompanyKindChanged(company, row.Kind, kind, row.ParentId, above?.Id));
                (row.Kind, row.ParentId, row.Version) = (kind, above?.Id, row.Version + 1);
                await SessionEnds.EndOfDealers(tx, company, "rights-changed");
                await tx.Flush();
                await SessionReview.Run(tx, policies, await policies.Now(tx.Db, tx.Cancel));
            }

            return Done.It;
        },
        cancel);

    private static Task Lock(Tx tx, CompanyId company) => tx.Database.Kind == DatabaseKind.Postgres
        ? tx.Db.Rows<Guid>("select id as \"Value\" from company where id = {0} for no key update", company.Value).ToListAsync(tx.Cancel)
        : Task.CompletedTask;
}
