using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>A new staff member, who gets a mail to choose his password.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffManage)]
public sealed class StaffNewPage(StaffMembers members, StaffQueries queries, SecondStepQueries seconds, StaffProof proof, ShopAddress address) : StaffForm(queries, seconds, proof)
{
    public Task OnGet() => LoadForm();

    public async Task<IActionResult> OnPost()
    {
        await LoadForm();
        var (profile, refusals) = StaffProfile.Read(Input.Draft);
        if (profile is null)
        {
            return Refused(refusals);
        }

        var outcome = await members.Create(HttpContext, Caller, profile, Input, await address.Of(Request));
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/admin/staff/{outcome.Value}/edit?done=made");
    }
}
