using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Mail;

/// <summary>In which language somebody reads his mail: his own, else that of a company for which he buys, else the shop's.</summary>
public sealed class MailLanguages(ShopSettings settings)
{
    private const string Sql =
        """
        select b.id as "Id", coalesce(b.language, (
            select c.language from membership m join company c on c.id = m.company_id
            where m.buyer_id = b.id and m.status = 'active' and c.language is not null order by m.id limit 1)) as "Language"
        from buyer b where {0}
        union all
        select s.id, s.language from staff s where {1}
        """;

    /// <summary>For each reader the code of a language that the shop speaks; null: English. A shop of one language asks nobody.</summary>
    internal async Task<IReadOnlyList<string?>> Of(ShopDb db, Database database, IReadOnlyList<(BuyerId? Buyer, StaffId? Staff)> readers, CancellationToken cancel)
    {
        var (offered, shop) = (await settings.Get(db, ShopSettings.ShopLanguages, cancel), await settings.Get(db, ShopSettings.ShopLanguage, cancel));
        if (offered == "en" && shop == "en")
        {
            return new string?[readers.Count];
        }

        var rows = await db.Rows<Reader>(
            Sql.Replace("{0}", database.OneOf("b.id", "{0}"), StringComparison.Ordinal).Replace("{1}", database.OneOf("s.id", "{0}"), StringComparison.Ordinal),
            database.List(readers.Select(Id).OfType<Guid>().Distinct())).ToListAsync(cancel);
        var own = rows.ToDictionary(row => row.Id, row => row.Language);
        return [.. readers.Select(reader => Spoken.Known(Id(reader) is { } id && own.GetValueOrDefault(id) is { } chosen && IsSpoken(chosen, reader) ? chosen : shop))];

        static Guid? Id((BuyerId? Buyer, StaffId? Staff) reader) => reader.Buyer?.Value ?? reader.Staff?.Value;

        // French is spoken to buyers alone, as on the pages.
        bool IsSpoken(string language, (BuyerId? Buyer, StaffId? Staff) reader) =>
            (language == "en" || language == shop || offered.Contains(language, StringComparison.Ordinal)) && (language != "fr" || reader.Staff is null);
    }

    private sealed record Reader(Guid Id, string? Language);
}
