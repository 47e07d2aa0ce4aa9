using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// ASP.NET Core Identity's store of one kind of people, inside the door: it reads and changes rows of the transaction it was given, and the door saves.
/// </summary>
public class PersonStore<TPerson> :
    IUserPasswordStore<TPerson>, IUserLockoutStore<TPerson>, IUserSecurityStampStore<TPerson>, IUserEmailStore<TPerson>
    where TPerson : PersonRow
{
    private Tx? _tx;

    /// <summary>The transaction in which the manager works from now on.</summary>
    public void Enter(Tx tx) => _tx = tx;

    public Task<TPerson?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => Find("email_normalized", normalizedEmail);

    public async Task<TPerson?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await Find("id", id) : null;

    // The mail address is the user name.
    public Task<TPerson?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<IdentityResult> CreateAsync(TPerson user, CancellationToken cancellationToken)
    {
        Tx.Db.Add(user);
        return Task.FromResult(IdentityResult.Success);
    }

    // The row is tracked and locked; the door saves it.
    public Task<IdentityResult> UpdateAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<IdentityResult> DeleteAsync(TPerson user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("People are made inactive, never deleted: orders and the audit log name them.");

    public Task<string> GetUserIdAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(user.Key.ToString());

    public Task<string?> GetUserNameAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(TPerson user, string? userName, CancellationToken cancellationToken) => SetEmailAsync(user, userName, cancellationToken);

    public Task<string?> GetNormalizedUserNameAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailNormalized);

    public Task SetNormalizedUserNameAsync(TPerson user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetEmailAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(TPerson user, string? email, CancellationToken cancellationToken) => Done(user.Email = email!);

    // Mail addresses come from the seller or were confirmed by a link before they are stored.
    public Task<bool> GetEmailConfirmedAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(TPerson user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailNormalized);

    public Task SetNormalizedEmailAsync(TPerson user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Done(user.EmailNormalized = normalizedEmail!);

    public Task<string?> GetPasswordHashAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(TPerson user, string? passwordHash, CancellationToken cancellationToken) => Done(user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(TPerson user, string stamp, CancellationToken cancellationToken) => Done(user.SecurityStamp = stamp);

    public Task<bool> GetLockoutEnabledAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(TPerson user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);

    public Task SetLockoutEndDateAsync(TPerson user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Done(user.LockoutEnd = lockoutEnd);

    public Task<int> GetAccessFailedCountAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(user.FailedCount);

    public Task<int> IncrementAccessFailedCountAsync(TPerson user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedCount);

    public Task ResetAccessFailedCountAsync(TPerson user, CancellationToken cancellationToken) => Done(user.FailedCount = 0);

    public void Dispose() => GC.SuppressFinalize(this);

    private protected Tx Tx => _tx ?? throw new InvalidOperationException("Enter a transaction first: people change only inside Database.Write.");

    // Locked, so that sign-ins, failures and new passwords of one person come one after the other: no guess slips past the fifth failure, and no sign-in
    // with the old password outlives its change.
    private Task<TPerson?> Find(string column, object value)
    {
        var sql = $"select * from {Table} where {column} = {{0}}{(Tx.Database.Kind == DatabaseKind.Postgres ? " for no key update" : "")}";
        return Tx.Db.Set<TPerson>().FromSqlRaw(sql, value).SingleOrDefaultAsync(Tx.Cancel);
    }

    private static string Table => typeof(TPerson) == typeof(StaffRow) ? "staff" : "buyer";

    private static Task Done(object? _) => Task.CompletedTask;
}
