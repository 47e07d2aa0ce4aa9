using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>What a company is, and to which one it belongs: from that follows whose people may act for it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class CompanyKindPage(CustomerQueries customers, CompanyKinds kinds) : CompanyPage(customers)
{
    public static IReadOnlyList<(string Value, string Words)> Kinds => [.. Enum.GetValues<CompanyKind>().Select(kind => (Words.Kebab(kind), CompanyKinds.Word(kind)))];

    [BindProperty]
    public CompanyKindInput Input { get; set; } = new();

    public async Task<IActionResult> OnGet(string number)
    {
        if (!await Load(number))
        {
            return Missing();
        }

        Input = new() { Kind = Words.Kebab(Company.Kind), Parent = Company.ParentNumber, Version = Company.Version };
        return Page();
    }

    public async Task<IActionResult> OnPost(string number)
    {
        if (!await Load(number))
        {
            return Missing();
        }

        if (!Words.TryParse<CompanyKind>(Input.Kind, out var kind))
        {
            return Refused(Refusal.Invalid("companies.kind-unknown", "Kind: choose from the list.", "Kind"));
        }

        return (await kinds.Change(Caller, Company.Id, Input.Version, kind, Input.Parent, Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);
    }
}

public sealed class CompanyKindInput
{
    public string? Kind { get; set; }

    /// <summary>The number of the company to which it belongs.</summary>
    public string? Parent { get; set; }

    /// <summary>Of the company as it was shown.</summary>
    public int Version { get; set; }
}
