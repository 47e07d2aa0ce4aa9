using OnBehalf.Assistance;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>For whom a session would begin, and what the policy says about it.</summary>
/// <param name="ShortName">For buttons: the first name of a person, the whole name of a company.</param>
/// <param name="Company">Of the person, or the one that is acted for as a whole; none of a private customer.</param>
public sealed record StartTarget(SessionSubject Subject, string Name, string ShortName, AssistanceDecision Decision, CompanyData? Company)
{
    public bool IsWhole => Subject.Company is not null;

    public static StartTarget Of(PersonOfCustomer customer) =>
        new(customer.Person.Membership, customer.Person.Name, customer.Person.FirstName, customer.Person.Decision, customer.Company);

    public static StartTarget Of(CompanyData company, AssistanceDecision decision) => new(company.Id, company.Name, company.Name, decision, company);
}
