using Microsoft.EntityFrameworkCore;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// Keeps "last seen" of sign-ins and sessions. Written at most every thirtieth of the idle time (between 1 and 30 seconds), so that reading pages costs no
/// write; idle ends are early by at most that much.
/// </summary>
public sealed class Presence(Database database)
{
    public Task SeenSignIn(Guid signIn, int unseenSeconds, int idleSeconds, CancellationToken cancel) =>
        IsDue(unseenSeconds, idleSeconds)
            ? Touch($"update sign_in set last_seen_at = {database.Now} where id = {{0}} and ended_at is null", signIn, cancel)
            : Task.CompletedTask;

    /// <summary>True when it was due and "last seen" is now.</summary>
    public async Task<bool> SeenSession(Guid session, int unseenSeconds, int idleSeconds, CancellationToken cancel)
    {
        if (!IsDue(unseenSeconds, idleSeconds))
        {
            return false;
        }

        await Touch($"update assisted_session_activity set last_seen_at = {database.Now} where session_id = {{0}}", session, cancel);
        return true;
    }

    private static bool IsDue(int unseenSeconds, int idleSeconds) => unseenSeconds >= Math.Clamp(idleSeconds / 30, 1, 30);

    private async Task Touch(string sql, Guid id, CancellationToken cancel)
    {
        using var gate = await database.WriterGate(cancel);
        await using var db = database.Read();
        await db.Database.ExecuteSqlRawAsync(sql, [id], cancel);
    }
}
