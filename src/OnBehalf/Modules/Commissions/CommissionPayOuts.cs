using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Commissions;

/// <summary>Runs that pay out what is earned: one entry for each claim, so that a statement says for which line of which order.</summary>
public sealed class CommissionPayOuts(Database database)
{
    /// <summary>Claims in one run; the next one takes the rest.</summary>
    public const int Most = 10_000;

    private static readonly Refusal Nothing = Refusal.Conflict("commissions.nothing-earned", "Nobody but perhaps yourself has earned more than was paid out to him, apart from what disputes hold back. Your own commissions are paid out by somebody else.");

    // What is earned at an order about which somebody disputes waits for the answer; what is owed there does not, or a dispute would be a way not to pay. The oldest first, each person's together: a run that ends at its limit has left out nobody's debts who is in it but the last one's.
    private const string Open = """
        select e.claim_id as "Claim", e.staff_id as "Staff", e.order_id as "Order", e.position as "Position", e.rule_id as "Rule", e.rule_version as "Version", e.currency as "Currency",
            cast(sum(case when e.to_account = 'earned' then e.amount_minor when e.from_account = 'earned' then -e.amount_minor else 0 end) as bigint) as "EarnedMinor"
        from commission_entry e where e.staff_id <> {0}
        group by e.claim_id, e.staff_id, e.order_id, e.position, e.rule_id, e.rule_version, e.currency
        having sum(case when e.to_account = 'earned' then e.amount_minor when e.from_account = 'earned' then -e.amount_minor else 0 end) < 0
            or sum(case when e.to_account = 'earned' then e.amount_minor when e.from_account = 'earned' then -e.amount_minor else 0 end) > 0
                and e.order_id not in (select d.order_id from commission_dispute d where d.status = 'open')
        order by e.staff_id, e.claim_id limit {1}
        """;

    /// <returns>The number of the run.</returns>
    public Task<Outcome<int>> Run(Caller caller, CancellationToken cancel) => database.Write<int>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (caller.Staff is not { } by || !caller.May(Right.CommissionsChange))
            {
                return AccessGate.RightMissing;
            }

            // The number is the lock: of two runs at once the second finds it taken, begins again, and finds nothing left.
            var number = (await tx.Db.Set<CommissionPayOutRow>().MaxAsync(run => (int?)run.Number, tx.Cancel) ?? 0) + 1;
            var claims = (await tx.Db.Rows<OpenClaim>(Open, by.Id.Value, Most).ToListAsync(tx.Cancel)).Select(one => (one, new StaffId(one.Staff), one.Now));
            var moves = CommissionPayOut.Of(claims, by.Id);
            if (moves.Count == 0)
            {
                return Nothing;
            }

            tx.Db.Add(new CommissionPayOutRow { Number = number, At = tx.Now, ById = by.Id });
            tx.Db.AddRange(moves.Select(pair => pair.Of.Entry(pair.Move, number, tx.Now)));
            tx.Add(new CommissionsPaidOut(number, moves.Select(pair => pair.Of.Staff).Distinct().Count(), moves.Count));
            return number;
        },
        cancel);

    private sealed record OpenClaim(Guid Claim, Guid Staff, Guid Order, int Position, Guid Rule, int Version, string Currency, long EarnedMinor)
    {
        private Currency In => Kernel.Currency.Of(Currency);

        public CommissionClaim Now => new(Money.Zero(In), Money.Zero(In), Money.Zero(In), new Money(EarnedMinor, In), Money.Zero(In));

        public CommissionEntryRow Entry(CommissionMove move, int run, DateTimeOffset at) => new()
        {
            Id = Guid.CreateVersion7(), ClaimId = new CommissionClaimId(Claim), StaffId = new StaffId(Staff), OrderId = new OrderId(Order), Position = Position, RuleId = new CommissionRuleId(Rule),
            RuleVersion = Version, FromAccount = move.From, ToAccount = move.To, AmountMinor = move.Amount.Minor, Currency = In, Cause = "pay-out", PayOutNumber = run, At = at,
        };
    }
}
