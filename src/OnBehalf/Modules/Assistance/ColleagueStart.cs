using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>What the last step of a buyer works with.</summary>
public sealed record ColleagueDesk(
    MandateQueries Mandates, AssistedSessions Sessions, AssistedSessionQueries Queries, ShopPolicies Policies, ShopSettings Settings, BuyerProof Proof,
    ConsentAsks Consents, ConsentQueries Agreed, ShopAddress Address);

/// <summary>For whom a buyer is about to act.</summary>
/// <param name="Role">Of a person; none of an end customer as a whole.</param>
/// <param name="EndCustomer">Of which end customer, or which one; null for a colleague.</param>
public sealed record ColleagueTarget(SessionSubject Subject, string Name, string ShortName, HeldRole? Role, string? EndCustomer, AssistanceDecision Decision)
{
    public bool IsWhole => Subject.Company is not null;

    public static ColleagueTarget Of(ListedColleague person) => new(person.Membership, person.Name, person.FirstName, person.Role, person.EndCustomer, person.Decision);

    public static ColleagueTarget Of(ListedWhole company) => new(company.Id, company.Name, company.Name, null, company.Name, company.Decision);
}

/// <summary>
/// The last step before a buyer acts: for a colleague, for somebody of an end customer of his company, or for that as a whole. Why, how long, what he may do; nothing
/// has happened until the button is pressed.
/// </summary>
public abstract class ColleagueStart(ColleagueDesk desk) : ShopPage
{
    [BindProperty]
    public StartInput Input { get; set; } = new();

    public ColleagueTarget Target { get; private set; } = null!;

    /// <summary>The list that leads here.</summary>
    public string Back => Target.EndCustomer is null ? ColleaguesPage.Path : EndCustomersPage.Path;

    public ShopPolicy Policy { get; private set; } = null!;

    /// <summary>For whom he acts already.</summary>
    public RunningBeside Running { get; private set; } = RunningBeside.None;

    /// <summary>He is asked for his password where the rule asks for it.</summary>
    public bool NeedsProof => Asks(Need.Proof);

    public bool NeedsTicket => Asks(Need.Ticket);

    /// <summary>The customer has to agree first, and has not.</summary>
    public bool NeedsConsent => Asks(Need.Consent);

    /// <summary>What was asked, or can be, where he has to agree.</summary>
    public ConsentForm Consent { get; private set; } = null!;

    protected async Task<IActionResult> Show(ColleagueTarget? target)
    {
        // Between colleagues the usual one.
        Input.Reason = "stand-in";
        if (!await Load(target))
        {
            return Missing();
        }

        if (NeedsConsent && Consent.Ask is { } ask)
        {
            (Input.Reason, Input.Text) = (ask.ReasonCode, ask.Note);
        }

        return Page();
    }

    protected async Task<IActionResult> Begin(ColleagueTarget? target)
    {
        if (!await Load(target))
        {
            return Missing();
        }

        if (NeedsConsent && Input.AskConsent)
        {
            var administrator = Input.ConsentBy is { } by ? new MembershipId(by) : (MembershipId?)null;
            var asked = await desk.Consents.Ask(
                Caller, Target.Subject, administrator, Input.Reason ?? Policy.Reasons[0], SessionReason.Trim(Input.Text), Input.ConsentMinutes ?? 30,
                await desk.Address.Of(Request), Cancel);
            return asked.Refusal is { } notAsked ? Refused(notAsked) : SeeOther(Request.Path);
        }

        if (NeedsConsent && !string.IsNullOrWhiteSpace(Input.ConsentCode) && await desk.Consents.Enter(Caller, Target.Subject, Input.ConsentCode, Cancel) is { } notAgreed)
        {
            return Refused(notAgreed);
        }

        if (NeedsProof && !string.IsNullOrEmpty(Input.Password) && await desk.Proof.Check(HttpContext, Caller, Input.Password) is { } wrong)
        {
            return Refused(wrong);
        }

        var request = new SessionRequest(
            Target.Subject, Input.Reason ?? Policy.Reasons[0], SessionReason.Trim(Input.Text), SessionReason.Trim(Input.Ticket), Back, Input.TakeOver)
        {
            Network = HttpContext.Connection.RemoteIpAddress, Browser = Request.Headers.UserAgent, Minutes = Input.Minutes, InsteadOf = Input.InsteadOf,
        };
        var outcome = await desk.Sessions.Start(Caller, request, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Cookies.GiveAssist(HttpContext, outcome.Value.Handle, outcome.Value.Token, outcome.Value.Beside);
        return SeeOther($"/as/{outcome.Value.Handle}{Running.Landing}");
    }

    private bool Asks(Need need) => Target.Decision.Asks.Any(asked => asked.Need == need);

    private async Task<bool> Load(ColleagueTarget? target)
    {
        if (target is null || Caller.Buyer is not { } buyer)
        {
            return false;
        }

        (Target, Policy) = (target, await desk.Policies.Shown(Cancel));
        var actor = OperatorKey.Of(buyer.Id, buyer.Membership);

        // A company as a whole has no dashboard.
        Running = new(
            [.. (await desk.Queries.RunningOf(actor, Cancel)).Select(session => (session, session.IsHere(Request)))],
            Target.Subject, Target.ShortName, Policy.SessionsAtOnce, Target.IsWhole || await desk.Settings.IsOn(ShopSettings.LandsOnCatalogue, Cancel) ? "/" : "/account");
        if (NeedsConsent)
        {
            Consent = new(
                Target.IsWhole ? Say("the administrator") : Target.ShortName, await desk.Agreed.LastOf(actor, Target.Subject, Cancel), "/account/company/asks/", Input.ConsentMinutes,
                Target.Subject.Company is { } company ? await desk.Agreed.Administrators(company, Cancel) : null);
        }

        return true;
    }
}
