using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What administrators do with assortments. Each is one transaction, at whose end the shop shows what was decided.</summary>
public sealed partial class Assortments(Database database)
{
    public const int LongestName = 200;

    /// <summary>Article numbers in one form.</summary>
    private const int MostNumbers = 500;

    private static readonly char[] Between = [' ', ',', ';', '\t', '\r', '\n'];

    private static readonly Refusal Gone = Refusal.Missing("catalog.assortment-gone", "There is no such assortment. Somebody may have removed it.");

    /// <summary>Returns the code, by which its page is found.</summary>
    public async Task<Outcome<string>> Create(Caller caller, string? code, string? name, CancellationToken cancel)
    {
        var (wanted, called) = (code?.Trim() ?? "", name?.Trim() ?? "");
        if (!CodeShape().IsMatch(wanted))
        {
            return Refusal.Invalid("catalog.assortment-code", "The code has 1 to 64 small letters, digits and hyphens, such as dealers-north.", "Code");
        }

        if (CheckName(called) is { } refusal)
        {
            return refusal;
        }

        return await database.Write<string>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<AssortmentRow>().AnyAsync(row => row.Code == wanted, tx.Cancel))
                {
                    return Refusal.Invalid("catalog.assortment-code-taken", "There is an assortment with this code already.", "Code");
                }

                var row = new AssortmentRow { Id = IId<AssortmentId>.New(), Code = wanted, Name = called, ChangedAt = tx.Now, ChangedBy = caller.Actor.Name, Version = 1 };
                tx.Db.Add(row);
                tx.Add(new AssortmentCreated(row.Id, wanted));
                return wanted;
            },
            cancel);
    }

    public Task<Outcome<Done>> Rename(Caller caller, string code, string? name, CancellationToken cancel) => Change(caller, code, cancel, (tx, row) =>
    {
        var called = name?.Trim() ?? "";
        if (CheckName(called) is { } refusal)
        {
            return Task.FromResult<Outcome<Done>>(refusal);
        }

        if (row.Name != called)
        {
            row.Name = called;
            tx.Add(new AssortmentRenamed(row.Id, code));
        }

        return Task.FromResult<Outcome<Done>>(Done.It);
    });

    /// <summary>A category with all below it, also with what will come into it later.</summary>
    public Task<Outcome<Done>> AddCategory(Caller caller, string code, string? category, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        if (await tx.Db.Set<CategoryRow>().SingleOrDefaultAsync(known => known.Code == category, tx.Cancel) is not { } found)
        {
            return Refusal.Invalid("catalog.category-unknown", "There is no such category. Choose one of the list.", "Category");
        }

        if (!await tx.Db.Set<AssortmentEntryRow>().AnyAsync(entry => entry.AssortmentId == row.Id && entry.CategoryId == found.Id, tx.Cancel))
        {
            tx.Db.Add(new AssortmentEntryRow { Id = Guid.CreateVersion7(), AssortmentId = row.Id, Kind = "category", CategoryId = found.Id });
            tx.Add(new AssortmentFilled(row.Id, code, "category", found.Code));
        }

        return Done.It;
    });

    /// <summary>Articles by their numbers; one that is unknown refuses all.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="code">Of the assortment.</param>
    /// <param name="numbers">With blanks, commas or line breaks between.</param>
    /// <param name="isWithout">They are left out, whatever their category.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> AddArticles(Caller caller, string code, string? numbers, bool isWithout, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        var wanted = (numbers ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count is 0 or > MostNumbers)
        {
            return Refusal.Invalid("catalog.assortment-numbers", $"Type 1 to {MostNumbers} article numbers, with blanks or line breaks between.", "Numbers");
        }

        var kind = isWithout ? "without" : "article";
        var known = await tx.Db.Set<ProductRow>().Where(product => wanted.Contains(product.Sku)).Select(product => new { product.Id, product.Sku }).ToListAsync(tx.Cancel);
        if (wanted.Except(known.Select(product => product.Sku), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            return Refusal.Invalid("catalog.article-unknown", $"There is no article with the number “{unknown}”. Nothing was changed.", "Numbers");
        }

        var ids = known.ConvertAll(product => (ProductId?)product.Id);
        var before = await tx.Db.Set<AssortmentEntryRow>().Where(entry => entry.AssortmentId == row.Id && ids.Contains(entry.ProductId)).ToListAsync(tx.Cancel);
        foreach (var product in known.Where(product => !before.Exists(entry => entry.ProductId == product.Id && entry.Kind == kind)))
        {
            tx.Db.RemoveRange(before.Where(entry => entry.ProductId == product.Id));
            tx.Add(new AssortmentFilled(row.Id, code, kind, product.Sku));
            if (before.Exists(entry => entry.ProductId == product.Id))
            {
                await tx.Flush();
            }

            tx.Db.Add(new AssortmentEntryRow { Id = Guid.CreateVersion7(), AssortmentId = row.Id, Kind = kind, ProductId = product.Id });
        }

        return Done.It;
    });

    public Task<Outcome<Done>> RemoveEntry(Caller caller, string code, Guid entry, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        if (await tx.Db.Set<AssortmentEntryRow>().SingleOrDefaultAsync(known => known.Id == entry && known.AssortmentId == row.Id, tx.Cancel) is not { } found)
        {
            return Refusal.Conflict("catalog.assortment-entry-gone", "This is not in the assortment any more.");
        }

        var called = found.CategoryId is { } category
            ? await tx.Db.Set<CategoryRow>().Where(known => known.Id == category).Select(known => known.Code).SingleAsync(tx.Cancel)
            : await tx.Db.Set<ProductRow>().Where(known => known.Id == found.ProductId).Select(known => known.Sku).SingleAsync(tx.Cancel);
        tx.Db.Remove(found);
        tx.Add(new AssortmentCleared(row.Id, code, found.Kind, called));
        return Done.It;
    });

    /// <summary>Gives it to a company and all below it that have no other; what they had before is replaced.</summary>
    public Task<Outcome<Done>> GiveToCompany(Caller caller, string code, string? number, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        if (await tx.Db.Rows<Guid>("select id as \"Value\" from company where number = {0}", number?.Trim() ?? "").ToListAsync(tx.Cancel) is not [var id])
        {
            return Refusal.Invalid("catalog.company-unknown", "There is no company with this number.", "Company");
        }

        var company = new CompanyId(id);
        await Give(tx, row, "company", company: company);
        return Done.It;
    });

    /// <summary>Gives it to all companies of a customer group that have none in their tree.</summary>
    public Task<Outcome<Done>> GiveToGroup(Caller caller, string code, string? group, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        // Held, so that nobody takes the group away before this is stored.
        var known = "select id as \"Value\" from customer_group where code = {0}" + (tx.Database.Kind == DatabaseKind.Postgres ? " for share" : "");
        if (await tx.Db.Rows<Guid>(known, group ?? "").ToListAsync(tx.Cancel) is not [var id])
        {
            return Refusal.Invalid("catalog.group-unknown", "Choose a customer group of the list.", "Group");
        }

        await Give(tx, row, "group", group: new CustomerGroupId(id), whom: new Code(group!));
        return Done.It;
    });

    /// <summary>Gives it to all companies of a country that have none in their tree or by their group.</summary>
    public Task<Outcome<Done>> GiveToCountry(Caller caller, string code, string? country, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        if (!Country.TryParse(country, out var known))
        {
            return Refusal.Invalid("catalog.country-unknown", "Choose a country of the list.", "Country");
        }

        await Give(tx, row, "country", country: known.Code, whom: known.Code);
        return Done.It;
    });

    /// <summary>Gives it to everybody who has no other: visitors and consumers too.</summary>
    public Task<Outcome<Done>> GiveToEverybody(Caller caller, string code, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        await Give(tx, row, "everybody");
        return Done.It;
    });

    public Task<Outcome<Done>> Take(Caller caller, string code, Guid assignment, CancellationToken cancel) => Change(caller, code, cancel, async (tx, row) =>
    {
        if (await tx.Db.Set<AssortmentAssignmentRow>().SingleOrDefaultAsync(known => known.Id == assignment && known.AssortmentId == row.Id, tx.Cancel) is not { } found)
        {
            return Refusal.Conflict("catalog.assortment-taken-already", "It has been taken from there already.");
        }

        var group = found.CustomerGroupId is { } customers ? (Code?)new Code((await tx.Db.Rows<string>("select code as \"Value\" from customer_group where id = {0}", customers.Value).ToListAsync(tx.Cancel))[0]) : null;
        tx.Db.Remove(found);
        tx.Add(new AssortmentTaken(row.Id, code, found.Kind, found.CompanyId, found.Country is null ? group : new Code(found.Country)));
        return Done.It;
    });

    /// <summary>Only one that nobody has: else its companies would suddenly see another one.</summary>
    public async Task<Outcome<Done>> Remove(Caller caller, string code, CancellationToken cancel) => await database.Write<Done>(
        caller,
        async tx =>
        {
            if (await tx.Db.Set<AssortmentRow>().SingleOrDefaultAsync(known => known.Code == code, tx.Cancel) is not { } row)
            {
                return Gone;
            }

            if (await tx.Db.Set<AssortmentAssignmentRow>().AnyAsync(known => known.AssortmentId == row.Id, tx.Cancel))
            {
                return Refusal.Conflict("catalog.assortment-in-use", "Somebody has this assortment. Take it from them first.");
            }

            tx.Db.Remove(row);
            tx.Add(new AssortmentRemoved(row.Id, code));
            return Done.It;
        },
        cancel);

    private static async Task Give(Tx tx, AssortmentRow row, string kind, CompanyId? company = null, CustomerGroupId? group = null, string? country = null, Code? whom = null)
    {
        var before = await tx.Db.Set<AssortmentAssignmentRow>()
            .SingleOrDefaultAsync(known => known.Kind == kind && known.CompanyId == company && known.CustomerGroupId == group && known.Country == country, tx.Cancel);
        if (before?.AssortmentId == row.Id)
        {
            return;
        }

        if (before is not null)
        {
            // It is told of the other one as if it had been taken: its page and its history say who has it.
            var old = await tx.Db.Set<AssortmentRow>().SingleAsync(known => known.Id == before.AssortmentId, tx.Cancel);
            (old.ChangedAt, old.ChangedBy, old.Version) = (tx.Now, tx.Caller.Actor.Name, old.Version + 1);
            tx.Add(new AssortmentTaken(old.Id, old.Code, kind, company, whom));
            before.AssortmentId = row.Id;
        }
        else
        {
            tx.Db.Add(new AssortmentAssignmentRow { Id = Guid.CreateVersion7(), AssortmentId = row.Id, Kind = kind, CompanyId = company, CustomerGroupId = group, Country = country });
        }

        tx.Add(new AssortmentGiven(row.Id, row.Code, kind, company, whom));
    }

    private async Task<Outcome<Done>> Change(Caller caller, string code, CancellationToken cancel, Func<Tx, AssortmentRow, Task<Outcome<Done>>> decide) => await database.Write<Done>(
        caller,
        async tx =>
        {
            await AssortmentIndex.Hold(tx);
            if (await tx.Db.Set<AssortmentRow>().SingleOrDefaultAsync(known => known.Code == code, tx.Cancel) is not { } row)
            {
                return Gone;
            }

            var outcome = await decide(tx, row);
            if (outcome.IsRefused || tx.Facts.Count == 0)
            {
                return outcome;
            }

            (row.ChangedAt, row.ChangedBy) = (tx.Now, caller.Actor.Name);
            row.Version++;
            await tx.Flush();
            await AssortmentIndex.Refresh(tx, row.Id);
            return outcome;
        },
        cancel);

    private static Refusal? CheckName(string name) => name.Length is 0 or > LongestName
        ? Refusal.Invalid("catalog.assortment-name", $"The name has 1 to {LongestName} characters.", "Name")
        : null;

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex CodeShape();
}
