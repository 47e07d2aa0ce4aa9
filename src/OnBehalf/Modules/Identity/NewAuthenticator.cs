using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// An app that is being set up. Until a code confirms it the secret is in no row: the form carries it, encrypted for this person and for fifteen minutes, so
/// looking at the page changes nothing.
/// </summary>
public sealed record NewAuthenticator(StaffId Staff, byte[] Secret)
{
    private const string Purpose = "new-authenticator";

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    public static NewAuthenticator For(StaffId staff) => new(staff, Totp.NewSecret());

    /// <summary>What the form carries; null when it is not of our making, too old, or somebody else's.</summary>
    public static NewAuthenticator? Read(IDataProtectionProvider protection, StaffId staff, string? carried)
    {
        if (carried is not { Length: > 0 and < 2_000 })
        {
            return null;
        }

        try
        {
            var parts = Protector(protection).Unprotect(carried).Split(' ');
            return parts is [var owner, var secret] && owner == staff.ToString() ? new NewAuthenticator(staff, Convert.FromBase64String(secret)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public string Carried(IDataProtectionProvider protection) => Protector(protection).Protect($"{Staff} {Convert.ToBase64String(Secret)}", Validity);

    /// <summary>The step of a code that this app shows now.</summary>
    public long? Match(DateTimeOffset now, string? code) => Totp.Match(Secret, code, now, 0);

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector(Purpose).ToTimeLimitedDataProtector();
}
