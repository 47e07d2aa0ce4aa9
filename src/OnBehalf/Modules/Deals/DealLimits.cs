using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Deals;

/// <summary>A limit as the Back Office lists it.</summary>
public sealed record ListedLimit(
    Guid Id, int Position, string Name, string? Role, string? StaffGroup, string? CustomerGroup, string? Category, string? CategoryName, string? Currency, long? FromMinor, int? MostOff, int? LeastMargin, long? MonthMinor, int Version)
{
    public StaffRole? OfRole => Role is null ? null : Words.Parse<StaffRole>(Role);

    public Percentage? Off => MostOff is { } off ? new Percentage(off) : null;

    public Percentage? Margin => LeastMargin is { } margin ? new Percentage(margin) : null;

    public Money? From => Sum(FromMinor);

    public Money? Month => Sum(MonthMinor);

    /// <summary>For the audit log.</summary>
    internal string Terms => string.Join(", ", new[]
    {
        string.Create(CultureInfo.InvariantCulture, $"place {Position}"), Role, StaffGroup is null ? null : $"staff group {StaffGroup}", CustomerGroup is null ? null : $"customers {CustomerGroup}", Category is null ? null : $"category {Category}",
        From is { } from ? $"carts from {from}" : null, Off is { } off ? $"at most {off} off" : null, Margin is { } margin ? $"margin at least {margin}" : null, Month is { } month ? $"{month} a month" : null,
    }.OfType<string>());

    private Money? Sum(long? minor) => minor is { } sum ? new Money(sum, Kernel.Currency.Of(Currency!)) : null;
}

/// <summary>The limits of the shop: add, change, take away. Each is in the audit log with before and after.</summary>
public sealed class DealLimits(Database database)
{
    /// <summary>So many there can be.</summary>
    public const int Most = 200;

    private const string Listed = """
        select l.id as "Id", l.position as "Position", l.name as "Name", l.staff_role as "Role", l.staff_group as "StaffGroup", g.code as "CustomerGroup", c.code as "Category", c.name as "CategoryName", l.currency as "Currency",
            l.from_minor as "FromMinor", l.most_off_millionths as "MostOff", l.least_margin_millionths as "LeastMargin", l.month_minor as "MonthMinor", l.version as "Version"
        from deal_limit l left join customer_group g on g.id = l.customer_group_id left join category c on c.id = l.category_id
        """;

    private static readonly Refusal Gone = Refusal.Missing("deals.no-such-limit", "There is no such limit.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict("deals.limit-changed", "Somebody else has changed this limit since you opened the page. Nothing was stored. Open it again and look.");

    private static readonly Refusal TooMany = Refusal.Conflict("deals.too-many-limits", $"There are {Most} limits already. Take one away first.");

    private static readonly Refusal RoleUnknown = Refusal.Invalid("deals.role", "Role: choose from the list.", "Role");

    private static readonly Refusal GroupUnknown = Refusal.Invalid("pricing.group-unknown", "Customer group: choose one of the list.", "CustomerGroup");

    private static readonly Refusal CategoryUnknown = Refusal.Invalid("coupons.category", "Category: choose one of the list.", "Category");

    public async Task<IReadOnlyList<ListedLimit>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedLimit>(Listed + " order by l.position, l.id").ToListAsync(cancel);
    }

    public async Task<ListedLimit?> Of(Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await One(db, id, cancel);
    }

    public Task<Outcome<Done>> Add(Caller caller, DealLimitDraft draft, string? role, CancellationToken cancel) => Write(caller, draft, role, cancel, async (tx, read, group, category) =>
    {
        if (await tx.Db.Set<DealLimitRow>().CountAsync(tx.Cancel) >= Most)
        {
            return TooMany;
        }

        var row = new DealLimitRow { Id = Guid.CreateVersion7(), Position = read.Place, Name = read.Name };
        Put(row, read.Limit, group, category);
        tx.Db.Add(row);
        tx.Add(new DealLimitAdded(row.Name, Shown(row, draft).Terms));
        return Done.It;
    });

    public Task<Outcome<Done>> Change(Caller caller, Guid id, int seen, DealLimitDraft draft, string? role, CancellationToken cancel) => Write(caller, draft, role, cancel, async (tx, read, group, category) =>
    {
        if (await One(tx.Db, id, tx.Cancel) is not { } before || await tx.Db.Set<DealLimitRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is not { } row)
        {
            return Gone;
        }

        if (row.Version != seen)
        {
            return ChangedMeanwhile;
        }

        (row.Position, row.Name) = (read.Place, read.Name);
        Put(row, read.Limit, group, category);
        var after = Shown(row, draft);
        if (after.Terms == before.Terms && after.Name == before.Name)
        {
            return Done.It;
        }

        row.Version++;
        tx.Add(new DealLimitChanged(before.Name, before.Terms, after.Name == before.Name ? after.Terms : $"{after.Name}: {after.Terms}"));
        return Done.It;
    });

    public Task<Outcome<Done>> Remove(Caller caller, Guid id, int seen, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (await One(tx.Db, id, tx.Cancel) is not { } before || await tx.Db.Set<DealLimitRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is not { } row)
            {
                return Gone;
            }

            if (row.Version != seen)
            {
                return ChangedMeanwhile;
            }

            tx.Db.Remove(row);
            tx.Add(new DealLimitRemoved(before.Name, before.Terms));
            return Done.It;
        },
        cancel);

    private async Task<Outcome<Done>> Write(
        Caller caller, DealLimitDraft draft, string? role, CancellationToken cancel, Func<Tx, (string Name, int Place, DealLimit Limit), CustomerGroupId?, CategoryId?, Task<Outcome<Done>>> store)
    {
        StaffRole? of = string.IsNullOrEmpty(role) ? null : StaffRoles.Offered.FirstOrDefault(one => Words.Kebab(one) == role);
        if (of is { } known && Words.Kebab(known) != role)
        {
            return RoleUnknown;
        }

        var read = (draft with { Role = of }).Read();
        return read.IsRefused ? read.Refusal : await database.Write(
            caller,
            async tx =>
            {
                var group = string.IsNullOrEmpty(draft.CustomerGroup) ? null : await CustomerGroups.Held(tx, draft.CustomerGroup);
                if (group is null && !string.IsNullOrEmpty(draft.CustomerGroup))
                {
                    return GroupUnknown;
                }

                CategoryId? category = null;
                return !string.IsNullOrEmpty(draft.Category) && (category = await PriceListQueries.CategoryOf(tx, draft.Category)) is null ? CategoryUnknown : await store(tx, read.Value, group?.Id, category);
            },
            cancel);
    }

    private static void Put(DealLimitRow row, DealLimit limit, CustomerGroupId? group, CategoryId? category)
    {
        (row.StaffRole, row.StaffGroup, row.CustomerGroupId, row.CategoryId) = (limit.Scope.Role, limit.Scope.StaffGroup, group, category);
        (row.Currency, row.FromMinor, row.MonthMinor) = ((limit.Scope.From ?? limit.Month)?.Currency, limit.Scope.From?.Minor, limit.Month?.Minor);
        (row.MostOffMillionths, row.LeastMarginMillionths) = (limit.MostOff?.Millionths, limit.LeastMargin?.Millionths);
    }

    private static ListedLimit Shown(DealLimitRow row, DealLimitDraft draft) => new(
        row.Id, row.Position, row.Name, row.StaffRole is { } role ? Words.Kebab(role) : null, row.StaffGroup, row.CustomerGroupId is null ? null : draft.CustomerGroup, row.CategoryId is null ? null : draft.Category, null,
        row.Currency?.Code, row.FromMinor, row.MostOffMillionths, row.LeastMarginMillionths, row.MonthMinor, row.Version);

    private static async Task<ListedLimit?> One(ShopDb db, Guid id, CancellationToken cancel) => await db.Rows<ListedLimit>(Listed + " where l.id = {0}", id).ToListAsync(cancel) is [var limit] ? limit : null;
}
