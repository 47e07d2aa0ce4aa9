using OnBehalf.Data;

namespace OnBehalf.Modules.Budgets;

/// <summary>How much the people of a company may order before it approves, and who does.</summary>
public static class BudgetsModule
{
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton(BudgetsErasing.Buyers).AddSingleton<BudgetQueries>().AddSingleton<CompanyBudgets>();
}

/// <summary>How people are forgotten here.</summary>
internal static class BudgetsErasing
{
    private const string Places = "(select id from membership where buyer_id = {person})";

    public static readonly PersonalRows Buyers = new(
        "buyer", "His budgets, and his place among those who approve for his company", null,
        $"""delete from budget where membership_id in {Places} returning 1 as "Value" """,
        $"""delete from approver_deputy where membership_id in {Places} or deputy_id in {Places} returning 1 as "Value" """,
        $"""delete from approver where membership_id in {Places} returning 1 as "Value" """);
}
