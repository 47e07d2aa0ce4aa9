using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>The customers of a staff member who is away or leaves go to another one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class RepHandOverPage(Reps reps, RepQueries queries) : ShopPage
{
    [BindProperty]
    public RepHandOverInput Input { get; set; } = new();

    public RepChoice Member { get; private set; } = null!;

    public IReadOnlyList<(string Value, string Words)> Choices { get; private set; } = [];

    public IReadOnlyList<RepCompany> First { get; private set; } = [];

    public string? Done => Request.Query["done"];

    public async Task<IActionResult> OnGet(Guid id) => await Load(id) ? Page() : Missing();

    public async Task<IActionResult> OnPost(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var days = Input.Do == "leaves" ? (int?)null : int.TryParse(Input.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var some) ? some : 0;
        var outcome = await reps.HandOver(Caller, new StaffId(id), new StaffId(Guid.TryParse(Input.Staff, out var staff) ? staff : Guid.Empty), days, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/admin/staff/{id}/customers?done={Input.Do}");
    }

    private async Task<bool> Load(Guid id)
    {
        var staff = await queries.Staff(Cancel);
        if (staff.FirstOrDefault(one => one.Id == id) is not { } member)
        {
            return false;
        }

        Member = member;
        Choices = [("", Say("please choose")), .. staff.Where(one => one.Status == "active" && one.Id != id && one.Id != Caller.Staff!.Id.Value).Select(one => (one.Id.ToString(), RepsPage.Words(one)))];
        First = (await queries.Find(new RepFilter(null, null, null, id.ToString()), Cancel)).First;
        return true;
    }
}

public sealed class RepHandOverInput
{
    public string? Staff { get; set; }

    public string? Days { get; set; } = "14";

    /// <summary>`away` or `leaves`.</summary>
    public string? Do { get; set; }
}
