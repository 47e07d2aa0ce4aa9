using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>A customer group with how many belong to it.</summary>
public sealed record ShownGroup(Guid Id, string Code, string Name, int Members);

/// <summary>Customer groups, and who belongs to which. A customer belongs to one group or none.</summary>
public sealed class CustomerGroups(Database database)
{
    private static readonly Refusal Unknown = Refusal.Invalid("pricing.group-unknown", "Customer group: choose one of the list.", "Group");

    private static readonly Refusal Taken = Refusal.Invalid("pricing.group-taken", "Code: another group has it already.", "Code");

    private static readonly Refusal InUse = Refusal.Conflict("pricing.group-in-use", "A customer belongs to this group, or a price list or an assortment is given to it: give those customers another group first, and take the list and the assortment away.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "pricing.terms-changed", "Somebody else has changed the terms of this customer since you opened the page. Nothing was stored. Open it again and look.");

    // Of many members only so many are counted. Two groups are there however many there are: a form that did not offer a customer's own would take it away.
    private const string Shown = """
        select g.id as "Id", g.code as "Code", g.name as "Name",
            cast((select count(*) from (select 1 from customer_terms t where t.customer_group_id = g.id limit 1001) m) as integer) as "Members"
        from customer_group g
        where g.code in ({0}, {1}) or g.id in (select f.id from customer_group f order by f.name, f.code limit 500) order by g.name, g.code
        """;

    public Task<IReadOnlyList<ShownGroup>> All(CancellationToken cancel) => All(null, null, cancel);

    /// <summary>Groups to choose from, and in any case these two.</summary>
    /// <param name="present">The code of the group that a customer has.</param>
    /// <param name="chosen">The code of the one that is chosen in a form.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<IReadOnlyList<ShownGroup>> All(string? present, string? chosen, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ShownGroup>(Shown, present ?? "", chosen ?? "").ToListAsync(cancel);
    }

    public async Task<Outcome<Done>> Add(Caller caller, string? code, string? name, CancellationToken cancel)
    {
        var group = CustomerGroup.Read(code, name);
        return group.IsRefused ? group.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<CustomerGroupRow>().AnyAsync(row => row.Code == group.Value.Code, tx.Cancel))
                {
                    return Taken;
                }

                tx.Db.Add(new CustomerGroupRow { Id = IId<CustomerGroupId>.New(), Code = group.Value.Code, Name = group.Value.Name });
                tx.Add(new CustomerGroupAdded(group.Value.Code, group.Value.Name));
                return Done.It;
            },
            cancel);
    }

    public async Task<Outcome<Done>> Rename(Caller caller, string? code, string? name, CancellationToken cancel)
    {
        var group = CustomerGroup.Read(code, name);
        return group.IsRefused ? group.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<CustomerGroupRow>().SingleOrDefaultAsync(row => row.Code == group.Value.Code, tx.Cancel) is not { } row)
                {
                    return Unknown;
                }

                if (row.Name != group.Value.Name)
                {
                    tx.Add(new CustomerGroupRenamed(row.Code, row.Name, group.Value.Name));
                    (row.Name, row.Version) = (group.Value.Name, row.Version + 1);
                }

                return Done.It;
            },
            cancel);
    }

    /// <summary>Takes away a group to which nobody belongs.</summary>
    public Task<Outcome<Done>> Remove(Caller caller, string? code, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (await Held(tx, code, toRemove: true) is not { } row)
            {
                return Unknown;
            }

            if (await tx.Db.Set<CustomerTermsRow>().AnyAsync(terms => terms.CustomerGroupId == row.Id, tx.Cancel)
                || await tx.Db.Set<PriceListGroupRow>().AnyAsync(list => list.CustomerGroupId == row.Id, tx.Cancel)
                || await tx.Db.Rows<Guid>("select assortment_id as \"Value\" from assortment_assignment where customer_group_id = {0} limit 1", row.Id.Value).ToListAsync(tx.Cancel) is [_, ..])
            {
                return InUse;
            }

            tx.Db.Remove(row);
            tx.Add(new CustomerGroupRemoved(row.Code, row.Name));
            return Done.It;
        },
        cancel);

    /// <summary>The code of the group of a company or private customer, null: none; its certificate; and the version of both, 0: there was never either.</summary>
    public async Task<(string? Group, TaxExemption? Exemption, bool ShowsGross, bool CreditApproved, int Version)> Of(CustomerKey customer, CancellationToken cancel)
    {
        await using var db = database.Read();
        var terms = await (
            from row in db.Set<CustomerTermsRow>()
            where row.CompanyId == customer.Company && row.MembershipId == customer.Membership
            join found in db.Set<CustomerGroupRow>() on row.CustomerGroupId equals found.Id into groups
            from known in groups.DefaultIfEmpty()
            select new { Group = known == null ? null : known.Code, row.ExemptionNumber, row.ExemptionFrom, row.ExemptionUntil, row.ShowsGross, row.CreditApproved, row.Version }).SingleOrDefaultAsync(cancel);
        return (terms?.Group, terms?.ExemptionNumber is { } number ? new TaxExemption(number, terms.ExemptionFrom, terms.ExemptionUntil) : null, terms?.ShowsGross ?? false, terms?.CreditApproved ?? false, terms?.Version ?? 0);
    }

    /// <param name="caller">Who does it.</param>
    /// <param name="customer">Whose terms.</param>
    /// <param name="seen">The version of the terms that was shown.</param>
    /// <param name="group">The code; empty: none.</param>
    /// <param name="exemption">Of a company; null: none.</param>
    /// <param name="showsGross">A company sees its amounts with tax.</param>
    /// <param name="credit">He may order and pay later.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Put(Caller caller, CustomerKey customer, int seen, string? group, TaxExemption? exemption, bool showsGross, bool credit, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var groups = tx.Db.Set<CustomerGroupRow>();
            var after = string.IsNullOrEmpty(group) ? null : await Held(tx, group);
            if (after is null && !string.IsNullOrEmpty(group))
            {
                return Unknown;
            }

            var terms = await tx.Db.Set<CustomerTermsRow>().SingleOrDefaultAsync(row => row.CompanyId == customer.Company && row.MembershipId == customer.Membership, tx.Cancel);
            var isOther = terms?.CustomerGroupId != after?.Id;
            var before = terms?.ExemptionNumber is { } number ? new TaxExemption(number, terms.ExemptionFrom, terms.ExemptionUntil) : null;
            var isCredit = (terms?.CreditApproved ?? false) != credit;
            var isChange = isOther || isCredit || (customer.Company is not null && (before != exemption || (terms?.ShowsGross ?? false) != showsGross));
            if (isChange && (terms?.Version ?? 0) != seen)
            {
                return ChangedMeanwhile;
            }

            if (isOther)
            {
                var was = terms?.CustomerGroupId is { } id ? (await groups.SingleAsync(row => row.Id == id, tx.Cancel)).Code : "";
                tx.Add(new CustomerGroupChanged(customer.Company, customer.Buyer, was, after?.Code ?? ""));
            }

            if (customer.Company is { } company && before != exemption)
            {
                tx.Add(new TaxExemptionChanged(company, before?.InWords ?? "", exemption?.InWords ?? ""));
            }

            if (customer.Company is { } shown && (terms?.ShowsGross ?? false) != showsGross)
            {
                tx.Add(new PriceDisplayChanged(shown, Display(!showsGross), Display(showsGross)));
            }

            if (isCredit)
            {
                tx.Add(new CreditChanged(customer.Company, customer.Buyer, Credit(!credit), Credit(credit)));
            }

            if (isChange)
            {
                terms ??= New(tx, customer);
                (terms.CustomerGroupId, terms.Version) = (after?.Id, terms.Version + 1);
                (terms.ExemptionNumber, terms.ExemptionFrom, terms.ExemptionUntil) = customer.Company is null ? (null, null, null) : (exemption?.Number, exemption?.From, exemption?.Until);
                terms.CreditApproved = credit;
                terms.ShowsGross = customer.Company is not null && showsGross;
            }

            return Done.It;
        },
        cancel);

    /// <summary>A group that stays until the end of the transaction: who gives it to somebody and who takes it away wait for each other.</summary>
    internal static async Task<CustomerGroupRow?> Held(Tx tx, string? code, bool toRemove = false)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>("select id as \"Value\" from customer_group where code = {0} " + (toRemove ? "for update" : "for share"), code ?? "").ToListAsync(tx.Cancel);
        }

        return await tx.Db.Set<CustomerGroupRow>().SingleOrDefaultAsync(row => row.Code == code, tx.Cancel);
    }

    private static string Credit(bool isApproved) => isApproved ? "approved" : "not approved";

    private static string Display(bool showsGross) => showsGross ? "with tax" : "without tax";

    private static CustomerTermsRow New(Tx tx, CustomerKey customer)
    {
        var terms = new CustomerTermsRow { Id = Guid.CreateVersion7(), CompanyId = customer.Company, MembershipId = customer.Membership, Version = 0 };
        tx.Db.Add(terms);
        return terms;
    }
}

/// <summary>A company, or a private customer by his membership.</summary>
public readonly record struct CustomerKey(CompanyId? Company, MembershipId? Membership, BuyerId? Buyer);
