using Microsoft.EntityFrameworkCore;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// The lock that makes the promise "when an end has been answered, no later write of that session commits": the rows that carry the caller's authority are
/// read with a share lock inside the writing transaction, and whatever ends authority updates those rows.
/// </summary>
internal static class Authority
{
    public static readonly Refusal SessionOver = Refusal.Forbidden(
        "assistance.session-over", "This assisted session is over. Nothing was changed. Go back to your desk and start a new one if you need it.");

    public static readonly Refusal SignInOver = Refusal.Forbidden(
        "identity.sign-in-over", "You are no longer signed in. Nothing was changed. Sign in again.");

    public static async Task<(DateTimeOffset Now, Refusal? Refusal)> Lock(Database database, ShopDb db, Caller caller, bool mustBeAlive, CancellationToken cancel)
    {
        var now = database.Now;
        var signIn = caller.Actor switch { Actor.Staff staff => staff.SignIn, Actor.Buyer buyer => buyer.SignIn, _ => (SignInId?)null };
        if (!mustBeAlive || signIn is null)
        {
            var clock = await Rows(db, $"select {now} as \"Now\", {True(database)} as \"Alive\"", Guid.Empty, cancel);
            return (clock[0].Now, null);
        }

        var lives = $"i.ended_at is null and i.hard_ends_at > {now} and {database.SecondsSince("i.last_seen_at")} < i.idle_seconds";
        if (caller.Session is not { } session)
        {
            var found = await Rows(
                db, $"select {now} as \"Now\", ({lives}) as \"Alive\" from sign_in i where i.id = {{0}}{Share(database, "i")}", signIn.Value.Value, cancel);
            return found is [{ Alive: true } row] ? (row.Now, null) : (default, SignInOver);
        }

        var sessionLives = $"s.status = 'active' and s.hard_ends_at > {now} and {database.SecondsSince("a.last_seen_at")} < s.idle_seconds";
        var sessions = await Rows(
            db,
            $"""
            select {now} as "Now", ({lives} and {sessionLives}) as "Alive"
            from assisted_session s
            join sign_in i on i.id = s.operator_sign_in_id
            join assisted_session_activity a on a.session_id = s.id
            where s.id = {"{0}"}{Share(database, "s, i")}
            """,
            session.Id.Value, cancel);
        return sessions is [{ Alive: true } alive] ? (alive.Now, null) : (default, SessionOver);
    }

    private static string True(Database database) => database.Kind == DatabaseKind.Postgres ? "true" : "1";

    private static string Share(Database database, string rows) => database.Kind == DatabaseKind.Postgres ? $" for share of {rows}" : "";

    private static Task<List<ClockRow>> Rows(ShopDb db, string sql, Guid id, CancellationToken cancel)
    {
        return db.Rows<ClockRow>(sql, id).ToListAsync(cancel);
    }

    private sealed record ClockRow(DateTimeOffset Now, bool Alive);
}
