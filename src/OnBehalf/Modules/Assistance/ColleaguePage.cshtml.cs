using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>The last step before somebody acts for a colleague, or somebody of a dealer for its end customer: why, how long, what he may do. Nothing has happened until the button is pressed.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class ColleaguePage(
    MandateQueries mandates, AssistedSessions sessions, AssistedSessionQueries queries, ShopPolicies policies, ShopSettings settings, BuyerProof proof,
    ConsentAsks consents, ConsentQueries agreed, ShopAddress address) : ShopPage
{
    [BindProperty]
    public StartInput Input { get; set; } = new();

    public ListedColleague Person { get; private set; } = null!;

    /// <summary>The list that leads here.</summary>
    public string Back => Person.EndCustomer is null ? ColleaguesPage.Path : EndCustomersPage.Path;

    public ShopPolicy Policy { get; private set; } = null!;

    /// <summary>For whom he acts already.</summary>
    public RunningBeside Running { get; private set; } = RunningBeside.None;

    /// <summary>He is asked for his password where the rule asks for it.</summary>
    public bool NeedsProof => Asks(Need.Proof);

    public bool NeedsTicket => Asks(Need.Ticket);

    /// <summary>The buyer has to agree first, and has not.</summary>
    public bool NeedsConsent => Asks(Need.Consent);

    /// <summary>What was asked, or can be, where he has to agree.</summary>
    public ConsentForm Consent { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid membershipId)
    {
        // Between colleagues the usual one.
        Input.Reason = "stand-in";
        if (!await Load(membershipId))
        {
            return Missing();
        }

        if (NeedsConsent && Consent.Ask is { } ask)
        {
            (Input.Reason, Input.Text) = (ask.ReasonCode, ask.Note);
        }

        return Page();
    }

    public async Task<IActionResult> OnPost(Guid membershipId)
    {
        if (!await Load(membershipId))
        {
            return Missing();
        }

        if (NeedsConsent && Input.AskConsent)
        {
            var asked = await consents.Ask(
                Caller, Person.Membership, null, Input.Reason ?? Policy.Reasons[0], SessionReason.Trim(Input.Text), Input.ConsentMinutes ?? 30, await address.Of(Request), Cancel);
            return asked.Refusal is { } notAsked ? Refused(notAsked) : SeeOther(Request.Path);
        }

        if (NeedsConsent && !string.IsNullOrWhiteSpace(Input.ConsentCode) && await consents.Enter(Caller, Person.Membership, Input.ConsentCode, Cancel) is { } notAgreed)
        {
            return Refused(notAgreed);
        }

        if (NeedsProof && !string.IsNullOrEmpty(Input.Password) && await proof.Check(HttpContext, Caller, Input.Password) is { } wrong)
        {
            return Refused(wrong);
        }

        var request = new SessionRequest(
            Person.Membership, Input.Reason ?? Policy.Reasons[0], SessionReason.Trim(Input.Text), SessionReason.Trim(Input.Ticket), Back, Input.TakeOver)
        {
            Network = HttpContext.Connection.RemoteIpAddress, Browser = Request.Headers.UserAgent, Minutes = Input.Minutes, InsteadOf = Input.InsteadOf,
        };
        var outcome = await sessions.Start(Caller, request, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Cookies.GiveAssist(HttpContext, outcome.Value.Handle, outcome.Value.Token, outcome.Value.Beside);
        return SeeOther($"/as/{outcome.Value.Handle}{Running.Landing}");
    }

    private bool Asks(Need need) => Person.Decision.Asks.Any(asked => asked.Need == need);

    private async Task<bool> Load(Guid membershipId)
    {
        if (Caller is not { Company: not null, Buyer: { } buyer } || await mandates.Find(Caller, new MembershipId(membershipId), Cancel) is not { IsHimself: false } found)
        {
            return false;
        }

        (Person, Policy) = (found, await policies.Shown(Cancel));
        Running = new(
            [.. (await queries.RunningOf(OperatorKey.Of(buyer.Id, buyer.Membership), Cancel)).Select(session => (session, session.IsHere(Request)))],
            Person.Membership, Person.FirstName, Policy.SessionsAtOnce, await settings.IsOn(ShopSettings.LandsOnCatalogue, Cancel) ? "/" : "/account");
        if (NeedsConsent)
        {
            Consent = new(
                Person.FirstName, await agreed.LastOf(OperatorKey.Of(buyer.Id, buyer.Membership), Person.Membership, Cancel), "/account/company/asks/", Input.ConsentMinutes, null);
        }

        return true;
    }
}
