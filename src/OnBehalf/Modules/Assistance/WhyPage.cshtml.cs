using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>"Why can A (not) act for B": both are searched for and chosen, the answer names the rule and what would change it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class WhyPage(ExplanationQueries explanations, CustomerSearchQueries search) : ShopPage
{
    private const int LongestQuery = 100;

    /// <summary>What was typed for the operator and for the customer.</summary>
    public string Operator { get; private set; } = "";

    public string Customer { get; private set; } = "";

    public Guid? A { get; private set; }

    public Guid? B { get; private set; }

    /// <summary>B is a company as a whole.</summary>
    public bool IsWhole { get; private set; }

    public IReadOnlyList<Choice> Operators { get; private set; } = [];

    public IReadOnlyList<Choice> Customers { get; private set; } = [];

    public Explanation? Answer { get; private set; }

    /// <param name="op">Beginning of the operator's name or mail address.</param>
    /// <param name="customer">What the customer search understands.</param>
    /// <param name="a">The chosen operator.</param>
    /// <param name="b">The chosen membership.</param>
    /// <param name="company">The chosen company as a whole, in the place of one of its people.</param>
    public async Task<IActionResult> OnGet(string? op, string? customer, Guid? a, Guid? b, Guid? company)
    {
        (Operator, Customer, A, B, IsWhole) = (Short(op), Short(customer), a, company ?? b, company is not null);
        Operators = A is null && Operator.Length > 0 ? await explanations.FindStaff(Operator, Cancel) : [];
        Customers = B is null && Customer.Length > 0 ? await FindCustomers() : [];

        // Who is the only one needs no choosing.
        A ??= Operators is [var onlyOperator] ? onlyOperator.Id : null;
        if (B is null && Customers is [var onlyCustomer])
        {
            (B, IsWhole) = (onlyCustomer.Id, onlyCustomer.IsWhole);
        }

        if (A is not { } staff || B is not { } whom)
        {
            return Page();
        }

        SessionSubject subject = IsWhole ? new CompanyId(whom) : new MembershipId(whom);
        Answer = await explanations.Explain(new StaffId(staff), subject, Cancel);
        return Answer is null ? Missing() : Page();
    }

    public string Choose(Guid? a, Guid? b, bool isWhole) => "/admin/assistance/why" + QueryString.Create(
        new Dictionary<string, string?> { ["op"] = Operator, ["customer"] = Customer, ["a"] = a?.ToString(), [isWhole ? "company" : "b"] = b?.ToString() }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    private async Task<IReadOnlyList<Choice>> FindCustomers()
    {
        var found = await search.Find(Caller, Customer, Cancel);
        return [.. found.Customers.SelectMany(customer => customer.People
            .Select(person => new Choice(person.Membership.Value, person.Name, customer.Number is null ? Say("Private customer") : $"{customer.Name}, {customer.Number}"))
            .Concat(customer.Company is { } company && IsMeant(customer) ? [new Choice(company.Value, customer.Name, Say($"{customer.Number}, the company as a whole"), IsWhole: true)] : []))];
    }

    // Who typed a person's name is asked for no company.
    private bool IsMeant(CustomerCard customer) =>
        customer.Name.Contains(Customer, StringComparison.CurrentCultureIgnoreCase) || string.Equals(customer.Number, Customer, StringComparison.OrdinalIgnoreCase);

    private static string Short(string? text) => (text ?? "").Trim() is var typed && typed.Length > LongestQuery ? typed[..LongestQuery] : typed;
}
