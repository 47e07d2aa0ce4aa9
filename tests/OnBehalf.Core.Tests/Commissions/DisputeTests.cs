using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Commissions;

/// <summary>Disputes: who opens and answers them, and what the ledger is after any of them.</summary>
public sealed class DisputeTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Theory]
    [InlineData(DisputeWish.Representative, "It is mine", false, false, false, 0, null)]
    [InlineData(DisputeWish.Amount, "Too little", true, true, false, 19, null)]
    [InlineData(DisputeWish.Amount, " ", true, true, false, 0, "commissions.dispute-text")]
    [InlineData(DisputeWish.Amount, null, true, true, false, 0, "commissions.dispute-text")]
    [InlineData(DisputeWish.Amount, "Too little", true, true, true, 1, "commissions.dispute-open")]
    [InlineData(DisputeWish.Amount, "Too little", true, true, false, 20, "commissions.dispute-many")]
    [InlineData(DisputeWish.Representative, "It is mine", true, true, false, 0, "commissions.dispute-yours")]
    [InlineData(DisputeWish.Amount, "Too little", false, false, false, 0, "commissions.dispute-nothing")]
    public void A_dispute_is_opened_or_refused(DisputeWish wish, string? text, bool isRepresentative, bool earns, bool hasOpen, int open, string? code) =>
        Assert.Equal(code, CommissionDispute.Open(wish, text, isRepresentative, earns, hasOpen, open)?.Code);

    [Theory]
    [InlineData(DisputeStatus.Open, false, "So it is", null)]
    [InlineData(DisputeStatus.Accepted, false, "So it is", "commissions.dispute-answered")]
    [InlineData(DisputeStatus.Declined, true, "So it is", "commissions.dispute-answered")]
    [InlineData(DisputeStatus.Open, true, "So it is", "commissions.dispute-own")]
    [InlineData(DisputeStatus.Open, false, "", "commissions.dispute-answer")]
    [InlineData(DisputeStatus.Open, false, "Two\nlines", "commissions.dispute-answer")]
    public void A_dispute_is_answered_or_refused(DisputeStatus status, bool isConcerned, string? answer, string? code) =>
        Assert.Equal(code, CommissionDispute.Answer(status, isConcerned, answer)?.Code);

    [Fact]
    public void Counted_anew_in_any_order_with_steps_and_pay_outs_all_accounts_balance_and_only_the_newest_claim_keeps_anything() => Prop.ForAll(
        (from first in Gen.Choose(1, 9_999)
         from tries in Gen.ArrayOf(from kind in Gen.Choose(0, 11) from number in Gen.Choose(1, 12) select (kind, number))
         select (first, tries)).ToArbitrary(),
        life =>
        {
            var order = OrderProgress.Of([new OrderPart(1, Quantity.Of(10))]);
            var claims = new List<CommissionClaim> { CommissionClaim.Accrue(new Money(life.first, Eur)).Claim };
            foreach (var (kind, number) in life.tries)
            {
                if (kind == 11)
                {
                    claims = [.. claims.Select(claim => claim.Undo().Aggregate(claim, (now, move) => now.With(move))), CommissionClaim.Accrue(new Money(number * 100, Eur)).Claim];
                }
                else if (kind == 10)
                {
                    claims = [.. claims.Select(claim => claim.PayOut() is { } move ? claim.With(move) : claim)];
                }
                else if (order.Take((OrderStep)kind, [new OrderPart(1, Quantity.Of(number))]) is { IsRefused: false } outcome)
                {
                    order = outcome.Value.After;
                }

                claims = [.. claims.Select(claim => claim.Follow(order.Lines[0], order.IsPaid, CommissionEarned.Shipped).Aggregate(claim, (now, move) => now.With(move)))];
                Assert.All(claims, claim => Assert.Equal(0, (claim.Shop + claim.Accrued + claim.Earned + claim.PaidOut).Minor));
                Assert.All(claims.SkipLast(1), claim => Assert.True(claim.Kept.IsZero, $"{kind} {number}: {claim}"));

                // Asked again at once, it would be the same, and nothing is written.
                var line = new LineEarning(IId<StaffId>.New(), 1, claims[^1].Kept);
                var anew = claims.Count == 1 ? new Money(life.first, Eur) : claims[^1].First;
                var fresh = CommissionClaim.Accrue(anew).Claim;
                fresh = fresh.Follow(order.Lines[0], order.IsPaid, CommissionEarned.Shipped).Aggregate(fresh, (now, move) => now.With(move));
                Assert.True(CommissionDispute.IsSame([line], [line with { Kept = fresh.Kept }]), $"{kind} {number}: {line.Kept} {fresh.Kept}");
            }
        }).QuickCheckThrowOnFailure();
}
