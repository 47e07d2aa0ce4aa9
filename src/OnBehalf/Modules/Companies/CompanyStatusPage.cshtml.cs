using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Whether a company may order, and whether its people may sign in: now, and who decided so when and why.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class CompanyStatusPage(CustomerQueries customers, CompanyMasters masters, CompanyChangeQueries changes) : CompanyPage(customers)
{
    public static IReadOnlyList<(string Value, string Words)> Statuses =>
    [
        ("active", Say("Active: its people sign in and order")), ("on-hold", Say("On hold: its people sign in and see everything, but no order goes through")),
        ("blocked", Say("Blocked: its people cannot sign in, and nobody acts for them")),
    ];

    [BindProperty]
    public CompanyStatusInput Input { get; set; } = new();

    public IReadOnlyList<CompanyChange> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGet(string number)
    {
        if (!await Show(number))
        {
            return Missing();
        }

        Input = new() { Status = Words.Kebab(Company.Status), Version = Company.Version };
        return Page();
    }

    public async Task<IActionResult> OnPost(string number)
    {
        if (!await Show(number))
        {
            return Missing();
        }

        if (!Words.TryParse<CompanyStatus>(Input.Status, out var status))
        {
            return Refused(Refusal.Invalid("companies.status-unknown", "Status: choose from the list.", "Status"));
        }

        return (await masters.SetStatus(Caller, Company.Id, Input.Version, status, Input.Reason, Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);
    }

    private async Task<bool> Show(string number)
    {
        if (!await Load(number))
        {
            return false;
        }

        Changes = await changes.Of(Company.Id, "status", Cancel);
        return true;
    }
}

public sealed class CompanyStatusInput
{
    public string? Status { get; set; }

    public string? Reason { get; set; }

    /// <summary>Of the company as it was shown.</summary>
    public int Version { get; set; }
}
