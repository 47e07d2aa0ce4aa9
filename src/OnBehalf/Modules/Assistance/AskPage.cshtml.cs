using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>A question to the buyer who is signed in: may this staff member act for him now?</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class AskPage(ConsentQueries queries, ConsentAsks asks) : ShopPage
{
    public ShownAsk Asked { get; private set; } = null!;

    public string? Code { get; private set; }

    public async Task<IActionResult> OnGet(Guid id) => await Load(id) ? Page() : Missing();

    public async Task<IActionResult> OnPost(Guid id, bool allow)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var outcome = await asks.Answer(Caller, id, allow, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/account/assistance/asks/{id}");
    }

    private async Task<bool> Load(Guid id)
    {
        if (await queries.Of(Caller.Buyer!.Membership, id, Cancel) is not { } asked)
        {
            return false;
        }

        Asked = asked;
        Code = asked.IsOpen ? asks.Reveal(asked.CodeSealed) : null;
        return true;
    }
}
