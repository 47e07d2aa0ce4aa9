using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A wish to switch as the last step finds it, with what the session says in whose place the next one is to begin.</summary>
public sealed record SwitchWish(Guid Session, string Handle, string From, Guid Company, string Number, bool IsSame, string Reason, string? Text, string? Ticket);

/// <summary>
/// What an operator asked for on a page of his session, on its way to the last step before the next one. It is no authority: who acts is who is signed in there, and
/// everything is judged as always. But it says that he himself asked, a moment ago and under the same sign-in, so that the last step may press its own button;
/// no link of somebody else can say that, and why he acts is in no address.
/// </summary>
public sealed class SwitchWishes(Database database)
{
    /// <summary>How long a wish counts.</summary>
    public const int Seconds = 60;

    private readonly string _open =
        $"""
        select w.session_id as "Session", x.handle as "Handle", f.name as "From", w.company_id as "Company", c.number as "Number", x.company_id = w.company_id as "IsSame",
            x.reason_code as "Reason", x.reason_text as "Text", x.ticket as "Ticket"
        from assist_switch w join assisted_session x on x.id = w.session_id join company f on f.id = x.company_id join company c on c.id = w.company_id
        where w.staff_id = {"{0}"} and w.sign_in_id = {"{1}"} and x.operator_staff_id = w.staff_id and x.status = 'active' and {database.SecondsSince("w.made_at")} < {Seconds}
        """;

    /// <summary>Stored as the session in which it was asked for: a session that is over wishes nothing. An earlier wish is void.</summary>
    public Task<Outcome<Done>> Make(Caller caller, CompanyId company, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var (staff, session) = (caller.Staff!, caller.Session!.Id);
            if (await tx.Db.Set<AssistSwitchRow>().SingleOrDefaultAsync(row => row.StaffId == staff.Id, tx.Cancel) is { } row)
            {
                (row.SignInId, row.SessionId, row.CompanyId, row.MadeAt) = (staff.SignIn, session, company, tx.Now);
            }
            else
            {
                tx.Db.Add(new AssistSwitchRow { StaffId = staff.Id, SignInId = staff.SignIn, SessionId = session, CompanyId = company, MadeAt = tx.Now });
            }

            return Done.It;
        },
        cancel);

    /// <summary>Null when there is none, it is too old, it was made in another sign-in, or its session is over, as it is once the next one has begun.</summary>
    public async Task<SwitchWish?> Of(Actor.Staff staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<SwitchWish>(_open, staff.Id.Value, staff.SignIn.Value).ToListAsync(cancel) is [var wish] ? wish : null;
    }
}
