using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Carts;

namespace OnBehalf.Modules.Lists;

/// <summary>A list and the version of it that a page showed.</summary>
public readonly record struct SeenList(Guid Id, int Version);

/// <summary>Everything that somebody can do to lists of articles. What is put on one is never lost by what others do at the same time.</summary>
public sealed class SavedLists(Database database, CartsQueries carts)
{
    public Task<Outcome<SavedListId>> Create(Caller caller, string? typed, CancellationToken cancel) => Write<SavedListId>(caller, cancel, async tx =>
    {
        var made = await New(tx, typed);
        return made.IsRefused ? made.Refusal : made.Value.Id;
    });

    /// <summary>The name, and who else has it: for whose it is.</summary>
    public Task<Outcome<Done>> Change(Caller caller, SeenList seen, string? typed, string? shared, CancellationToken cancel) => Owned(caller, seen, cancel, (tx, row) =>
    {
        var name = SavedListHead.ReadName(typed);
        if (name.IsRefused)
        {
            return name.Refusal;
        }

        // A form that says nothing of it leaves it.
        if (!Words.TryParse<ListShare>(shared ?? row.Share, out var share))
        {
            return ListRefusals.UnknownShare;
        }

        if (share != ListShare.None && row.CompanyId is null)
        {
            return ListRefusals.NoCompany;
        }

        var (before, after) = (InWords(row.Name, row.Share), InWords(name.Value, Words.Kebab(share)));
        if (before != after)
        {
            (row.Name, row.Share) = (name.Value, Words.Kebab(share));
            tx.Add(new ListChanged(row.Id, row.MembershipId, before, after));
            Touch(tx, row);
        }

        return Done.It;
    });

    public Task<Outcome<Done>> Delete(Caller caller, SeenList seen, CancellationToken cancel) => Write<Done>(caller, cancel, async tx =>
    {
        var found = await Find(tx, seen.Id);
        if (found.IsRefused || found.Value.Row.MembershipId != caller.Buyer!.Membership)
        {
            return found.IsRefused ? found.Refusal : ListRefusals.NotYours;
        }

        var (row, lines) = found.Value;
        if (row.Version != seen.Version)
        {
            return ListRefusals.Changed;
        }

        tx.Add(new ListDeleted(row.Id, row.MembershipId, InWords(row.Name, row.Share), lines.Count));
        tx.Db.RemoveRange(lines);
        tx.Db.Remove(row);
        return Done.It;
    });

    /// <summary>Puts an article on a list, or on a new one; what is on it already gets more. Returns the list.</summary>
    /// <param name="id">Null: a new one of the name.</param>
    public Task<Outcome<SavedListId>> Put(Caller caller, Guid? id, string? newName, string? sku, string? quantity, CancellationToken cancel) => Write<SavedListId>(caller, cancel, async tx =>
    {
        var pieces = string.IsNullOrWhiteSpace(quantity) ? Quantity.One : Cart.ParseQuantity(quantity);
        if (pieces.IsRefused)
        {
            return pieces.Refusal;
        }

        var article = await carts.Orderable(tx.Db, caller, sku, pieces.Value, tx.Cancel);
        if (article.IsRefused)
        {
            return article.Refusal;
        }

        return await PutAll(tx, id, newName, [(article.Value.Product, pieces.Value)]);
    });

    /// <summary>Puts all that is in the cart that the caller sees on a list, or on a new one. The cart stays as it is.</summary>
    public Task<Outcome<SavedListId>> PutCart(Caller caller, Guid? id, string? newName, CancellationToken cancel) => Write<SavedListId>(caller, cancel, async tx =>
    {
        var cart = (await carts.Shown(tx.Db, caller, tx.Cancel)).For(caller);
        return cart.IsEmpty ? ListRefusals.Empty : await PutAll(tx, id, newName, [.. cart.Lines.Select(line => (line.Product, line.Quantity))]);
    });

    /// <summary>New quantities, and perhaps one article to take off.</summary>
    public Task<Outcome<Done>> Update(Caller caller, SeenList seen, IReadOnlyCollection<(ProductId Product, Quantity Quantity)> quantities, ProductId? remove, CancellationToken cancel) =>
        Write<Done>(caller, cancel, async tx =>
        {
            var found = await Find(tx, seen.Id);
            if (found.IsRefused)
            {
                return found.Refusal;
            }

            var (row, lines) = found.Value;
            if (row.Version != seen.Version)
            {
                return ListRefusals.Changed;
            }

            var facts = tx.Facts.Count;
            foreach (var line in lines)
            {
                var now = new Quantity(line.QuantityThousandths);
                if (line.ProductId == remove)
                {
                    tx.Db.Remove(line);
                    tx.Add(new ListLineChanged(row.Id, line.ProductId, now, null));
                }
                else if (quantities.FirstOrDefault(one => one.Product == line.ProductId) is { Quantity.IsPositive: true } wanted && wanted.Quantity != now)
                {
                    line.QuantityThousandths = wanted.Quantity.Thousandths;
                    tx.Add(new ListLineChanged(row.Id, line.ProductId, now, wanted.Quantity));
                }
            }

            if (tx.Facts.Count > facts)
            {
                Touch(tx, row);
            }

            return Done.It;
        });

    private static async Task<Outcome<SavedListId>> PutAll(Tx tx, Guid? id, string? newName, IReadOnlyList<(ProductId Product, Quantity Quantity)> articles)
    {
        SavedListRow row;
        List<SavedListLineRow> lines = [];
        if (id is { } known)
        {
            var found = await Find(tx, known);
            if (found.IsRefused)
            {
                return found.Refusal;
            }

            (row, lines) = found.Value;
        }
        else
        {
            var made = await New(tx, newName);
            if (made.IsRefused)
            {
                return made.Refusal;
            }

            row = made.Value;
        }

        var position = lines.Count == 0 ? 0 : lines.Max(line => line.Position);
        foreach (var (product, quantity) in articles)
        {
            if (lines.Find(line => line.ProductId == product) is { } there)
            {
                var before = new Quantity(there.QuantityThousandths);
                if (before + quantity > Quantity.Most)
                {
                    return CartRefusals.QuantityTooLarge;
                }

                there.QuantityThousandths = (before + quantity).Thousandths;
                tx.Add(new ListLineChanged(row.Id, product, before, before + quantity));
                continue;
            }

            var line = new SavedListLineRow { ListId = row.Id, ProductId = product, Position = ++position, QuantityThousandths = quantity.Thousandths };
            lines.Add(line);
            tx.Db.Add(line);
            tx.Add(new ListLineChanged(row.Id, product, null, quantity));
        }

        if (lines.Count > SavedListHead.MostLines)
        {
            return ListRefusals.TooLong;
        }

        Touch(tx, row);
        return row.Id;
    }

    private static async Task<Outcome<SavedListRow>> New(Tx tx, string? typed)
    {
        var name = SavedListHead.ReadName(typed);
        if (name.IsRefused)
        {
            return name.Refusal;
        }

        var (membership, company) = (tx.Caller.Buyer!.Membership, tx.Caller.Company?.Id);
        if (await tx.Db.Set<SavedListRow>().CountAsync(row => row.MembershipId == membership, tx.Cancel) >= SavedListHead.Most)
        {
            return ListRefusals.TooMany;
        }

        var row = new SavedListRow
        {
            Id = IId<SavedListId>.New(), MembershipId = membership, CompanyId = company, Name = name.Value, Share = Words.Kebab(ListShare.None), CreatedAt = tx.Now, ChangedAt = tx.Now,
        };
        tx.Db.Add(row);
        tx.Add(new ListAdded(row.Id, membership, name.Value));
        return row;
    }

    private Task<Outcome<Done>> Owned(Caller caller, SeenList seen, CancellationToken cancel, Func<Tx, SavedListRow, Outcome<Done>> decide) => Write<Done>(caller, cancel, async tx =>
    {
        var found = await Find(tx, seen.Id);
        return found.IsRefused ? found.Refusal
            : found.Value.Row.MembershipId != caller.Buyer!.Membership ? ListRefusals.NotYours
            : found.Value.Row.Version != seen.Version ? ListRefusals.Changed
            : decide(tx, found.Value.Row);
    });

    // Whoever may change it; of those who do it at once the second runs again and finds what the first one did.
    private static async Task<Outcome<(SavedListRow Row, List<SavedListLineRow> Lines)>> Find(Tx tx, Guid id)
    {
        if (await ListsQueries.Find(tx.Db, tx.Caller, id, tx.Cancel) is not { } seen)
        {
            return ListRefusals.Unknown;
        }

        if (!seen.MayEdit)
        {
            return ListRefusals.NotYours;
        }

        var list = new SavedListId(id);
        var row = await tx.Db.Set<SavedListRow>().SingleAsync(one => one.Id == list, tx.Cancel);
        return (row, await tx.Db.Set<SavedListLineRow>().Where(line => line.ListId == list).OrderBy(line => line.Position).ToListAsync(tx.Cancel));
    }

    private static void Touch(Tx tx, SavedListRow row) => (row.ChangedAt, row.Version) = (tx.Now, row.Version + 1);

    private static string InWords(string name, string share) => share == "none" ? name : $"{name}, shared to {share}";

    private Task<Outcome<T>> Write<T>(Caller caller, CancellationToken cancel, Func<Tx, Task<Outcome<T>>> decide) =>
        caller.Buyer is null || !caller.May(Right.CartsChange) ? Task.FromResult<Outcome<T>>(AccessGate.RightMissing) : database.Write(caller, decide, cancel);
}

/// <summary>The lists of somebody who leaves go to who comes after him, in the transaction in which he leaves.</summary>
internal static class ListTransfers
{
    public static async Task Move(Tx tx, MembershipId from, MembershipId to)
    {
        var lists = await tx.Db.Set<SavedListRow>().Where(row => row.MembershipId == from).ToListAsync(tx.Cancel);
        foreach (var list in lists)
        {
            (list.MembershipId, list.Version) = (to, list.Version + 1);
        }

        if (lists.Count > 0)
        {
            tx.Add(new ListsTransferred(from, to, lists.Count));
        }
    }
}
