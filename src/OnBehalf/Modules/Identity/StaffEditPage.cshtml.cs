using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>Who a staff member is and what he may do; his invitation, the end of his account and its return.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffManage)]
public sealed class StaffEditPage(StaffMembers members, StaffQueries queries, SecondStepQueries seconds, StaffProof proof, ShopAddress address) : StaffForm(queries, seconds, proof)
{
    public KeptStaff Member { get; private set; } = null!;

    public override bool IsOwn => Member.Id == Caller.Staff!.Id.Value;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "made" => Say("The account is made, and a mail to choose a password is on its way."),
        "change" => Say("Changed. It counts at once."),
        "invite" => Say("The invitation is on its way."),
        "deactivate" => Say("The account is closed: signed out everywhere, and nothing more can be done with it."),
        "reactivate" => Say("The account is open again."),
        _ => null,
    };

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        Input = StaffInput.Of(Member);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var staff = new StaffId(id);
        var outcome = Input.Do switch
        {
            "invite" => await members.InviteAgain(HttpContext, Caller, staff, await address.Of(Request)),
            "deactivate" => await members.Deactivate(HttpContext, Caller, staff),
            "reactivate" => await members.Reactivate(HttpContext, Caller, staff, Input),
            _ => await Change(staff),
        };
        if (outcome is { Refusal: { } refusal })
        {
            Input = Input.Do is null or "change" ? Input : StaffInput.Of(Member);
            return Refused(refusal);
        }

        return outcome is null ? Page() : SeeOther($"/admin/staff/{id}/edit?done={Input.Do}");
    }

    // Null: what is wrong stands at its fields.
    private async Task<Outcome<Done>?> Change(StaffId staff)
    {
        var (profile, refusals) = StaffProfile.Read(Input.Draft);
        if (profile is null)
        {
            Refused(refusals);
            return null;
        }

        return await members.Change(HttpContext, Caller, staff, Input.Version, profile, Input, await address.Of(Request));
    }

    private async Task<bool> Load(Guid id)
    {
        if (await Queries.Find(new StaffId(id), Cancel) is not { } member)
        {
            return false;
        }

        Member = member;
        await LoadForm();
        return true;
    }
}
