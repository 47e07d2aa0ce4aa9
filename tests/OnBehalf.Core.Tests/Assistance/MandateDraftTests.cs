using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Core.Tests.Assistance;

public sealed class MandateDraftTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly Currency Euro = Currency.Of("EUR");
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_mandate_counts_until_the_end_of_its_last_day_by_the_clock_of_the_shop()
    {
        var (mandate, _) = new MandateDraft { Highest = "order", Until = "2026-11-30" }.Read(Euro, Berlin, Now);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero), mandate!.Until);
        Assert.Contains("until 30 Nov 2026", MandateWords.Of(mandate, Berlin));
    }

    [Fact]
    public void In_the_last_night_the_day_is_still_that_of_the_shop()
    {
        // 23:30 in Berlin of the 20th is the last half hour of that day; half an hour later it is over.
        var late = new DateTimeOffset(2026, 11, 20, 22, 30, 0, TimeSpan.Zero);
        Assert.NotNull(new MandateDraft { Until = "2026-11-20" }.Read(Euro, Berlin, late).Mandate);
        Assert.Equal("Until", new MandateDraft { Until = "2026-11-20" }.Read(Euro, Berlin, late.AddMinutes(30)).Refusals.Single().Field);
    }

    [Theory]
    [InlineData("PerOrder", "lots")]
    [InlineData("PerOrder", "0")]
    [InlineData("PerMonth", "-5")]
    [InlineData("Until", "tomorrow")]
    [InlineData("ApprovalAbove", "much")]
    [InlineData("ApprovalAbove", "0")]
    [InlineData("ApprovalAbove", "-5")]
    [InlineData("Days", "someday")]
    [InlineData("Highest", "everything")]
    public void What_cannot_be_read_is_refused_at_its_field(string field, string typed)
    {
        var draft = new MandateDraft
        {
            PerOrder = field == "PerOrder" ? typed : null, PerMonth = field == "PerMonth" ? typed : null, ApprovalAbove = field == "ApprovalAbove" ? typed : null, Until = field == "Until" ? typed : null,
            Days = field == "Days" ? typed : null, Highest = field == "Highest" ? typed : null,
        };
        var (mandate, refusals) = draft.Read(Euro, Berlin, Now);
        Assert.Null(mandate);
        Assert.Equal(field, refusals.Single().Field);
    }

    [Fact]
    public void A_mandate_that_says_nothing_lets_only_look()
    {
        var mandate = new MandateDraft().Read(Euro, Berlin, Now).Mandate!;
        Assert.Equal(Mode.View, mandate.Highest);
        Assert.False(mandate.Rights.Has(Right.AccountChange));
        Assert.False(mandate.Rights.Has(Right.AccountSecure));
        Assert.False(mandate.Rights.Has(Right.CompanyManage));
    }

    /// <summary>Whatever is written down as text is read as the same mandate.</summary>
    [Fact]
    public void Written_and_read_again_a_mandate_is_the_same()
    {
        var drafts =
            from mode in Gen.Elements("view", "cart", "order")
            from days in Gen.SubListOf("monday", "tuesday", "friday", "sunday")
            from extra in Gen.SubListOf("addresses.change", "account.change")
            from order in Gen.Elements<string?>(null, "500.00", "0.01")
            from month in Gen.Elements<string?>(null, "12000.50")
            from above in Gen.Elements<string?>(null, "250.00")
            from until in Gen.Elements<string?>(null, "2026-11-20", "2027-03-28", "2027-10-31")
            select new MandateDraft { Highest = mode, Days = string.Join(' ', days), Rights = string.Join(' ', extra), PerOrder = order, PerMonth = month, ApprovalAbove = above, Until = until };
        Prop.ForAll(drafts.ToArbitrary(), draft =>
        {
            var first = draft.Read(Euro, Berlin, Now).Mandate!;
            var again = MandateDraft.Of(first, Berlin).Read(Euro, Berlin, Now).Mandate!;
            return first.Highest == again.Highest && first.Rights == again.Rights && first.Days.SequenceEqual(again.Days) && first.Until == again.Until
                && first.PerOrder.SequenceEqual(again.PerOrder) && first.PerMonth.SequenceEqual(again.PerMonth) && first.ApprovalAbove.SequenceEqual(again.ApprovalAbove);
        }).QuickCheckThrowOnFailure();
    }
}
