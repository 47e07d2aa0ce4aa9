using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Privacy;

/// <summary>One person: what would go and what stays, what hinders it, and the button. It asks again who sits there.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PrivacyErase)]
public sealed class PersonPrivacyPage(PrivacyQueries privacy, Erasures erasures, LegalHolds holds, ErasureProposals proposals, ShopSettings settings, StaffProof proof) : ShopPage
{
    private const int ProofSeconds = 60;

    private static readonly Refusal NotSure = Refusal.Invalid("privacy.not-sure", "Please tick that this cannot be undone.", "IsSure");

    private static readonly Refusal Changed = Refusal.Conflict(
        "privacy.erasure-changed", "Meanwhile somebody has asked for this erasure, or nobody asks for it any more. Nothing was erased. Look again at what your click does now.");

    [BindProperty]
    public ErasureInput Input { get; set; } = new();

    [BindProperty]
    public HoldInput Hold { get; set; } = new();

    public string Kind { get; private set; } = "";

    public string Path => $"/admin/privacy/{Kind}/{Person.Id}";

    public PrivatePerson Person { get; private set; } = null!;

    public Hindrances Hindrances { get; private set; } = null!;

    public IReadOnlyList<StandingHold> Held { get; private set; } = [];

    /// <summary>Another one has to confirm what somebody asks for.</summary>
    public bool NeedsTwo { get; private set; }

    public StandingProposal? Proposal { get; private set; }

    public bool IsMine => Proposal?.AskedById == Caller.Staff!.Id.Value;

    /// <summary>What the button does now. Whoever clicks sends what it did when he saw it: who only wants to ask does not erase because somebody has asked meanwhile.</summary>
    public string Intent => !NeedsTwo ? ErasureInput.Erase : Proposal is { } proposal ? $"confirm {proposal.AskedAt.UtcTicks}" : "propose";

    public IReadOnlyList<PersonalRows> Rows { get; private set; } = [];

    public ProofAsk Proof { get; private set; } = null!;

    public bool IsErased => Person.Status == IdentityErasing.Erased;

    public bool IsHindered => Hindrances is { IsHeld: true } or { OrderWaits: true } or { CaseIsOpen: true } or { IsActiveStaff: true };

    private BuyerId? Buyer => Kind == "buyers" ? new BuyerId(Person.Id) : null;

    private StaffId? Staff => Kind == "staff" ? new StaffId(Person.Id) : null;

    public async Task<IActionResult> OnGet(string kind, Guid id) => await Load(kind, id) ? Page() : Missing();

    public async Task<IActionResult> OnPost(string kind, Guid id)
    {
        if (!await Load(kind, id))
        {
            return Missing();
        }

        if (Input.Intent != Intent)
        {
            return Refused(Changed);
        }

        if (!Input.IsSure)
        {
            return Refused(NotSure);
        }

        if (await proof.Demand(HttpContext, Caller, Input, ProofSeconds) is { } unproved)
        {
            return Refused(unproved);
        }

        if (NeedsTwo && Proposal is null)
        {
            return (await proposals.Propose(Caller, Buyer, Staff, Cancel)).Refusal is { } unasked ? Refused(unasked) : SeeOther(Path);
        }

        Code why = Person.AskedAt is null ? "shop" : "asked";
        var outcome = Buyer is { } buyer ? await erasures.Erase(Caller, buyer, why, Cancel) : await erasures.Erase(Caller, Staff!.Value, why, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/admin/privacy?done=true");
    }

    public async Task<IActionResult> OnPostDecline(string kind, Guid id) =>
        !await Load(kind, id) ? Missing() : (await proposals.Decline(Caller, Buyer, Staff, Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(Path);

    public async Task<IActionResult> OnPostHold(string kind, Guid id)
    {
        if (!await Load(kind, id))
        {
            return Missing();
        }

        var outcome = await holds.Set(Caller, Buyer, Staff, Hold.Reason, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal, "Hold") : SeeOther(Path);
    }

    private async Task<bool> Load(string kind, Guid id)
    {
        if (kind is not ("buyers" or "staff") || await privacy.Person(One(kind), id, Cancel) is not { } person)
        {
            return false;
        }

        (Kind, Person) = (kind, person);
        Hindrances = await privacy.Hindrances(One(kind), id, Cancel);
        Held = await privacy.Held(id, Cancel);
        NeedsTwo = await settings.IsOn(ShopSettings.ErasureNeedsTwo, Cancel);
        Proposal = NeedsTwo && await privacy.Proposals(id, Cancel) is [var proposal] ? proposal : null;
        Rows = [.. erasures.Of(One(kind))];
        Proof = await proof.Ask(Caller, isSecondNeeded: false, Cancel);
        return true;
    }

    private static string One(string kind) => kind == "buyers" ? "buyer" : "staff";
}

public sealed class ErasureInput : ProofInput
{
    internal const string Erase = "erase";

    public bool IsSure { get; set; }

    /// <summary>What the button said; without it, what it says in a shop where one is enough.</summary>
    public string? Intent { get; set; } = Erase;
}

public sealed class HoldInput
{
    public string? Reason { get; set; }
}
