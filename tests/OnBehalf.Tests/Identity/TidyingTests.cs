using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

public sealed class TidyingTests
{
    [Fact]
    public async Task What_was_over_long_ago_is_removed_in_batches_and_what_is_needed_stays()
    {
        await using var shop = await TestShop.Start();
        var (ines, karim, rosa) = (await shop.As("ines"), await shop.As("karim"), await shop.As("rosa"));
        await karim.Assisting("paul");
        await Enter(shop, Tidying.Batch + 1);
        await shop.Sql("update sign_in set ended_at = created_at, end_cause = 'signed-out' where device = 'old'");
        await shop.Age("sign_in", "hard_ends_at", TimeSpan.FromDays(43), "device = 'old'");

        // Karim's sign-in is older still, but a session hangs on it; Rosa's was over a day too late.
        await shop.Age("sign_in", "hard_ends_at", TimeSpan.FromDays(99), $"id = {Text(shop, karim.SignIn.Value)}");
        await shop.Age("sign_in", "hard_ends_at", TimeSpan.FromDays(30) - TimeSpan.FromHours(1), $"id = {Text(shop, rosa.SignIn.Value)}");
        await shop.Age("one_time_code", "expires_at", TimeSpan.FromDays(31), "purpose = 'invitation'");
        await shop.Age("idempotency", "created_at", TimeSpan.FromDays(31), "route = 'old'");

        var removed = await shop.Services.GetRequiredService<Tidying>().Run(default);

        Assert.Equal(Tidying.Batch + 3, removed);
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from sign_in"));
        Assert.Equal("password-reset", await shop.Scalar<string>("select purpose from one_time_code"));
        Assert.Equal("new", await shop.Scalar<string>("select route from idempotency"));
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account")).Status);
        Assert.Equal(
            [$"repetitions 1", $"sign-ins {Tidying.Batch}", "sign-ins 1", "one-time-codes 1"],
            (await Entries(shop)).Select(entry => $"{entry.GetProperty("what")} {entry.GetProperty("count")}"));
        Assert.Equal(0, await shop.Services.GetRequiredService<Tidying>().Run(default));
    }

    private static string Text(TestShop shop, Guid id) => shop.Database.Kind == DatabaseKind.Postgres ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> Entries(TestShop shop)
    {
        await using var db = shop.Database.Read();
        var rows = await db.Set<AuditEventRow>().Where(row => row.Name == "data.tidied").OrderBy(row => row.Seq).Select(row => row.Entry).ToListAsync();
        return [.. rows.Select(row => System.Text.Json.JsonDocument.Parse(row).RootElement)];
    }

    private static async Task Enter(TestShop shop, int signIns)
    {
        await using var db = shop.Database.Read();
        var now = TimeProvider.System.GetUtcNow();
        db.AddRange(Enumerable.Range(0, signIns).Select(_ => new SignInRow
        {
            Id = IId<SignInId>.New(), BuyerId = Characters.BuyerIdOf("ines"), MembershipId = Characters.MembershipIdOf("ines"), TokenHash = Cookies.NewToken().Hash,
            CreatedAt = now, LastSeenAt = now, ProvedAt = now, IdleSeconds = 900, HardEndsAt = now.AddHours(12), Device = "old",
        }));
        db.AddRange(new[] { OneTimeCodes.Invitation, OneTimeCodes.PasswordReset }.Select(purpose => new OneTimeCodeRow
        {
            Id = Guid.CreateVersion7(), Purpose = purpose, BuyerId = Characters.BuyerIdOf("ines"), CodeHash = Cookies.NewToken().Hash, CreatedAt = now,
            ExpiresAt = now.AddHours(1),
        }));
        db.AddRange(new[] { "old", "new" }.Select(route => new IdempotencyRow
        {
            Principal = "ines", Route = route, Key = "12345678", Fingerprint = "", Result = "", CreatedAt = now,
        }));
        await db.SaveChangesAsync();
    }
}
