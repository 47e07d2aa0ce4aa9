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

    /// <summary>Who is chosen.</summary>
    public AskedOperator? A { get; private set; }

    public SessionSubject? B { get; private set; }

    public IReadOnlyList<Choice> Operators { get; private set; } = [];

    public IReadOnlyList<Choice> Customers { get; private set; } = [];

    public Explanation? Answer { get; private set; }

    /// <param name="op">Beginning of the operator's name or mail address; of a buyer, what the customer search understands.</param>
    /// <param name="customer">What the customer search understands.</param>
    /// <param name="a">The chosen operator, of the staff.</param>
    /// <param name="colleague">Or the place of a buyer, in the place of a staff member.</param>
    /// <param name="b">The chosen membership.</param>
    /// <param name="company">The chosen company as a whole, in the place of one of its people.</param>
    public async Task<IActionResult> OnGet(string? op, string? customer, Guid? a, Guid? colleague, Guid? b, Guid? company)
    {
        (Operator, Customer, A) = (Short(op), Short(customer), AskedOperator.Of(a, colleague));
        B = company is { } whole ? new CompanyId(whole) : b is { } person ? new MembershipId(person) : null;
        Operators = A is null && Operator.Length > 0 ? await FindOperators() : [];
        Customers = B is null && Customer.Length > 0 ? await FindCustomers() : [];

        // Who is the only one needs no choosing.
        A ??= Operators is [var onlyOperator] ? OperatorOf(onlyOperator) : null;
        B ??= Customers is [var onlyCustomer] ? SubjectOf(onlyCustomer) : null;
        if (A is not { } by || B is not { } whom)
        {
            return Page();
        }

        Answer = await explanations.Explain(by, whom, Cancel);
        return Answer is null ? Missing() : Page();
    }

    public string ChooseOperator(Choice choice) => Address(OperatorOf(choice), B);

    public string ChooseCustomer(Choice choice) => Address(A, SubjectOf(choice));

    private static AskedOperator OperatorOf(Choice choice) => choice.IsBuyer ? new AskedOperator(null, new MembershipId(choice.Id)) : new AskedOperator(new StaffId(choice.Id), null);

    private static SessionSubject SubjectOf(Choice choice) => choice.IsWhole ? new CompanyId(choice.Id) : new MembershipId(choice.Id);

    private string Address(AskedOperator? by, SessionSubject? whom) => "/admin/assistance/why" + QueryString.Create(
        new Dictionary<string, string?>
        {
            ["op"] = Operator, ["customer"] = Customer, ["a"] = by?.Staff?.ToString(), ["colleague"] = by?.Place?.ToString(), ["b"] = whom?.Membership?.ToString(), ["company"] = whom?.Company?.ToString(),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    // Staff first; whoever buys for a company can be a colleague, or of a dealer.
    private async Task<IReadOnlyList<Choice>> FindOperators()
    {
        var found = await search.Find(Caller, Operator, Cancel);
        return
        [
            .. await explanations.FindStaff(Operator, Cancel),
            .. found.Customers.Where(customer => customer.Company is not null).SelectMany(customer => customer.People
                .Select(person => new Choice(person.Membership.Value, person.Name, $"{customer.Name}, {customer.Number}", IsBuyer: true))),
        ];
    }

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
