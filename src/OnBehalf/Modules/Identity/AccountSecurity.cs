using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Privacy;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// What a buyer alone can do with his account, never who acts for him: the address to sign in with, and closing it. Each asks for the password first.
/// </summary>
public sealed class AccountSecurity(
    Database database, Outbox outbox, ShopSettings settings, ShopAddress shop, PasswordProof<BuyerRow> proof, People<BuyerRow> people)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    private static readonly Refusal EmailTaken = Refusal.Conflict(
        "identity.email-taken", "This address belongs to another account meanwhile. Your address stays as it was.");

    /// <summary>
    /// Sends a link to the new address; it counts when that is opened. Whether the address has an account already is told to nobody: then no link is sent.
    /// </summary>
    public async Task<Outcome<Done>> AskEmail(HttpContext context, Caller caller, string? email, string? password)
    {
        if (!EmailAddress.TryParse(email, out var address))
        {
            return Refusal.Invalid("identity.email-invalid", "New e-mail address: please enter a whole one, such as ines@nordlicht.example.", "Email");
        }

        if (address.Text == caller.Buyer!.Email)
        {
            return Refusal.Invalid("identity.email-same", "New e-mail address: this is your present one.", "Email");
        }

        if (await proof.Check(context, caller, password) is { } refusal)
        {
            return refusal;
        }

        var name = await settings.Get(ShopSettings.ShopName, context.RequestAborted);
        var link = await shop.Of(context.Request);
        return await Change(caller, context.RequestAborted, async (tx, person) =>
        {
            tx.Add(new EmailChangeAsked(person.Id, address.Text));
            if (await people.In(tx).FindByEmailAsync(address.Normalized) is not { } other || other.Id == person.Id)
            {
                var code = await OneTimeCodes.Issue(tx, person, OneTimeCodes.EmailChange, Validity, address.Text);
                outbox.Add(tx, IdentityMails.ConfirmEmail(person, address.Text, name, link is null ? null : link + "/account/email/confirmation", code));
            }
        });
    }

    /// <summary>The new address for which a code stands, if it still works; looking changes nothing.</summary>
    public async Task<string?> NewEmailOf(byte[] codeHash, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<string>(
            $"""
            select o.payload as "Value" from one_time_code o join buyer b on b.id = o.buyer_id
            where o.code_hash = {"{0}"} and o.used_at is null and o.expires_at > {database.Now} and o.purpose = '{OneTimeCodes.EmailChange}' and b.status = 'active'
            """,
            codeHash).ToListAsync(cancel)).SingleOrDefault();
    }

    /// <summary>The mailbox has spoken: from now on he signs in with the new address. Sign-ins go on; the old address is told.</summary>
    public async Task<Outcome<Done>> ConfirmEmail(Caller nobody, byte[] codeHash, CancellationToken cancel)
    {
        var name = await settings.Get(ShopSettings.ShopName, cancel);
        return await database.Write<Done>(
            nobody,
            async tx =>
            {
                var code = await OneTimeCodes.Use(tx, codeHash);
                var users = people.In(tx);
                if (code is not { Purpose: OneTimeCodes.EmailChange, BuyerId: { } id, Payload: { } email }
                    || await users.FindByIdAsync(id.ToString()) is not { Status: "active" } person)
                {
                    return OneTimeCodes.Dead;
                }

                if (await users.FindByEmailAsync(EmailAddress.Normalize(email)) is { } other && other.Id != person.Id)
                {
                    return EmailTaken;
                }

                var before = person.Email;
                outbox.Add(tx, IdentityMails.EmailChanged(person, email, name));
                (person.Email, person.EmailNormalized) = (email, EmailAddress.Normalize(email));
                person.Version++;
                await OneTimeCodes.Cancel(tx, person);
                await Profiles.FindableAs(tx, person);
                tx.Add(new EmailChanged(person.Id, before, email));
                return Done.It;
            },
            cancel);
    }

    /// <summary>Closes the account in all his companies: nobody signs in to it any more. Orders stay.</summary>
    /// <param name="isErased">He asks to be erased as well.</param>
    public async Task<Outcome<Done>> Close(HttpContext context, Caller caller, bool isSure, bool isErased, string? password)
    {
        if (!isSure)
        {
            return Refusal.Invalid("account.not-sure", "Please tick that you want to close your account.", "IsSure");
        }

        if (await proof.Check(context, caller, password) is { } refusal)
        {
            return refusal;
        }

        var name = await settings.Get(ShopSettings.ShopName, context.RequestAborted);
        return await Change(caller, context.RequestAborted, async (tx, person) =>
        {
            person.Status = "inactive";
            person.Version++;
            await OneTimeCodes.Cancel(tx, person);
            await SignInEnds.EndAll(tx, person, "account-closed");
            tx.Add(new AccountClosed(person.Id));
            if (isErased)
            {
                await ErasureRequests.Ask(tx, person.Id);
            }

            outbox.Add(tx, IdentityMails.Closed(person, name));
        });
    }

    private async Task<Outcome<Done>> Change(Caller caller, CancellationToken cancel, Func<Tx, BuyerRow, Task> change)
    {
        if (caller is not { Session: null, Actor: Actor.Buyer actor })
        {
            return AccessGate.NotInSession;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                await change(tx, (await people.In(tx).FindByIdAsync(actor.Id.ToString()))!);
                return Done.It;
            },
            cancel);
    }
}
