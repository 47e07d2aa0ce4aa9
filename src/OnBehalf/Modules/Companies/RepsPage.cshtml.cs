using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Which staff serve a company, and who of them is its contact.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class RepsPage(CustomerQueries customers, Reps reps, RepQueries queries) : CompanyPage(customers)
{
    [BindProperty]
    public RepInput Input { get; set; } = new();

    public IReadOnlyList<ServingRep> Serving { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Choices { get; private set; } = [];

    public bool IsDone => Request.Query.ContainsKey("done");

    public async Task<IActionResult> OnGet(string number) => await Show(number) ? Page() : Missing();

    public async Task<IActionResult> OnPost(string number)
    {
        if (!await Show(number))
        {
            return Missing();
        }

        var staff = new StaffId(Guid.TryParse(Input.Staff, out var id) ? id : Guid.Empty);
        var outcome = Input.Do == "take" ? await reps.TakeAway(Caller, Company.Id, staff, Cancel) : await reps.Assign(Caller, Company.Id, staff, Input.Do == "primary", Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{Back}/reps?done=1");
    }

    internal static string Words(RepChoice staff) => $"{staff.Name}, {StaffRoles.Word(Data.Words.Parse<StaffRole>(staff.Role))}, {(staff.Customers == 1 ? "one customer" : $"{staff.Customers} customers")}";

    private async Task<bool> Show(string number)
    {
        if (!await Load(number))
        {
            return false;
        }

        Serving = await queries.Of(Company.Id, Cancel);
        Choices = [("", Say("please choose")), .. (await queries.Staff(Cancel)).Where(staff => staff.Status == "active" && staff.Id != Caller.Staff!.Id.Value).Select(staff => (staff.Id.ToString(), Words(staff)))];
        return true;
    }
}

public sealed class RepInput
{
    public string? Staff { get; set; }

    /// <summary>`assign`, `primary`, `take`.</summary>
    public string? Do { get; set; }
}
