using System.Net;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Audit;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Denying what was done, doing it unseen, and writing something else into the log.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Abuse25_What_an_operator_did_names_him_in_its_entry_and_never_the_buyer_alone()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        await (await shop.As("ines")).Post("/cart/lines", [("Sku", "P-100"), ("Quantity", "3")], from: "/cart");

        var byInes = await EntryTests.Entry(shop, "carts.line-added");
        Assert.Equal(await shop.RefOf(Characters.BuyerIdOf("ines").Value), EntryTests.Text(byInes, "actor-buyer"));
        Assert.DoesNotContain("in-session", byInes.Keys);
        var byKarim = EntryTests.Parse(await shop.Scalar<string>("select entry from audit_event where name = 'carts.line-added' order by seq limit 1"));
        Assert.Equal(await shop.RefOf(Characters.StaffIdOf("karim").Value), EntryTests.Text(byKarim, "actor-staff"));
        Assert.DoesNotContain("actor-buyer", byKarim.Keys);
        Assert.Contains("in-session", byKarim.Keys);
    }

    [Fact]
    public async Task Abuse28_A_change_without_a_fact_is_not_stored()
    {
        await using var shop = await TestShop.Start();
        var forgotten = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Database.Write<Done>(Caller.Machine("test"), tx =>
        {
            tx.Db.Add(new SettingRow { Name = "shop.name", Value = "Forgotten", ChangedAt = tx.Now, ChangedBy = "nobody" });
            return Task.FromResult<Outcome<Done>>(Done.It);
        }));
        Assert.Contains(nameof(SettingRow), forgotten.Message);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from setting where value = 'Forgotten'"));
    }

    [Fact]
    public async Task Abuse29_What_an_operator_types_stays_inside_its_field_and_out_of_the_entry()
    {
        await using var shop = await TestShop.Start();
        string[] texts =
        [
            "\"}, \"actor-staff\": \"somebody else\", \"x\": {\"", "\n2026-01-01 root: signed in\r\n\t\u0001\u001b[31m", new string('x', 10_000), "a\0b", "\ud800 half \udfff", "‮txt.exe",
        ];
        foreach (var text in texts)
        {
            await shop.Database.Record(Caller.Machine("test"), new PersonNote(Characters.BuyerIdOf("ines"), text, text));
            var entry = EntryTests.Parse(await shop.Scalar<string>("select entry from audit_event order by seq desc limit 1"));
            Assert.Equal("test", EntryTests.Text(entry, "actor-part"));
            Assert.DoesNotContain("actor-staff", entry.Keys);
            Assert.True(Encoding.UTF8.GetByteCount(EntryTests.Text(entry, "kind")) <= CanonicalObject.MostBytes);

            // The private side has what the entry commits to, also where no database can keep what was typed.
            var kept = (await shop.Personal("note"))[^1];
            Assert.Equal(text.Replace('\0', '\ufffd').Replace('\ud800', '\ufffd').Replace('\udfff', '\ufffd'), kept);
        }

        Assert.True(await shop.Scalar<int>("select max(length(entry)) from audit_event") < 65_536);
    }

    [Fact]
    public async Task Abuse30_What_cannot_be_recorded_is_not_done_and_no_page_is_shown()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var token = (await karim.Get(inside + "/product/P-100")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (string, string)[] line = [("sku", "P-100"), ("quantity", "2"), ("__RequestVerificationToken", token)];
        await Break(shop);

        var added = await karim.PostRaw(inside + "/cart/lines", line);
        var page = await karim.Get(inside + "/account");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, added.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.DoesNotContain("Recent orders", page.Text);
        Assert.Contains("Nothing was changed", added.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart_line"));

        await shop.Sql(shop.Database.Kind == DatabaseKind.Postgres ? "drop trigger broken on audit_event" : "drop trigger broken");
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.PostRaw(inside + "/cart/lines", line)).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/account")).Status);
        var numbers = await shop.Scalar<string>(shop.Database.Kind == DatabaseKind.Postgres
            ? "select string_agg(entry::json ->> 'n', ',' order by seq) from audit_event where session_id is not null"
            : "select group_concat(json_extract(entry, '$.n')) from audit_event where session_id is not null");
        Assert.Equal("1,2,3,4,5", numbers);
    }

    [Fact]
    public async Task Abuse31_Nobody_who_has_the_log_alone_finds_an_address_by_trying()
    {
        await using var shop = await TestShop.Start();
        await shop.Database.Record(Caller.Machine("test"), new PersonNote(Characters.BuyerIdOf("ines"), "ines@buyers.example", "one"));
        await shop.Database.Record(Caller.Machine("test"), new PersonNote(Characters.BuyerIdOf("ines"), "ines@buyers.example", "two"));
        var commitments = await Task.WhenAll(new[] { 1, 0 }.Select(async offset => EntryTests.Text(
            EntryTests.Parse(await shop.Scalar<string>($"select entry from audit_event order by seq desc limit 1 offset {offset}")), "note#")));

        // The same address is never the same commitment, and none is the plain digest of it under any name.
        Assert.NotEqual(commitments[0], commitments[1]);
        Assert.All(commitments, commitment => Assert.Equal(32, Convert.FromBase64String(commitment).Length));
        foreach (var guess in new[] { "ines@buyers.example", "note\0ines@buyers.example", "noteines@buyers.example" })
        {
            Assert.DoesNotContain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(guess))), commitments);
            Assert.DoesNotContain(Convert.ToBase64String(HMACSHA256.HashData((byte[])[], Encoding.UTF8.GetBytes(guess))), commitments);
        }
    }

    // As if the disk of the log were full, or its rights were lost.
    private static Task Break(TestShop shop) => shop.Sql(shop.Database.Kind == DatabaseKind.Postgres
        ? """
          create function broken() returns trigger language plpgsql as $$ begin raise exception 'The log is broken.'; end $$;
          create trigger broken before insert on audit_event for each row execute function broken();
          """
        : "create trigger broken before insert on audit_event begin select raise(abort, 'The log is broken.'); end");

    private sealed record PersonNote(BuyerId Buyer, string Note, Code Kind) : Fact
    {
        public override string Name => "test.noted";
    }
}
