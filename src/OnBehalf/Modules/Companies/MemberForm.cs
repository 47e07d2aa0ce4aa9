using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>The place of somebody in a company: role, invitation, end and return. The same for its administrators and for staff.</summary>
public abstract class MemberForm(Members members, MemberQueries queries, CompanyRoleQueries roles, ShopAddress address) : ShopPage
{
    [BindProperty]
    public MemberInput Input { get; set; } = new();

    public Member Member { get; private set; } = null!;

    public IReadOnlyList<(string Value, string Words)> Successors { get; private set; } = [];

    public IReadOnlyList<RoleChoice> Roles { get; private set; } = [];

    public bool IsHimself => Caller.Buyer?.Membership.Value == Member.Id;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "role" => Say("The role was changed, and the person told by mail."),
        "deactivate" => Say("The person no longer buys for the company."),
        "reactivate" => Say("The person buys for the company again."),
        "invite" => Say("The invitation is on its way."),
        _ => null,
    };

    public abstract string CompanyName { get; }

    /// <summary>Of this page.</summary>
    public abstract string Path { get; }

    public abstract string Back { get; }

    protected abstract Task<CompanyId?> FindCompany(MembershipId membership);

    public async Task<IActionResult> OnGet(Guid membershipId)
    {
        if (!await Load(membershipId))
        {
            return Missing();
        }

        Input = new() { Role = Member.Given.ToString() };
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid membershipId)
    {
        if (!await Load(membershipId))
        {
            return Missing();
        }

        var membership = new MembershipId(membershipId);
        var outcome = Input.Do switch
        {
            "role" => RoleChoice.Find(Roles, Input.Role) is { } chosen ? await members.ChangeRole(Caller, membership, chosen.Role, Cancel) : Members.RoleNotYours,
            "deactivate" => string.IsNullOrEmpty(Input.Successor) || Guid.TryParse(Input.Successor, out _)
                ? await members.Deactivate(Caller, membership, Guid.TryParse(Input.Successor, out var heir) ? new MembershipId(heir) : null, Cancel) : Members.NoSuccessor,
            "reactivate" => await members.Reactivate(Caller, membership, Cancel),
            "invite" => await members.InviteAgain(Caller, membership, await address.Of(Request), Cancel),
            _ => Refusal.Invalid("members.nothing-chosen", "Choose what to change."),
        };
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{Path}?done={Input.Do}");
    }

    private async Task<bool> Load(Guid membershipId)
    {
        var membership = new MembershipId(membershipId);
        if (await FindCompany(membership) is not { } company || await queries.Find(membership, company, Cancel) is not (var member, var successors))
        {
            return false;
        }

        Member = member;
        Successors = [("", Say("nobody: it stays where it is")), .. successors.Select(one => (one.Id.ToString(), one.Name))];
        Roles = CompanyRoleQueries.MayGive(Caller, member.Role) ? await roles.Choices(Caller, company, Cancel) : [];
        return true;
    }
}

public sealed class MemberInput
{
    /// <summary>`role`, `deactivate`, `reactivate` or `invite`.</summary>
    public string? Do { get; set; }

    public string? Role { get; set; }

    public string? Successor { get; set; }
}
