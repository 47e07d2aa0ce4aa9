using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Who was signed out at the provider a short while ago, kept among the <see cref="SignInSteps"/>: a sign-in that was on its way here meanwhile finds it at its
/// end, in the transaction that would let him in. Both hold the same lock, so that one of the two sees the other.
/// </summary>
internal static class ProviderAbsences
{
    private const string Kind = "provider-absent";

    /// <summary>Longer than a sign-in takes from the provider's word to its end here.</summary>
    private static readonly TimeSpan Kept = 2 * ProviderToken.Oldest;

    /// <summary>Before anything that ends sign-ins.</summary>
    public static async Task Remember(Tx tx, ProviderSettings settings, ProviderLogout logout)
    {
        // A session of the provider never comes back. Without one he is out altogether; with one, so is what came from there without saying from which.
        string?[] about =
        [
            logout.Session is { } session ? $"session {session}" : null,
            logout.Subject is not { } subject ? null : logout.Session is null ? $"subject {subject}" : $"unnamed {subject}",
        ];
        await Hold(tx, settings, logout.Session, logout.Subject);
        foreach (var text in about.OfType<string>())
        {
            tx.Db.Add(new SignInStepRow
            {
                Id = Guid.CreateVersion7(), TokenHash = Hash($"{logout.Id} {Key(settings, text)}"), Kind = Kind, State = Key(settings, text), CreatedAt = logout.At,
                UsedAt = tx.Now, ExpiresAt = tx.Now + Kept,
            });
        }
    }

    /// <summary>He was signed out there since the provider said who he is.</summary>
    public static async Task<bool> Has(Tx tx, ProviderSettings settings, ProviderPerson person)
    {
        await Hold(tx, settings, person.Session, person.Subject);
        var ofSession = person.Session is { } session ? Key(settings, $"session {session}") : "";
        var (ofSubject, unnamed) = (Key(settings, $"subject {person.Subject}"), person.Session is null ? Key(settings, $"unnamed {person.Subject}") : "");
        return await tx.Db.Set<SignInStepRow>().AnyAsync(
            row => row.Kind == Kind && row.ExpiresAt > tx.Now
                && (row.State == ofSession || ((row.State == ofSubject || row.State == unnamed) && row.CreatedAt >= person.KnownAt)),
            tx.Cancel);
    }

    private static async Task Hold(Tx tx, ProviderSettings settings, string? session, string? subject)
    {
        if (tx.Database.Kind != DatabaseKind.Postgres)
        {
            return;
        }

        // In one order for everybody: the session, then the subject.
        foreach (var text in new[] { session is null ? null : $"session {session}", subject is null ? null : $"subject {subject}" }.OfType<string>())
        {
            await tx.Db.Rows<string>("select cast(pg_advisory_xact_lock(hashtextextended({0}, 0)) as text) as \"Value\"", Key(settings, text)).ToListAsync(tx.Cancel);
        }
    }

    private static string Key(ProviderSettings settings, string text) => $"{settings.IssuerText} {text}";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
