using Microsoft.EntityFrameworkCore;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Tests.Import;

public sealed class InvitationTests
{
    [Fact]
    public async Task Nobody_is_mailed_unless_asked_and_then_everybody_once()
    {
        await using var box = await ImportBox.Open();
        SmallPackage.Put(box);
        await box.Import();
        Assert.Empty(await Mails(box));
        await box.Shop.Sql("update buyer set password_hash = 'has one' where email = 'kurt@buyer.example'");
        await box.Shop.Sql("update staff set status = 'inactive' where email = 'roy@seller.example'");
        box["staff.csv"] = SmallPackage.Staff.Replace("TRUE,,,", "TRUE,,,inactive", StringComparison.Ordinal);

        Assert.Equal(2, (await box.Import(invite: true)).Invited);
        Assert.Equal(["anna@buyer.example", "rita@seller.example"], (await Mails(box)).Select(mail => mail.ToAddress).Order());
        Assert.All(await Mails(box), mail => Assert.Equal(("invitation", true), (mail.Kind, mail.Body.Contains(Outbox.SecretPlace, StringComparison.Ordinal))));
        Assert.Equal(0, (await box.Import(invite: true)).Invited);
        Assert.Equal(2, (await Mails(box)).Count);
        Assert.Equal(2, (await box.Shop.Facts()).Count(fact => fact == "identity.invited"));
    }

    [Fact]
    public async Task A_package_with_a_fault_invites_nobody()
    {
        await using var box = await ImportBox.Open();
        SmallPackage.Put(box);

        // People who wait for an invitation are there already.
        await box.Import();
        Assert.True(await box.Shop.Scalar<int>("select count(*) from buyer where password_hash is null") > 0);
        box["tax_rates.csv"] = "country,region,tax_class,rate\nDE,,standard,x\n";

        Assert.Equal(0, (await box.Import(invite: true)).Invited);
        Assert.Empty(await Mails(box));
    }

    private static async Task<List<MailRow>> Mails(ImportBox box)
    {
        await using var db = box.Shop.Database.Read();
        return await db.Set<MailRow>().ToListAsync();
    }
}
