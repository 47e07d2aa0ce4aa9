using Microsoft.AspNetCore.Identity;
using OnBehalf.Data;
using OnBehalf.Identity;

namespace OnBehalf.Modules.Import;

/// <summary>One password for everybody in the package who has none: for trials and the demo, never for a shop with customers.</summary>
internal static class TrialPassword
{
    public static async Task Set(WorkConnection work, string? password, CancellationToken cancel)
    {
        if (password is null)
        {
            return;
        }

        // Hashed once for all of them, at full strength: a hundred thousand times would take hours.
        var hash = new PasswordHasher<object>().HashPassword(new object(), PasswordRules.Canonical(password));
        foreach (var (table, file) in new[] { ("staff", PackageFormat.Staff), ("buyer", PackageFormat.Contacts) })
        {
            await work.Run(
                $"""
                update {table} set password_hash = @hash, version = version + 1
                where password_hash is null and email_normalized in (select email_normalized from {file.Stage})
                """,
                cancel, ("hash", hash));
        }
    }
}
