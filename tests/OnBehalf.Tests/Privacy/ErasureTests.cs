using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Backup;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Privacy;

/// <summary>Abuse cases 31 and 32, and that somebody who is erased is nowhere any more.</summary>
public sealed class ErasureTests
{
    private static readonly Caller Machine = Caller.Machine("test");

    [Fact]
    public async Task Who_is_erased_is_found_in_no_column_but_those_that_the_law_wants_and_every_entry_stays_as_it_was()
    {
        await using var shop = await TestShop.Start();
        await Marker.Plant(shop);
        await shop.Database.Record(Machine, new ProfileChanged(Characters.BuyerIdOf("ines"), "phone", Marker.Word, Marker.Word));
        await shop.Database.Record(Machine, new PersonNotCreated(Characters.Nordlicht, "elsewhere", "ines@buyers.example") { OfBuyer = Characters.BuyerIdOf("ines") });
        Assert.Equal(["ines@buyers.example"], await shop.Personal("email"));
        Assert.Contains("assisted_session.buyer_id", await Marker.Pointing(shop));
        var entries = await Entries(shop);
        Assert.Equal(Marker.Planted.Order(StringComparer.Ordinal), await Marker.Columns(shop));

        var ada = await shop.As("ada");
        var page = await ada.Get(PathOf("ines"));
        Assert.Contains("tax and trade law want them kept", page.Text);
        var done = await ada.Submit(page, "form[action$='buyers/" + Characters.BuyerIdOf("ines") + "']", ("Input.IsSure", "true"), ("Input.Password", Characters.Password));
        Assert.Equal("/admin/privacy?done=true", done.Location);

        Assert.Equal(Marker.Stays.Order(StringComparer.Ordinal), await Marker.Columns(shop));
        Assert.Empty(await shop.Personal("before"));
        Assert.Empty(await shop.Personal("email"));

        // From what entries name (a sign-in, a session, a case) nothing leads to the orders with his name.
        Assert.Equal(Marker.PointsOn.Order(StringComparer.Ordinal), await Marker.Pointing(shop));
        Assert.Equal(entries, (await Entries(shop)).Take(entries.Count));
        Assert.Equal("privacy.person-erased", (await shop.Facts())[^1]);
        Assert.All(await Entries(shop), entry => Assert.DoesNotContain(Characters.BuyerIdOf("ines").ToString(), entry, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("An erased person", (await ada.Get("/admin/audit?action=identity.profile-changed")).Text + (await ada.Get("/admin/audit?action=carts")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await ada.Get("/admin/audit")).Status);
        Assert.Contains("is erased", (await ada.Get(PathOf("ines"))).Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from sign_in i join buyer b on b.id = i.buyer_id where b.status = 'erased' and i.ended_at is null"));

        // The list outside of the database names nobody either.
        var list = await File.ReadAllTextAsync(Path.Combine(shop.Folder, "person.erased"));
        Assert.StartsWith("+ ", list, StringComparison.Ordinal);
        Assert.DoesNotContain(Characters.BuyerIdOf("ines").Value.ToString("N"), list);
    }

    [Fact]
    public async Task Every_column_of_text_says_whether_it_can_hold_a_persons_words()
    {
        await using var shop = await TestShop.Start();
        Assert.Empty((await Marker.TextColumns(shop)).Except(Marker.Known));
    }

    [Fact]
    public async Task A_hold_and_a_missing_tick_or_proof_hinder_it_and_who_may_not_is_refused()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Get(PathOf("ines"))).Status);
        var found = await ada.Submit(await ada.Get("/admin/privacy"), "main form", ("Input.Email", "ines@buyers.example"));
        Assert.Equal(PathOf("ines"), found.Location);
        await shop.Age("sign_in", "proved_at", TimeSpan.FromHours(1));
        var held = await ada.Submit(await ada.Get(PathOf("ines")), "form[action$='handler=Hold']", ("Hold.Reason", "Lawsuit 4711"));
        Assert.Equal(PathOf("ines"), held.Location);

        var page = await ada.Get(PathOf("ines"));
        Assert.Contains("A legal hold stands", page.Text);
        Assert.Null(page.Document.QuerySelector("button.btn-danger"));
        var post = await ada.Post(PathOf("ines"), [("Input.IsSure", "true"), ("Input.Password", Characters.Password)], from: PathOf("ines"));
        Assert.Equal(HttpStatusCode.Conflict, post.Status);
        Assert.Equal("active", await shop.Scalar<string>("select status from buyer where email = 'ines@buyers.example'"));

        await shop.Age("sign_in", "proved_at", TimeSpan.FromHours(1));
        var lift = await ada.Get(page.Document.QuerySelector("a[href^='/admin/privacy/holds/']")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Submit(lift, "main form", ("Input.Reason", "It was settled"))).Status);
        var lifted = await ada.Submit(lift, "main form", ("Input.Reason", "It was settled"), ("Input.Password", Characters.Password));
        Assert.Equal(PathOf("ines"), lifted.Location);
        await shop.Age("sign_in", "proved_at", TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Post(PathOf("ines"), [("Input.IsSure", "true"), ("Input.Password", "wrong")], from: PathOf("ines"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Post(PathOf("ines"), [("Input.Password", Characters.Password)], from: PathOf("ines"))).Status);
        Assert.False(File.Exists(Path.Combine(shop.Folder, "person.erased")));
        Assert.Equal(["privacy.hold-set", "privacy.hold-lifted"], (await shop.Facts()).Where(name => name.StartsWith("privacy.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Abuse32_A_buyer_who_closes_his_account_asks_to_be_erased_and_a_backup_brings_him_back_for_nobody()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var closed = await ines.Submit(await ines.Get("/account/delete"), "main form", ("Input.IsSure", "true"), ("Input.IsErased", "true"), ("Input.Password", Characters.Password));
        Assert.Equal("/account/login?closed=1", closed.Location);
        await using (var db = shop.Database.Read())
        {
            db.Add(new Modules.Mail.MailRow
            {
                Id = IId<MailId>.New(), Kind = "test", ToAddress = "jonas@buyers.example", Subject = "Ines Albrechtsen", Body = "jines@buyers.example, INES@buyers.example and ines@buyers.example.org", Status = "sent",
                CreatedAt = TimeProvider.System.GetUtcNow(), NextAttemptAt = TimeProvider.System.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        }

        var backup = Path.Combine(shop.Folder, "before.backup");
        Assert.False((await BackupCommands.Write(shop.Services, backup, default)).IsRefused);
        var ada = await shop.As("ada");
        Assert.Contains("Ines Albrecht", (await ada.Get("/admin/privacy")).Text);
        var done = await ada.Post(PathOf("ines"), [("Input.IsSure", "true"), ("Input.Password", Characters.Password)], from: PathOf("ines"));
        Assert.Equal("/admin/privacy?done=true", done.Location);
        Assert.Equal(
            "Ines Albrechtsen: jines@buyers.example, Erased person and ines@buyers.example.org", await shop.Scalar<string>("select subject || ': ' || body from mail where kind = 'test'"));

        var empty = await TestDatabase.Empty();
        foreach (var file in new[] { "master.key", "person.keys", "person.erased" })
        {
            File.Copy(Path.Combine(shop.Folder, file), Path.Combine(empty.Folder, file));
        }

        await using (var app = ShopHost.Build(ShopHost.Builder(empty.Settings)))
        {
            Assert.False((await BackupCommands.Read(app.Services, backup, default)).IsRefused);
            await using var db = app.Services.GetRequiredService<Database>().Read();
            Assert.Equal(1, await db.Set<BuyerRow>().CountAsync(row => row.Email == "ines@buyers.example"));
        }

        await using var restored = await TestShop.Start(database: empty);
        Assert.Equal(0, await restored.Scalar<int>("select count(*) from buyer where email = 'ines@buyers.example' or last_name = 'Albrecht'"));
        Assert.Equal(0, await restored.Scalar<int>("select count(*) from mail where to_address = 'ines@buyers.example'"));
        Assert.Contains("\"why\":\"restore\"", (await Entries(restored))[^1]);
        await using var again = await restored.Beside();
        Assert.Equal(1, (await again.Facts()).Count(name => name == "privacy.person-erased"));
    }

    [Fact]
    public async Task Who_has_the_whole_database_cannot_try_addresses_against_what_the_entries_commit_to()
    {
        await using var shop = await TestShop.Start();
        await shop.Database.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "ines@buyers.example"));
        await using var db = shop.Database.Read();
        var entry = JsonDocument.Parse((await db.Set<AuditEventRow>().SingleAsync(row => row.Name == "identity.email-change-asked")).Entry).RootElement;
        var commitment = entry.GetProperty("email#").GetBytesFromBase64();
        var value = (await db.Set<AuditPrivateRow>().SingleAsync(row => row.Field == "email")).Value;

        // Right address; as salt whatever the database holds, and none.
        byte[] guess = [.. "email"u8, 0, .. Encoding.UTF8.GetBytes("ines@buyers.example")];
        for (var i = 0; i + 32 <= value.Length; i++)
        {
            Assert.NotEqual(commitment, HMACSHA256.HashData(value.AsSpan(i, 32), guess));
        }

        Assert.NotEqual(commitment, SHA256.HashData(Encoding.UTF8.GetBytes("ines@buyers.example")));
        Assert.NotEqual(commitment, HMACSHA256.HashData((byte[])[], guess));

        // With the key of the person it is the commitment.
        var opened = Assert.Single(await shop.Database.Keys.Values(shop.Database, db, [new EventId(entry.GetProperty("id").GetGuid())], default));
        Assert.Equal(commitment, HMACSHA256.HashData(opened.Salt, guess));
    }

    private static string PathOf(string buyer) => $"/admin/privacy/buyers/{Characters.BuyerIdOf(buyer)}";

    private static async Task<IReadOnlyList<string>> Entries(TestShop shop)
    {
        await using var db = shop.Database.Read();
        return await db.Set<AuditEventRow>().OrderBy(row => row.Seq).Select(row => row.Entry).ToListAsync();
    }
}
