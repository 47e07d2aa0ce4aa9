namespace OnBehalf.Assistance;

public sealed class PolicyDiffTests
{
    [Fact]
    public void What_changed_between_two_versions_is_told_field_by_field()
    {
        var before = PolicyDraft.Of(ShopPolicy.Standard);
        var rules = before.Rules;
        var after = before with
        {
            Idle = "600",
            Rules = [rules[1], rules[0] with { Highest = "cart", OpensIn = "view" }, .. rules.Skip(3), new RuleDraft { Id = "night", Name = "Night", Effect = "deny", Subjects = "employee", From = "20:00", To = "06:00" }],
        };
        Assert.Equal(
        [
            new(null, "Seconds without activity", "900", "600"),
            new("assigned-customer", "Opens in", "order", "view"),
            new("assigned-customer", "Highest mode", "order", "cart"),
            new("night", "new", null, "Everybody may not act for people of companies from 20:00 to 06:00"),
            new("role-covers-all", "gone", "Support agents, supervisors and administrators may act for companies and their people; opens in view, up to order; raising it asks for a reason, and falls back after 15 minutes", null),
            new(null, "Order of the rules", "assigned-customer, all-customers, role-covers-consumers, mandated-colleague", "all-customers, assigned-customer, role-covers-consumers, mandated-colleague"),
        ], PolicyDiff.Between(before, after));
        Assert.Empty(PolicyDiff.Between(before, before));
    }
}
