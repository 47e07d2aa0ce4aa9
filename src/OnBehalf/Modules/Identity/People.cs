using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>One kind of people as ASP.NET Core Identity sees them: its manager inside a transaction, its password hasher outside of one.</summary>
public sealed class People<TPerson>(PersonStore<TPerson> store, UserManager<TPerson> users, IPasswordHasher<TPerson> hasher)
    where TPerson : PersonRow
{
    // Verified when there is nobody to verify, so that the answer takes as long.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<object>().HashPassword(new object(), Guid.NewGuid().ToString()));

    /// <summary>`staff` or `buyer`.</summary>
    public static Code Kind => typeof(TPerson) == typeof(StaffRow) ? "staff" : "buyer";

    /// <summary>Identity's manager, working in this transaction; what it changes is saved by the door.</summary>
    public UserManager<TPerson> In(Tx tx)
    {
        store.Enter(tx);
        return users;
    }

    /// <summary>The stored hash of a person's password; null when there is no such person, or none who may have one.</summary>
    public static async Task<string?> HashOf(Database database, string email, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<TPerson>().Where(row => row.EmailNormalized == email).Select(row => row.PasswordHash).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Takes its tens of milliseconds on purpose, also without a hash: never call it while holding a transaction.</summary>
    public PasswordVerificationResult Verify(string? hash, string? password)
    {
        var verdict = hasher.VerifyHashedPassword(null!, hash ?? NobodysHash.Value, PasswordRules.Canonical(password));
        return hash is null || password is null || password.Length > PasswordRules.Most ? PasswordVerificationResult.Failed : verdict;
    }

    /// <summary>Gives a locked, tracked person a password that the rules have let through; failures, lock-out and mailed codes are forgotten.</summary>
    public async Task SetPassword(Tx tx, TPerson person, string password)
    {
        await users.RemovePasswordAsync(person);
        var result = await users.AddPasswordAsync(person, PasswordRules.Canonical(password));
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"Identity refused a password that our rules accept: {result}");
        }

        await users.ResetAccessFailedCountAsync(person);
        await users.SetLockoutEndDateAsync(person, null);
        await OneTimeCodes.Cancel(tx, person);
    }

    public string Hash(string password) => hasher.HashPassword(null!, PasswordRules.Canonical(password));
}

/// <summary>Addresses are unique and looked up in the form of <see cref="EmailAddress.Normalized"/>.</summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    public string NormalizeName(string? name) => EmailAddress.Normalize(name);

    public string NormalizeEmail(string? email) => EmailAddress.Normalize(email);
}

/// <summary>Puts the rules of the core in the place of Identity's, which ask for digits and signs.</summary>
internal sealed class PasswordValidator<TPerson> : IPasswordValidator<TPerson>
    where TPerson : PersonRow
{
    public Task<IdentityResult> ValidateAsync(UserManager<TPerson> manager, TPerson user, string? password) => Task.FromResult(
        PasswordRules.Check(password, user.Email) is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = refusal.Code, Description = refusal.Sentence })
            : IdentityResult.Success);
}

/// <summary>Whatever is an address may be a user name; Identity's own rule knows ASCII letters only. Uniqueness is the database's.</summary>
internal sealed class PersonValidator<TPerson> : IUserValidator<TPerson>
    where TPerson : PersonRow
{
    public Task<IdentityResult> ValidateAsync(UserManager<TPerson> manager, TPerson user) => Task.FromResult(
        EmailAddress.TryParse(user.Email, out _)
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "identity.email-invalid", Description = Say("This is no e-mail address.") }));
}
