using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What staff do with the tree of categories. Each verb is one transaction, at whose end lists, search and assortments know of it.</summary>
public sealed partial class CategoryChanges(Database database, Categories tree)
{
    public const int LongestName = 200;

    private static readonly Refusal Gone = Refusal.Missing("catalog.category-gone", "There is no such category. Somebody may have removed it.");

    private static readonly Refusal BadName = Refusal.Invalid("catalog.category-name", $"The name has 1 to {LongestName} characters, on one line.", "Name");

    private static readonly Refusal NoParent = Refusal.Invalid("catalog.category-parent", "Below: choose a category of the list.", "Parent");

    private static readonly Refusal Circle = Refusal.Invalid("catalog.category-circle", "Below: a category cannot be below itself or what is below it.", "Parent");

    /// <param name="parent">Code of the category above; nothing: it is a root.</param>
    public Task<Outcome<string>> Add(Caller caller, string? code, string? name, string? parent, CancellationToken cancel) => Write<string>(caller, cancel, async (tx, all) =>
    {
        var (wanted, called) = (code?.Trim() ?? "", name?.Trim() ?? "");
        if (!CodeShape().IsMatch(wanted))
        {
            return Refusal.Invalid("catalog.category-code", "The code has 1 to 64 letters, digits, dots and hyphens, such as road-bikes.", "Code");
        }

        if (all.Exists(row => row.Code == wanted))
        {
            return Refusal.Invalid("catalog.category-taken", "There is a category with this code already.", "Code");
        }

        if (!IsName(called))
        {
            return BadName;
        }

        var above = all.Find(row => row.Code == parent);
        if (above is null && !string.IsNullOrEmpty(parent))
        {
            return NoParent;
        }

        tx.Db.Add(new CategoryRow { Id = IId<CategoryId>.New(), Code = wanted, ParentId = above?.Id, Name = called, Position = Beside(all, above?.Id).Select(row => row.Position + 1).DefaultIfEmpty(0).Max() });
        tx.Add(new CategoryAdded(wanted, called));
        await Task.CompletedTask;
        return wanted;
    });

    /// <summary>Another name, another place in the tree, or both.</summary>
    public Task<Outcome<Done>> Change(Caller caller, string code, string? name, string? parent, CancellationToken cancel) => Write<Done>(caller, cancel, async (tx, all) =>
    {
        if (all.Find(row => row.Code == code) is not { } row)
        {
            return Gone;
        }

        var called = name?.Trim() ?? "";
        var (above, before) = (all.Find(known => known.Code == parent), all.Find(known => known.Id == row.ParentId));
        if (!IsName(called))
        {
            return BadName;
        }

        if (above is null && !string.IsNullOrEmpty(parent))
        {
            return NoParent;
        }

        for (var here = above; here is not null; here = all.Find(known => known.Id == here.ParentId))
        {
            if (here == row)
            {
                return Circle;
            }
        }

        var (isRenamed, isMoved) = (row.Name != called, before != above);
        if (isRenamed)
        {
            tx.Add(new CategoryChanged(code, "name", row.Name, called));
            row.Name = called;
        }

        if (isMoved)
        {
            tx.Add(new CategoryChanged(code, "parent", before?.Code ?? "", above?.Code ?? ""));
            row.Position = Beside(all, above?.Id).Select(known => known.Position + 1).DefaultIfEmpty(0).Max();
            row.ParentId = above?.Id;
        }

        if (isRenamed || isMoved)
        {
            await tx.Flush();
        }

        if (isRenamed)
        {
            await ProductIndex.Refresh(tx, await tx.Db.Set<ProductRow>().Where(product => product.CategoryId == row.Id).Select(product => product.Id).ToListAsync(tx.Cancel));
        }

        if (isMoved)
        {
            await AssortmentIndex.RefreshAll(tx);
        }

        return Done.It;
    });

    /// <summary>One place up or down among those beside it.</summary>
    public Task<Outcome<Done>> Shift(Caller caller, string code, bool isUp, CancellationToken cancel) => Write<Done>(caller, cancel, (tx, all) =>
    {
        if (all.Find(row => row.Code == code) is not { } row)
        {
            return Task.FromResult<Outcome<Done>>(Gone);
        }

        var beside = Beside(all, row.ParentId).ToList();
        var at = beside.IndexOf(row);
        var to = isUp ? at - 1 : at + 1;
        if (to >= 0 && to < beside.Count)
        {
            (beside[at], beside[to]) = (beside[to], beside[at]);
            for (var i = 0; i < beside.Count; i++)
            {
                beside[i].Position = i;
            }

            tx.Add(new CategoryChanged(code, "place", $"{at + 1}", $"{to + 1}"));
        }

        return Task.FromResult<Outcome<Done>>(Done.It);
    });

    /// <summary>Only one of which nothing speaks any more.</summary>
    public Task<Outcome<Done>> Remove(Caller caller, string code, CancellationToken cancel) => Write<Done>(caller, cancel, async (tx, all) =>
    {
        if (all.Find(row => row.Code == code) is not { } row)
        {
            return Gone;
        }

        if (await tx.Db.Rows<string>(InUse, row.Id.Value).ToListAsync(tx.Cancel) is [var what, ..])
        {
            return Refusal.Conflict("catalog.category-in-use", $"“{row.Name}” cannot be removed: {what}. Move or change that first.");
        }

        tx.Db.Remove(row);
        tx.Add(new CategoryRemoved(code, row.Name));
        return Done.It;
    });

    private const string InUse = """
        select what as "Value" from (
            select 'there are categories below it' as what where exists (select 1 from category where parent_id = {0})
            union all select 'there are articles in it' where exists (select 1 from product where category_id = {0})
            union all select 'an assortment holds it' where exists (select 1 from assortment_entry where category_id = {0})
            union all select 'a price list has a percentage for it' where exists (select 1 from price_list_discount where category_id = {0})
            union all select 'a coupon is for it' where exists (select 1 from coupon where category_id = {0})) x
        """;

    private static IEnumerable<CategoryRow> Beside(List<CategoryRow> all, CategoryId? parent) =>
        all.Where(row => row.ParentId == parent).OrderBy(row => row.Position).ThenBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Code, StringComparer.Ordinal);

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);

    private async Task<Outcome<T>> Write<T>(Caller caller, CancellationToken cancel, Func<Tx, List<CategoryRow>, Task<Outcome<T>>> decide)
    {
        if (caller.IsAssisting || !caller.May(Right.CatalogChange))
        {
            return AccessGate.RightMissing;
        }

        var outcome = await database.Write(
            caller,
            async tx =>
            {
                await AssortmentIndex.Hold(tx);
                return await decide(tx, await tx.Db.Set<CategoryRow>().ToListAsync(tx.Cancel));
            },
            cancel);
        tree.Forget();
        return outcome;
    }

    [GeneratedRegex("^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex CodeShape();
}
