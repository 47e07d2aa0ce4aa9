using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>A new password for somebody who knows the present one, buyer or staff; never for him who is acted for.</summary>
public sealed class PasswordChanges(
    Database database, Outbox outbox, ShopSettings settings, PasswordProof<StaffRow> staffProof, PasswordProof<BuyerRow> buyerProof,
    People<StaffRow> staff, People<BuyerRow> buyers)
{
    /// <summary>
    /// Sets it; every other browser in which he was signed in is signed out, all assisted sessions of his end, and this browser gets a new credential: whoever
    /// has a copy of the old one is out.
    /// </summary>
    public async Task<Outcome<Done>> Change(HttpContext context, Caller caller, string? present, string? password) => caller switch
    {
        { Session: not null } => AccessGate.NotInSession,
        { Actor: Actor.Buyer me, Buyer: { } buyer } => await Change(context, caller, buyers, buyerProof, me.Id.Value, buyer.Email, me.SignIn, present, password),
        { Actor: Actor.Staff me } => await Change(context, caller, staff, staffProof, me.Id.Value, me.Email, me.SignIn, present, password),
        _ => AccessGate.NotInSession,
    };

    private async Task<Outcome<Done>> Change<TPerson>(
        HttpContext context, Caller caller, People<TPerson> people, PasswordProof<TPerson> proof, Guid id, string email, SignInId signIn, string? present, string? password)
        where TPerson : PersonRow
    {
        if ((PasswordRules.Check(password, email) ?? await proof.Check(context, caller, present, "Present")) is { } refusal)
        {
            return refusal;
        }

        var (token, hash) = Cookies.NewToken();
        var outcome = await database.Write<Done>(
            caller,
            async tx =>
            {
                var person = (await people.In(tx).FindByIdAsync(id.ToString()))!;
                await people.SetPassword(tx, person, password!);
                await SignInEnds.EndAll(tx, person, "password-changed", except: signIn);
                (await tx.Db.Set<SignInRow>().SingleAsync(row => row.Id == signIn, tx.Cancel)).TokenHash = hash;
                tx.Add(new PasswordSet(People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id, "changed"));
                outbox.Add(tx, IdentityMails.PasswordSet(person, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
                return Done.It;
            },
            context.RequestAborted);
        if (!outcome.IsRefused)
        {
            Cookies.Give(context, typeof(TPerson) == typeof(StaffRow) ? Cookies.Staff : Cookies.Shop, token);
        }

        return outcome;
    }
}
