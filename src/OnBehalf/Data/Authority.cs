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

    public static readonly Refusal Narrowed = Refusal.Conflict(
        "assistance.session-narrowed",
        "This session may do less than a moment ago: its mode fell back, or the customer agreed to less. Nothing was changed. Look at the bar, raise the mode if you may, and try again.");

    public static readonly Refusal SignInOver = Refusal.Forbidden(
        "identity.sign-in-over", "You are no longer signed in. Nothing was changed. Sign in again.");

    public static async Task<(DateTimeOffset Now, Refusal? Refusal)> Lock(Database database, ShopDb db, Caller caller, bool mustBeAlive, CancellationToken cancel)
    {
        var now = database.Now;
        var signIn = caller.Actor switch { Actor.Staff staff => staff.SignIn, Actor.Buyer buyer => buyer.SignIn, _ => (SignInId?)null };
        if (!mustBeAlive || signIn is null)
        {
            var clock = await Rows(db, $"select {now} as \"Now\", {True(database)} as \"Alive\"", [], cancel);
            return (clock[0].Now, null);
        }

        var lives = $"i.ended_at is null and i.hard_ends_at > {now} and {database.SecondsSince("i.last_seen_at")} < i.idle_seconds";
        if (caller.Session is not { } session)
        {
            var found = await Rows(
                db, $"select {now} as \"Now\", ({lives}) as \"Alive\" from sign_in i{Queue(database)} where i.id = {{0}}{Share(database, "i")}", Keys(database, signIn.Value.Value, signIn.Value), cancel);
            return found is [{ Alive: true } row] ? (row.Now, null) : (default, SignInOver);
        }

        var sessionLives = $"s.status = 'active' and s.hard_ends_at > {now} and {database.SecondsSince("a.last_seen_at")} < s.idle_seconds";
        // What the request was judged by still holds: nothing was taken away since, and a mode to which it was raised has not fallen back.
        var isRaised = session.Modes.RaisedUntil is null ? "" : $" and s.raised_until > {now}";
        var holds = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"s.narrowed = {session.Narrowed}{isRaised}");
        var sessions = await db.Rows<SessionClockRow>(
            $"""
            select {now} as "Now", ({lives} and {sessionLives}) as "Alive", ({holds}) as "Holds"
            from assisted_session s
            join sign_in i on i.id = s.operator_sign_in_id
            join assisted_session_activity a on a.session_id = s.id{Queue(database)}
            where s.id = {"{0}"}{Share(database, "s, i")}
            """,
            Keys(database, session.Id.Value, signIn.Value)).ToListAsync(cancel);
        return sessions is not [{ Alive: true } alive] ? (default, SessionOver) : alive.Holds == true ? (alive.Now, null) : (default, Narrowed);
    }

    private static string True(Database database) => database.Kind == DatabaseKind.Postgres ? "true" : "1";

    private static string Share(Database database, string rows) => database.Kind == DatabaseKind.Postgres ? $" for share of {rows}" : "";

    /// <summary>
    /// Waits until no write under these sign-ins is open, and keeps new ones waiting until the end of the transaction that takes the authority away. Without
    /// this queue writes that overlap each other could keep an end waiting for as long as they come: share locks on rows let each other pass.
    /// </summary>
    /// <param name="signIns">A query for ids of sign-ins with the one parameter {0}. Its own is left out, because it waits in that queue itself.</param>
    public static SqlLock Closing(Tx tx, string signIns, Guid key) => new(
        $"""
        select pg_advisory_xact_lock(hashtextextended(cast(q.id as text), 0))
        from (select distinct i.id from ({signIns}) i (id) where i.id <> {"{1}"} order by i.id) q
        """,
        key, tx.Caller.Actor switch { Actor.Staff staff => staff.SignIn.Value, Actor.Buyer buyer => buyer.SignIn.Value, _ => Guid.Empty });

    /// <summary>The same by itself.</summary>
    public static async Task Close(Tx tx, string signIns, Guid key) => await tx.Db.Rows<int>("select 1").Behind(Closing(tx, signIns, key)).ToListAsync(tx.Cancel);

    // Advisory locks are given in the order in which they were asked for: who wants it alone is not passed by those who share it.
    private static string Queue(Database database) => database.Kind == DatabaseKind.Postgres
        ? " cross join (select pg_advisory_xact_lock_shared(hashtextextended(cast(cast({1} as uuid) as text), 0))) q"
        : "";

    // The queue's key is a parameter of PostgreSQL alone.
    private static object[] Keys(Database database, Guid row, SignInId signIn) => database.Kind == DatabaseKind.Postgres ? [row, signIn.Value] : [row];

    private static Task<List<ClockRow>> Rows(ShopDb db, string sql, object[] keys, CancellationToken cancel) => db.Rows<ClockRow>(sql, keys).ToListAsync(cancel);

    private sealed record ClockRow(DateTimeOffset Now, bool Alive);

    // A comparison with nothing is nothing: null does not hold.
    private sealed record SessionClockRow(DateTimeOffset Now, bool Alive, bool? Holds);
}
