using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Privacy;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Privacy;

/// <summary>Personal values of the log lie sealed under keys that a file outside the database wraps.</summary>
public sealed class PersonKeyTests
{
    private static readonly Caller Machine = Caller.Machine("test");

    [Fact]
    public async Task Without_its_file_the_shop_stays_closed_and_nothing_is_written_in_clear()
    {
        await using var shop = await TestShop.Start();
        var file = Path.Combine(shop.Folder, "person.keys");
        Assert.True(File.Exists(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await shop.Database.Record(Machine, new ProfileChanged(Characters.BuyerIdOf("ines"), "phone", "+49 431 555010", "+49 431 555011"));
        var dump = await shop.Dump("audit_event", "audit_private", "person_key");
        Assert.DoesNotContain("555010", dump);
        Assert.DoesNotContain(Convert.ToHexString("555010"u8), dump);
        Assert.Equal(["+49 431 555010"], await shop.Personal("before"));

        // Moved away, cut, and exchanged for another shop's.
        var kept = await File.ReadAllTextAsync(file);
        File.Delete(file);
        Assert.Contains("is missing", (await StartFails(shop)).Message);
        await Assert.ThrowsAsync<PersonKeyException>(() => shop.Database.Record(Machine, new ProfileChanged(Characters.BuyerIdOf("paul"), "phone", "a secret", "")));
        Assert.False(File.Exists(file));
        await File.WriteAllTextAsync(file, kept[..^9]);
        Assert.Contains("Line 3", (await StartFails(shop)).Message);
        await File.WriteAllTextAsync(file, string.Join('\n', kept.Split('\n').Take(2)) + "\nwrap " + Convert.ToBase64String(new byte[32]) + "\n");
        var wrong = (await StartFails(shop)).Message;
        Assert.Contains("is not the one of this database", wrong);
        Assert.DoesNotContain(Convert.ToBase64String(new byte[32]), wrong);
        await File.WriteAllTextAsync(file, kept);
        await using var again = await shop.Beside();
        Assert.Equal(["+49 431 555010"], await again.Personal("before"));
    }

    [Fact]
    public async Task A_rotation_that_was_broken_off_goes_on_and_every_value_can_be_read_all_the_time()
    {
        await using var shop = await TestShop.Start();
        const int People = 700;
        await shop.Database.Write<Done>(Machine, tx =>
        {
            for (var i = 0; i < People; i++)
            {
                tx.Add(new EmailChangeAsked(IId<BuyerId>.New(), $"{i}@buyers.example"));
            }

            return Task.FromResult<Outcome<Done>>(Done.It);
        });
        var first = await shop.Scalar<string>("select min(wrapped_by) from person_key");

        // Without a key that waits nothing is rotated; one that waits is known everywhere before it wraps anybody.
        Assert.Equal("privacy.no-key-waits", (await KeyCommands.Rotate(shop.Database, int.MaxValue, default)).Refusal!.Code);
        var added = await KeyCommands.Add(shop.Database, default);
        Assert.Equal(added, await KeyCommands.Add(shop.Database, default));
        await shop.Database.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("paul"), "-"));
        Assert.Equal(first, await shop.Scalar<string>("select max(wrapped_by) from person_key"));

        var (second, some, isNew) = (await KeyCommands.Rotate(shop.Database, mostBatches: 1, default)).Value;
        Assert.Equal(added, second);
        Assert.True(isNew);
        Assert.Equal((500, 201), (some, await shop.Scalar<long>($"select count(*) from person_key where wrapped_by = '{first}'")));
        await AllAreRead();

        // Whoever comes now is wrapped by the new key, and the old one is not replaced a second time.
        await shop.Database.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "700@buyers.example"));
        var (same, rest, isNewer) = (await KeyCommands.Rotate(shop.Database, int.MaxValue, default)).Value;
        Assert.Equal((second, 201, false), (same, rest, isNewer));
        Assert.Equal(0, await shop.Scalar<long>($"select count(*) from person_key where wrapped_by <> '{second}'"));
        await AllAreRead();
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "privacy.keys-rotated"));

        async Task AllAreRead()
        {
            // Another node remembers nothing.
            await using var node = await shop.Beside();
            Assert.Equal(Enumerable.Range(0, People).Select(i => $"{i}@buyers.example"), (await node.Personal("email")).Take(People));
        }
    }

    [Fact]
    public async Task A_value_under_the_event_of_another_one_or_changed_by_hand_is_not_shown_and_the_page_says_what_matches()
    {
        await using var shop = await TestShop.Start();
        await shop.Database.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "one@buyers.example"));
        var ada = await shop.As("ada");
        await using var db = shop.Database.Read();
        var id = (await db.Set<AuditEventRow>().SingleAsync(row => row.Name == "identity.email-change-asked")).Id;
        var page = await ada.Get($"/admin/audit/{id}");
        Assert.Contains("one@buyers.example Matches its commitment", page.Text);

        // Twice the same value: neither the commitments nor what is stored show it.
        await shop.Database.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "one@buyers.example"));
        var rows = await db.Set<AuditPrivateRow>().Where(row => row.Field == "email").ToListAsync();
        Assert.Equal(2, rows.Count);
        Assert.NotEqual(rows[0].Value, rows[1].Value);
        Assert.Equal(rows[0].KeyRef, rows[1].KeyRef);
    }

    [Fact]
    public async Task Processes_that_change_the_file_at_once_lose_no_key()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "person.keys");
        new PersonKeyFile(file, NullLogger<PersonKeyFile>.Instance).Create();
        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new PersonKeyFile(file, NullLogger<PersonKeyFile>.Instance);
            var keys = new List<string>();
            for (var i = 0; i < 5; i++)
            {
                await mine.Add();
                if (await mine.Use() is { } key)
                {
                    keys.Add(key.Id);
                }
            }

            return keys;
        })));
        var all = new PersonKeyFile(file, NullLogger<PersonKeyFile>.Instance).Read()!.All.Select(key => key.Id).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.NotEmpty(used.SelectMany(keys => keys));
        Assert.Empty(used.SelectMany(keys => keys).Except(all));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_an_erasure_forgets_the_key_by_itself()
    {
        await using var shop = await TestShop.Start();
        var clock = new LaterClock();
        await using var node = new Database(shop.ConnectionString, new FactHandlers([])) { Keys = new PersonKeys(shop.Services.GetRequiredService<PersonKeyFile>(), clock), Tickets = shop.Database.Tickets };
        await node.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "one@buyers.example"));
        await shop.Database.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "two@buyers.example"));
        await shop.Sql("delete from person_key");
        await node.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "three@buyers.example"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from person_key"));
        clock.Later += PersonKeys.Remembers;
        await node.Record(Machine, new EmailChangeAsked(Characters.BuyerIdOf("ines"), "four@buyers.example"));
        Assert.Equal(["four@buyers.example"], await shop.Personal("email"));
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);
    }

    private static async Task<PersonKeyException> StartFails(TestShop shop)
    {
        await using var app = ShopHost.Build(ShopHost.Builder([$"--ConnectionStrings:Shop={shop.ConnectionString}", $"--DataFolder={shop.Folder}", "--urls=http://127.0.0.1:0"]));
        return await Assert.ThrowsAsync<PersonKeyException>(() => app.StartAsync());
    }
}
