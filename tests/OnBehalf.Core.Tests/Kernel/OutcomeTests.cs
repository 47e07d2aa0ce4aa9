namespace OnBehalf.Kernel.Tests;

public sealed class OutcomeTests
{
    private static readonly Refusal No = Refusal.Conflict("carts.changed", "The cart was changed meanwhile.");

    [Fact]
    public void An_outcome_is_a_value_or_a_refusal()
    {
        Outcome<int> yes = 7;
        Outcome<int> no = No;

        Assert.Equal((false, 7), (yes.IsRefused, yes.Value));
        Assert.Equal((true, No), (no.IsRefused, no.Refusal!));
    }

    [Fact]
    public void A_refused_outcome_has_no_value_to_go_on_with()
    {
        Outcome<int> no = No;

        var error = Assert.Throws<InvalidOperationException>(() => no.Value);
        Assert.Contains("carts.changed", error.Message);
    }

    [Fact]
    public void Each_kind_of_refusal_says_what_it_is()
    {
        Assert.Equal(RefusalKind.Invalid, Refusal.Invalid("a.b", "No.", "quantity").Kind);
        Assert.Equal("quantity", Refusal.Invalid("a.b", "No.", "quantity").Field);
        Assert.Equal(RefusalKind.Forbidden, Refusal.Forbidden("a.b", "No.").Kind);
        Assert.Equal(RefusalKind.Missing, Refusal.Missing("a.b", "No.").Kind);
    }
}
