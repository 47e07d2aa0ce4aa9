using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// The framework's passkeys inside our transactions: challenges are rows of `sign_in_step` bound to a cookie of this browser, used once. A passkey counts only
/// with the person verified by his device (PIN, finger, face), so it is two factors in one.
/// </summary>
public sealed class PasskeyJudge(Database database, People<StaffRow> people, ShopSettings settings)
{
    /// <summary>The cookie of the browser in which a passkey was asked for.</summary>
    public const string Cookie = "staff-passkey";

    private const string Assertion = "passkey";
    private const string Attestation = "new-passkey";

    /// <summary>A question for one of the passkeys of somebody, or of whoever it may be; the JSON for the browser.</summary>
    public async Task<string> Ask(HttpContext context, StaffId? staff)
    {
        var handler = await Handler(context);
        return await Begin(context, async (tx, users) =>
        {
            var person = staff is { } id ? await users.FindByIdAsync(id.ToString()) : null;
            var options = await handler(users).MakeRequestOptionsAsync(person, context);
            return (SignInSteps.Begin(tx, Assertion, person, state: options.AssertionState), options.RequestOptionsJson);
        });
    }

    /// <summary>An offer to make a new passkey for somebody who is signed in.</summary>
    public async Task<string> Offer(HttpContext context, Actor.Staff staff)
    {
        var handler = await Handler(context);
        return await Begin(context, async (tx, users) =>
        {
            var person = (await users.FindByIdAsync(staff.Id.ToString()))!;
            var options = await handler(users).MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email, DisplayName = person.FullName }, context);
            return (SignInSteps.Begin(tx, Attestation, person, state: options.AttestationState), options.CreationOptionsJson);
        });
    }

    /// <summary>What judges answers in a transaction; prepared before it.</summary>
    internal async Task<Answers> Prepare(HttpContext context) => new(context, await Handler(context), Cookies.Hash(context.Request, Cookie));

    /// <summary>Judges answers of one browser. Each question is used up by the first answer, whatever it is.</summary>
    internal sealed class Answers(HttpContext context, Func<UserManager<StaffRow>, IPasskeyHandler<StaffRow>> handler, byte[]? cookie)
    {
        /// <summary>Whose passkey it was; null when it counts for nobody. With <paramref name="expected"/> nobody else's counts.</summary>
        public async Task<StaffRow?> Person(Tx tx, UserManager<StaffRow> users, string? credential, StaffId? expected)
        {
            if (credential is not { Length: > 0 and < 20_000 } || await SignInSteps.Find(tx, cookie, Assertion) is not { } step)
            {
                return null;
            }

            step.UsedAt = tx.Now;
            var result = await handler(users).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = step.State });
            if (!result.Succeeded || (expected is { } id && result.User.Id != id) || (step.StaffId is { } asked && result.User.Id != asked))
            {
                return null;
            }

            await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
            return result.User;
        }

        /// <summary>A new passkey of this person; null when the browser's answer does not fit.</summary>
        public async Task<UserPasskeyInfo?> New(Tx tx, UserManager<StaffRow> users, StaffRow staff, string? credential)
        {
            if (credential is not { Length: > 0 and < 100_000 } || await SignInSteps.Find(tx, cookie, Attestation) is not { } step || step.StaffId != staff.Id)
            {
                return null;
            }

            step.UsedAt = tx.Now;
            var result = await handler(users).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = step.State });
            return result.Succeeded && result.UserEntity.Id == staff.Id.ToString() ? result.Passkey : null;
        }
    }

    private async Task<string> Begin(HttpContext context, Func<Tx, UserManager<StaffRow>, Task<(string Token, string Options)>> ask)
    {
        var outcome = await database.Write<(string Token, string Options)>(context.Nobody(), async tx => await ask(tx, people.In(tx)), context.RequestAborted);
        Cookies.Give(context, Cookie, outcome.Value.Token);
        return outcome.Value.Options;
    }

    // The name under which the shop is reached, when it is set; else the one of this request, which the browser holds the passkey against by itself.
    private async Task<Func<UserManager<StaffRow>, IPasskeyHandler<StaffRow>>> Handler(HttpContext context)
    {
        var address = await settings.Get(ShopSettings.ShopAddress, context.RequestAborted);
        var options = Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = address.Length > 0 && context.Request.Host.Host is not "localhost" ? new Uri(address).Host : null,
            UserVerificationRequirement = "required", ResidentKeyRequirement = "required", AttestationConveyancePreference = "none",
        });
        return users => new PasskeyHandler<StaffRow>(users, options);
    }
}
