using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>How somebody's account stands, for who helps him in.</summary>
/// <param name="LockedUntil">Null: it is not locked.</param>
/// <param name="Confirms">A new address waits to be confirmed.</param>
public sealed record BuyerHelpState(DateTimeOffset? LockedUntil, bool IsOpen, bool HasCome, DateTimeOffset? InvitedAt, bool Confirms);

/// <summary>A sign-in or a checkout that was refused.</summary>
public sealed record BuyerHelpTrouble(DateTimeOffset At, string Name, string Entry, bool IsStaff)
{
    public Phrase What => Name switch
    {
        BuyerHelpQueries.SignInFailed => Phrase.Of("Sign-in"),
        BuyerHelpQueries.LockedOut => Phrase.Of("Locked"),
        _ => Phrase.Of("Checkout"),
    };

    public Phrase Cause => Code is { } code ? Word(code) : Phrase.Of("five failures: no sign-in for 15 minutes");

    private string? Code
    {
        get
        {
            using var entry = JsonDocument.Parse(Entry);
            return entry.RootElement.TryGetProperty("why", out var why) || entry.RootElement.TryGetProperty("refusal", out why) ? why.GetString() : null;
        }
    }

    // What support is asked about most; of everything else the code stands there, which the documentation has with its sentence.
    private static Phrase Word(string code) => code switch
    {
        "wrong-password" => Phrase.Of("wrong password"),
        "locked-out" => Phrase.Of("the account was locked"),
        "inactive" => Phrase.Of("the account is closed"),
        "no-company" => Phrase.Of("no company is open to this person"),
        "orders.cart-changed" => Phrase.Of("the cart was changed meanwhile"),
        "orders.cart-empty" => Phrase.Of("the cart was empty"),
        "orders.total-changed" => Phrase.Of("the total had changed"),
        "orders.not-orderable" => Phrase.Of("articles could no longer be ordered"),
        "orders.company-blocked" or "orders.company-on-hold" => Phrase.Of("the company may not order"),
        "orders.shipping-not-there" => Phrase.Of("this way of sending did not go to the address"),
        "orders.payment-not-offered" => Phrase.Of("this way of paying was not offered"),
        "orders.tax-unknown" => Phrase.Of("the tax is not known"),
        "orders.terms-changed" or "orders.terms-not-accepted" => Phrase.Of("the terms were not accepted"),
        "orders.nobody-approves" or "orders.nobody-approves-budget" => Phrase.Of("nobody could approve"),
        _ => Phrase.Of($"refused: {code}"),
    };
}

/// <summary>What the page of a person shows to who helps him in.</summary>
public sealed record BuyerHelpSection(BuyerHelpState State, IReadOnlyList<BuyerHelpTrouble> Troubles, string Action)
{
    /// <summary>What was done, in words.</summary>
    public static string? Notice(string? done) => done switch
    {
        "unlock" => Say("The account is unlocked."),
        "invite" => Say("The invitation is on its way."),
        "confirm" => Say("The mail to confirm the new address is on its way."),
        "reset" => Say("The mail for a new password is on its way."),
        _ => null,
    };
}

/// <summary>Why somebody does not get in, or gets no order placed: from the log, along an index of what was refused.</summary>
public static class BuyerHelpQueries
{
    public const string SignInFailed = "identity.sign-in-failed";
    public const string LockedOut = "identity.locked-out";

    /// <summary>So many days are shown.</summary>
    public const int Days = 30;

    /// <summary>So many at most, the newest.</summary>
    public const int Most = 20;

    private static readonly string Troubles = $"""
        select e.at as "At", e.name as "Name", e.entry as "Entry", e.operator_staff_ref is not null as "IsStaff" from audit_event e
        where e.buyer_ref = (select k.ref from person_key k where k.person_id = {"{0}"}) and e.outcome = 'refused' and e.at > {"{1}"}
            and e.name in ('{SignInFailed}', '{LockedOut}', 'orders.not-placed', 'assistance.order-refused')
        order by e.seq desc limit {Most}
        """;

    public static Func<BuyerHelpSection?> Of(Database database, SqlTogether together, BuyerId buyer, DateTimeOffset now, string action)
    {
        var state = together.Rows<BuyerHelpState>(
            $"""
            select case when b.lockout_end > {database.Now} then b.lockout_end end as "LockedUntil", b.status = 'active' as "IsOpen", b.password_hash is not null as "HasCome", b.invited_at as "InvitedAt",
                exists (select 1 from one_time_code o where o.buyer_id = b.id and o.purpose = '{OneTimeCodes.EmailChange}' and o.used_at is null and o.expires_at > {database.Now}) as "Confirms"
            from buyer b where b.id = {"{0}"}
            """,
            buyer.Value);
        var troubles = together.Rows<BuyerHelpTrouble>(Troubles, buyer.Value, now.AddDays(-Days));
        return () => state() is [var one] ? new BuyerHelpSection(one, troubles(), action) : null;
    }
}
