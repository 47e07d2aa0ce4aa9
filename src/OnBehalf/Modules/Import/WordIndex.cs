using System.Data.Common;
using OnBehalf.Catalog;
using OnBehalf.Companies;
using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>Keeps the search words of everything that the import has made or changed, a page at a time, and of nothing else.</summary>
internal sealed class WordIndex(WorkConnection work, CancellationToken cancel)
{
    private const int Page = 2_000;

    /// <summary>Of products that the import has touched, and of those whose category has another name.</summary>
    public async Task Products(bool ofProducts, bool ofCategories)
    {
        const string touched = "select product.id, p.change = 2 as is_new from plan_product p join product on product.sku = p.sku where p.change > 0";
        var renamed =
            $"""
            select product.id, false as is_new from plan_category p join category on category.code = p.code join product on product.category_id = category.id
            where p.change = 1{(ofProducts ? " and product.sku not in (select sku from plan_product where change > 0)" : "")}
            """;
        await Touched(string.Join(" union all ", (string[])[.. ofProducts ? (string[])[touched] : [], .. ofCategories ? (string[])[renamed] : []]));
        await Rewrite(new Words(
            "product", "product_word", "product_id", "",
            "null, product.sku, product.name, product.model, product.color, product.size, category.name, " + TranslatedNames,
            "product on product.id = t.id left join category on category.id = product.category_id",
            row => ProductWords.Of(row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8)?.Split('\n')),
            ProductWords.IsTerm));
    }

    public async Task Companies()
    {
        await Touched("select company.id, p.change = 2 as is_new from plan_company p join company on company.number = p.number where p.change > 0");
        await Rewrite(new Words(
            "customer", "customer_word", "company_id", " and membership_id is null",
            "null, company.number, company.external_id, company.name, company.contract_number", "company on company.id = t.id",
            row => CustomerWords.OfCompany(row.GetString(2), Text(row, 3), row.GetString(4), Text(row, 5)),
            ProductWords.IsTerm));
    }

    public async Task People()
    {
        await Touched(
            """
            select m.id, p.change = 2 as is_new
            from plan_membership p join membership m on m.buyer_id = p.buyer_id and m.company_id is not distinct from p.company_id where p.change = 2
            union
            select m.id, false from plan_buyer b join buyer on buyer.email_normalized = b.email_normalized join membership m on m.buyer_id = buyer.id
            where b.change = 1 and m.id not in (select id from plan_membership where change = 2)
            """);
        await Rewrite(new Words(
            "customer", "customer_word", "membership_id", "",
            "m.company_id, buyer.first_name, buyer.last_name, buyer.email, buyer.external_id", "membership m on m.id = t.id join buyer on buyer.id = m.buyer_id",
            row => CustomerWords.OfPerson(row.GetString(2), row.GetString(3), row.GetString(4), Text(row, 5)),
            ProductWords.IsTerm));
    }

    // A name is on one line, so a line break is between two of them.
    private string TranslatedNames =>
        $"(select {(work.Kind == DatabaseKind.Postgres ? "string_agg(own_text.name, chr(10))" : "group_concat(own_text.name, char(10))")} from product_text own_text where own_text.product_id = product.id)";

    private Task Touched(string rows) => work.Run(
        $"""
        drop table if exists import_touched;
        create temp table import_touched (n {work.TypeOf("bigint")} primary key, id {work.TypeOf("uuid")}, is_new {work.TypeOf("boolean")});
        insert into import_touched (n, id, is_new) select row_number() over (order by id), id, is_new from ({rows}) touched;
        """,
        cancel);

    private async Task Rewrite(Words words)
    {
        var old = $"{words.Owner} in (select id from import_touched where not is_new){words.Only}";
        await work.Run("drop table if exists import_term; create temp table import_term (word text)", cancel);
        await work.Run($"drop table if exists import_old_word; create temp table import_old_word as select distinct word from {words.Table} where {old}", cancel);
        await work.Run($"delete from {words.Table} where {old}", cancel);
        var last = await work.Count("select coalesce(max(n), 0) from import_touched", cancel);
        for (var from = 0L; from < last; from += Page)
        {
            await WritePage(words, from);
        }

        await work.Run(
            $"insert into search_term (kind, term) select '{words.Kind}', word from (select distinct word from import_term order by word) t where true on conflict do nothing", cancel);
        await work.Run(
            $"""
            delete from search_term where kind = '{words.Kind}' and term in (select word from import_old_word)
                and not exists (select 1 from {words.Table} w where w.word = search_term.term)
            """,
            cancel);
    }

    private async Task WritePage(Words words, long from)
    {
        // Read to its end before writing: on PostgreSQL a connection in a COPY answers no question.
        var page = await work.Rows(
            $"select t.id, {words.Columns} from import_touched t join {words.Joins} where t.n > {from} and t.n <= {from + Page} order by t.n",
            row => (Id: row.GetGuid(0), Company: row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1), Words: words.Of(row)), cancel);
        var isPeople = words.Owner == "membership_id";
        var rows = work.Load(words.Table, ["word", .. isPeople ? (string[])["company_id"] : [], words.Owner, "weight"]);
        foreach (var (id, company, weights) in page)
        {
            foreach (var (word, weight) in weights)
            {
                rows.StartRow();
                rows.Write(word);
                if (isPeople)
                {
                    rows.Write(company);
                }

                rows.Write(id);
                rows.Write(weight);
            }
        }

        rows.Complete();
        rows.Dispose();
        using var terms = work.Load("import_term", "word");
        foreach (var word in page.SelectMany(entry => entry.Words.Keys).Where(words.IsTerm).Distinct(StringComparer.Ordinal))
        {
            terms.StartRow();
            terms.Write(word);
        }

        terms.Complete();
    }

    private static string? Text(DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    /// <summary>What the words of one kind of thing are made of and where they are kept.</summary>
    /// <param name="IsTerm">Which of them are worth offering to somebody who mistyped.</param>
    /// <param name="Columns">After the id: the company of a person, then what <paramref name="Of"/> reads.</param>
    private sealed record Words(
        string Kind, string Table, string Owner, string Only, string Columns, string Joins, Func<DbDataReader, IReadOnlyDictionary<string, int>> Of, Func<string, bool> IsTerm);
}
