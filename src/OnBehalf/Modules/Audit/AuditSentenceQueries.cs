using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>Reads what the sentences of events need beside their entries.</summary>
public sealed class AuditSentenceQueries(Database database)
{
    /// <summary>Events in words, with their personal values and the names of their articles: two commands for all of them.</summary>
    public async Task<Dictionary<Guid, AuditSentence>> Of(ShopDb db, IReadOnlyList<(Guid Id, string Name, string Entry)> events, CancellationToken cancel)
    {
        var parsed = events.Select(row =>
        {
            using var json = JsonDocument.Parse(row.Entry);
            return (row.Id, row.Name, Entry: json.RootElement.Clone());
        }).ToList();
        var sealedOnes = parsed.Where(row => row.Entry.EnumerateObject().Any(field => field.Name.EndsWith('#') && field.Name != "session-ticket#")).Select(row => new EventId(row.Id)).ToList();
        var privates = (sealedOnes.Count == 0 ? [] : await database.Keys.Values(database, db, sealedOnes, cancel)).ToLookup(value => value.Event);
        var ids = parsed.Select(row => AuditSentence.ProductOf(row.Name, row.Entry)).OfType<Guid>().Distinct().Select(product => new ProductId(product)).ToList();
        var products = ids.Count == 0 ? [] : (await db.Rows<Product>(
            $"""select id as "Id", sku as "Sku", name as "Name" from product where {database.OneOf("id", "{0}")}""", database.List(ids)).ToListAsync(cancel)).ToDictionary(row => row.Id, row => $"{row.Name} ({row.Sku})");
        return parsed.ToDictionary(row => row.Id, row => AuditSentence.Of(row.Name, row.Entry, privates[row.Id].ToDictionary(value => value.Field, value => value.Value), products));
    }

    private sealed record Product(Guid Id, string Sku, string Name);
}
