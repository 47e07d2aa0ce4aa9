using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>The groups of staff, and their names.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffManage)]
public sealed class StaffGroupsPage(StaffGroups groups, StaffQueries queries) : ShopPage
{
    [BindProperty]
    public StaffGroupInput Input { get; set; } = new();

    public IReadOnlyList<StaffGroup> Groups { get; private set; } = [];

    public IEnumerable<(string Value, string Words)> Choices => Groups.Select(group => (group.Name, group.Name));

    public bool IsDone => Request.Query.ContainsKey("done");

    public async Task OnGet() => Groups = await queries.Groups(Cancel);

    public async Task<IActionResult> OnPost()
    {
        Groups = await queries.Groups(Cancel);
        var outcome = await groups.Rename(Caller, Input.Before ?? "", Input.Group, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/admin/staff/groups?done=1");
    }
}

public sealed class StaffGroupInput
{
    public string? Before { get; set; }

    public string? Group { get; set; }
}
