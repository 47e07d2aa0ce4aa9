using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Audit;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

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

    [Theory]
    [InlineData("an entry is changed", "Entry 100 of the log is not what it was", false)]
    [InlineData("an entry and its hash are changed", "leaf 100", true)]
    [InlineData("an event and its leaf are deleted", "tile/0/000", true)]
    public async Task Abuse26_What_somebody_with_all_rights_in_the_database_changes_is_named_by_whoever_checks_and_not_signed(string what, string place, bool isStopped)
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(300);
        await shop.Sequence();
        var (signer, tiles) = (shop.Services.GetRequiredService<LogSigner>(), shop.Services.GetRequiredService<LogTiles>());
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "policy"), $"log {signer.Verifier}\nquorum none\n");
        Assert.Equal(0, (await Check("before")).Exit);
        var signed = await shop.Head();

        // He takes away what hinders him, and the files that were made of it.
        string[] hindrances = shop.Database.Kind == DatabaseKind.Postgres
            ? ["alter table audit_event disable trigger user", "alter table audit_leaf disable trigger user"]
            : ["drop trigger audit_event_is_not_changed", "drop trigger audit_event_is_not_deleted", "drop trigger audit_leaf_is_not_changed", "drop trigger audit_leaf_is_not_deleted"];
        foreach (var sql in hindrances)
        {
            await shop.Sql(sql);
        }

        var place100 = await shop.Scalar<long>("select e.seq from audit_event e join audit_leaf l on l.event_id = e.id where l.leaf_index = 100");
        const string Leaf = "(select event_id from audit_leaf where leaf_index = 100)";
        var other = (await shop.Entries())[100].Replace("\"done\"", "\"refused\"").Replace("\"refused\"", "\"none\"");
        var hash = Convert.ToHexString(Merkle.LeafHash(Encoding.UTF8.GetBytes(other)).ToArray());
        string[] changes = what switch
        {
            "an event and its leaf are deleted" =>
            [
                "delete from audit_leaf where leaf_index = 100", $"delete from audit_event where seq = {place100}",
            ],
            "an entry is changed" => [$"update audit_event set entry = '{other}' where id = {Leaf}"],
            _ =>
            [
                $"update audit_event set entry = '{other}' where id = {Leaf}",
                $"update audit_leaf set leaf_hash = {(shop.Database.Kind == DatabaseKind.Postgres ? $"decode('{hash}', 'hex')" : $"x'{hash}'")} where leaf_index = 100",
            ],
        };
        foreach (var sql in changes)
        {
            await shop.Sql(sql);
        }

        if (shop.Database.Kind == DatabaseKind.Postgres)
        {
            await shop.Sql("alter table audit_event enable trigger user");
            await shop.Sql("alter table audit_leaf enable trigger user");
        }

        await shop.Services.GetRequiredService<LogLeader>().Leave();
        Directory.Delete(Path.Combine(Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single(), "tile"), recursive: true);
        var (exit, words) = await Check("after");
        Assert.NotEqual(0, exit);
        Assert.True(words.Contains(place, StringComparison.Ordinal), words);

        await shop.Happen(1);
        try
        {
            await shop.Sequence();
        }
        catch (Exception)
        {
            // Where a leaf is missing no tree can be made at all.
        }

        if (isStopped)
        {
            Assert.Equal(signed, await shop.Head());
        }

        // As an auditor copies it: what the shop gives out of its database under the checkpoint that it has signed.
        async Task<(int Exit, string Words)> Check(string name)
        {
            var folder = new TileFolder(Path.Combine(shop.Folder, name));
            var (head, refused) = (await shop.Head(), "");
            foreach (var tile in TileCoordinate.All(head.Size))
            {
                try
                {
                    if (await tiles.Served(head.Origin, tile, default) is { } bytes)
                    {
                        folder.Write(new Tile(tile, bytes));
                    }
                }
                catch (InvalidDataException why)
                {
                    refused += why.Message;
                }
            }

            await File.WriteAllTextAsync(Path.Combine(shop.Folder, name, "checkpoint"), await shop.Scalar<string>("select note from audit_checkpoint order by size desc limit 1"));
            var (exit, words) = await PruningTests.Run(shop.Folder, "dotnet", [PruningTests.Program(), "verify", name, "--policy", "policy"]);
            return (exit, words + refused);
        }
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
