using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>What the last step before a session needs, wherever it stands.</summary>
public sealed record StartDesk(
    AssistedSessions Sessions, AssistedSessionQueries Queries, CustomerQueries Customers, ShopPolicies Policies, ShopSettings Settings, StaffProof Proof,
    AssistRequests Requests, RequestQueries Asked, LinkQueries Links, ConsentAsks Consents, ConsentQueries Agreed, ShopAddress Address, Hosts Hosts, HandOvers HandOvers, SwitchWishes Wishes, TimeProvider Clock,
    ExplanationQueries Explanations);

/// <summary>The last step before a session: for whom, why, under which rule, and for how long. Nothing has happened until the button is pressed.</summary>
public abstract class StartPage(StartDesk desk) : ShopPage
{
    protected StartDesk Desk => desk;

    [BindProperty]
    public StartInput Input { get; set; } = new();

    public StartTarget Target { get; private set; } = null!;

    /// <summary>The person of the target; none of a company as a whole.</summary>
    public PersonOfCustomer Customer { get; private set; } = null!;

    public CustomerPerson Person => Customer.Person;

    /// <summary>The page of the customer, to which the end of the session leads when nobody came from elsewhere.</summary>
    public abstract string CustomerPath { get; }

    /// <summary>Where *Cancel* leads.</summary>
    public string Back => Input.From is { Length: > 0 } from ? from : CustomerPath;

    /// <summary>For whom the operator acts already.</summary>
    public RunningBeside Running { get; private set; } = RunningBeside.None;

    /// <summary>The rules that say what is asked for here.</summary>
    public ShopPolicy Policy { get; private set; } = null!;

    public bool NeedsApproval => Target.Decision.Asks.Any(asked => asked.Need == Need.Approval);

    /// <summary>He still has to wait for a second person.</summary>
    public bool IsWaiting => NeedsApproval && Approval?.Status != "granted";

    /// <summary>What he asked for or was granted about this start.</summary>
    public ShownRequest? Approval { get; private set; }

    /// <summary>The customer has to agree first, and has not.</summary>
    public bool NeedsConsent => Target.Decision.Asks.Any(asked => asked.Need == Need.Consent);

    /// <summary>What was asked, or can be, where the customer has to agree.</summary>
    public ConsentForm Consent { get; private set; } = null!;

    /// <summary>The approval of a start without consent that he asked for or was granted.</summary>
    public ShownRequest? Emergency { get; private set; }

    public bool IsEmergencyGranted => NeedsConsent && Emergency?.Status == "granted";

    /// <summary>How he can prove who he is; null when the rule does not ask for it.</summary>
    public ProofAsk? Proof { get; private set; }

    /// <summary>The page of the Buyer Portal on which the session begins.</summary>
    public string Landing => ReturnPath.Landing(Input.To, LandsOnCatalogue || Target?.IsWhole == true ? "/" : "/account");

    public bool NeedsTicket => Target.Decision.Asks.Any(asked => asked.Need == Need.Ticket);

    public async Task<IActionResult> OnGet(string? number, Guid membershipId, string? from, string? to, string? reason, Guid? link, bool next)
    {
        Input.Reason = reason;
        Input.From = ReturnPath.Of(from, "");
        Input.To = ReturnPath.Landing(to, "");
        if (!await Load(number, membershipId) || !await Fill(link))
        {
            return Missing();
        }

        if (GoesRound)
        {
            return Redirect(desk.HandOvers.Way(Request));
        }

        if (next)
        {
            await Switch();
        }

        // The page is opened again while the customer thinks: what was said with the question still stands.
        if (NeedsConsent && Consent.Ask is { } ask)
        {
            (Input.Reason, Input.Text) = (ask.ReasonCode, ask.Note);
        }

        return Page();
    }

    public async Task<IActionResult> OnPost(string? number, Guid membershipId)
    {
        if (Input is { IsPlain: true, Reason: { } reason } && !desk.Hosts.AreSeparate && await Straight(number, membershipId) is var (subject, path))
        {
            LandsOnCatalogue = await desk.Settings.IsOn(ShopSettings.LandsOnCatalogue, Cancel);
            var begun = await desk.Sessions.Start(Caller, RequestOf(subject, reason, path), Cancel);
            return !begun.IsRefused ? GoIn(begun.Value) : await Load(number, membershipId) ? Refused(begun.Refusal) : Missing();
        }

        if (!await Load(number, membershipId))
        {
            return Missing();
        }

        if (Input.AskApproval && NeedsApproval)
        {
            var outcomeOfAsking = await desk.Requests.AskApproval(Caller, Target.Subject, Target.Name, SessionReason.Trim(Input.Text), Cancel);
            return outcomeOfAsking.Refusal is { } notAsked ? Refused(notAsked) : SeeOther(Request.Path + Request.QueryString);
        }

        if (NeedsConsent && (Input.AskConsent || Input.AskEmergency))
        {
            var note = SessionReason.Trim(Input.Text);
            var administrator = Input.ConsentBy is { } by ? new MembershipId(by) : (MembershipId?)null;
            var outcomeOfAsking = Input.AskConsent
                ? await desk.Consents.Ask(
                    Caller, Target.Subject, administrator, Input.Reason ?? Policy.Reasons[0], note, Input.ConsentMinutes ?? 30, await desk.Address.Of(Request), Cancel)
                : await desk.Requests.AskEmergency(Caller, Target.Subject, Target.Name, note, Cancel);
            return outcomeOfAsking.Refusal is { } notAsked ? Refused(notAsked) : SeeOther(Request.Path + Request.QueryString);
        }

        if (NeedsConsent && !Input.Emergency && !string.IsNullOrWhiteSpace(Input.ConsentCode)
            && await desk.Consents.Enter(Caller, Target.Subject, Input.ConsentCode, Cancel) is { } notAgreed)
        {
            return Refused(notAgreed);
        }

        if (Proof is not null && Input.IsGiven && await desk.Proof.Check(HttpContext, Caller, Input) is { } wrong)
        {
            return Refused(wrong);
        }

        var request = RequestOf(Target.Subject, Input.Reason ?? Policy.Reasons[0], CustomerPath) with { IsEmergency = Input.Emergency && IsEmergencyGranted };
        if (desk.Hosts.AreSeparate)
        {
            return await HandItOver(request);
        }

        var outcome = await desk.Sessions.Start(Caller, request, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            await LoadRunning();
            return Refused(refusal);
        }

        return GoIn(outcome.Value);
    }

    private SessionRequest RequestOf(SessionSubject subject, string reason, string customerPath) => new(
        subject, reason, SessionReason.Trim(Input.Text), SessionReason.Trim(Input.Ticket), ReturnPath.Of(Input.From, customerPath), Input.TakeOver)
    {
        Network = HttpContext.Connection.RemoteIpAddress, Browser = Request.Headers.UserAgent, Minutes = Input.Minutes, Link = Input.Link, InsteadOf = Input.InsteadOf,
        IsFastOrder = IsFastOrder, Mode = IsFastOrder ? Mode.Order : null,
    };

    // What is typed on that page has a cart of its own.
    private bool IsFastOrder => string.Equals(ReturnPath.Landing(Input.To, ""), ReturnPath.FastOrder, StringComparison.Ordinal);

    private IActionResult GoIn(StartedSession started)
    {
        Cookies.GiveAssist(HttpContext, started.Handle, started.Token, started.Beside);
        return SeeOther($"/as/{started.Handle}{Landing}");
    }

    /// <summary>What this browser is to carry to the shop host, where that is another one.</summary>
    public HandOver? HandOver { get; private set; }

    // The shop host has to know this browser before a code is made for it.
    private bool GoesRound => desk.Hosts.AreSeparate && Target.Decision.IsAllowed && HandOvers.BrowserOf(Request) is null;

    private async Task<IActionResult> HandItOver(SessionRequest request)
    {
        if (HandOvers.BrowserOf(Request) is not { } browser)
        {
            return SeeOther(Request.Path + Request.QueryString);
        }

        var outcome = await desk.HandOvers.Make(Request, Caller, request, Landing, browser, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            await LoadRunning();
            return Refused(refusal);
        }

        HandOver = outcome.Value;
        SecurityHeaders.AllowForm(HttpContext, desk.Hosts.ShopOrigin(Request));
        return Page();
    }

    /// <summary>Enter begins at once; otherwise the page is to be read first.</summary>
    public virtual bool IsQuick => true;

    /// <summary>Whether the address is this customer's.</summary>
    protected virtual bool IsAt(PersonOfCustomer customer, string? number) => false;

    /// <summary>A company as a whole, by its number.</summary>
    protected async Task<StartTarget?> FindCompany(string? number) =>
        await desk.Customers.Find(Caller, number ?? "", Cancel) is { } company ? StartTarget.Of(company, await desk.Customers.Whole(Caller, company, Cancel)) : null;

    /// <summary>For whom it is and the page of that customer, where the start itself judges all the rest, so that nothing has to be shown first; null: look everything up.</summary>
    protected virtual Task<(SessionSubject Subject, string CustomerPath)?> Straight(string? number, Guid membershipId) => Task.FromResult<(SessionSubject, string)?>(null);

    /// <summary>For whom it is; null when there is no such customer for the caller.</summary>
    protected virtual async Task<StartTarget?> Find(string? number, Guid membershipId)
    {
        if (await desk.Customers.FindPerson(Caller, new MembershipId(membershipId), Cancel) is not { } customer || !IsAt(customer, number))
        {
            return null;
        }

        Customer = customer;
        return StartTarget.Of(customer);
    }

    private bool LandsOnCatalogue { get; set; }

    /// <summary>A colleague's wish that led here.</summary>
    public FollowedLink? Wish { get; private set; }

    // What the colleague wrote stands in the form; it can be changed, because he who acts is who says why.
    private async Task<bool> Fill(Guid? link)
    {
        if (link is not { } id)
        {
            return true;
        }

        Wish = await desk.Links.Followed(Caller.Staff!.Id, id, Cancel);
        if (Wish is not { IsOpen: true } || Wish.Membership != Target.Subject.Membership?.Value)
        {
            return false;
        }

        (Input.Link, Input.Reason, Input.Text, Input.Ticket) = (id, Wish.Reason, Wish.Text, Wish.Ticket);
        return true;
    }

    /// <summary>His own wish to switch from another company to this one that led here; its session ends when this one begins.</summary>
    public SwitchWish? Next { get; private set; }

    /// <summary>
    /// The button is pressed for him: he asked for just this in his session a moment ago, everything that is asked for is answered by what he brings along, and the sign-in could
    /// not be seen where he asked. A link of somebody else presses nothing, because the wish is none of his.
    /// </summary>
    public bool IsPressed { get; private set; }

    // Why he acts is taken over from the session that is to end, and never from the address.
    private async Task Switch()
    {
        if (await desk.Wishes.Of(Caller.Staff!, Cancel) is not { } wish || wish.Company != Target.Subject.Company?.Value)
        {
            return;
        }

        (Next, Input.Reason, Input.Text, Input.Ticket, Input.InsteadOf) = (wish, wish.Reason, wish.Text, wish.Ticket, wish.Session);
        Running = Running with { Sessions = [.. Running.Sessions.Where(running => running.Session.Id != wish.Session)] };
        if (!desk.Hosts.AreSeparate || !Running.HasRoom)
        {
            return;
        }

        var proof = await desk.Proof.Age(Caller, Cancel);
        var judged = await desk.Explanations.Explain(
            Caller.Staff!.Id,
            Target.Subject,
            attempt => attempt with
            {
                ReasonCode = wish.Reason,
                Ticket = wish.Ticket,
                Network = HttpContext.Connection.RemoteIpAddress,
                ProofAge = proof.Seconds,
                SecondFactorAge = proof.SecondFactorSeconds,
            },
            Cancel);
        IsPressed = judged is { Decision.MayStart: true };
    }

    /// <summary>Who will be told, in sentences.</summary>
    public async Task<IReadOnlyList<string>> Told()
    {
        var (atStart, atEnd) = (await desk.Settings.IsOn(ShopSettings.MailAtStart, Cancel), await desk.Settings.Get(ShopSettings.MailAtEnd, Cancel));
        var reader = Target.IsWhole ? Say($"The order contact of {Target.Name}") : Person.Name;
        return
        [
            Target is { IsWhole: true } ? Say($"The administrators of {Target.Name} see all of it in their account, and can end it.")
                : Customer.Company is { } company ? Say($"{Person.Name} and the administrators of {company.Name} see all of it in their account, and can end it.") : Say($"{Person.Name} sees all of it in his account, and can end it."),
            (atStart, atEnd) switch
            {
                (true, "never") => Say($"{reader} gets a mail when you begin."),
                (true, "always") => Say($"{reader} gets a mail when you begin and one when it is over."),
                (true, _) => Say($"{reader} gets a mail when you begin, and one at the end when something was changed."),
                (_, "never") => Say("No mail is sent about it."),
                (_, "always") => Say($"{reader} gets a mail when it is over."),
                _ => Say($"{reader} gets a mail at the end when something was changed."),
            },
        ];
    }

    /// <summary>What is written down of it, in a sentence.</summary>
    public async Task<string> Recorded() =>
        $"Both your names, the reason, note and ticket, every change with what was before{(await desk.Settings.IsOn(ShopSettings.RecordAddresses, Cancel) ? ", and the address of this computer" : "")}.";

    // Where the shop has a host of its own, its cookies are not seen here.
    private async Task LoadRunning() => Running = new(
        [.. (await desk.Queries.RunningOf(OperatorKey.Of(Caller.Staff!.Id), Cancel)).Select(session => (session, desk.Hosts.AreSeparate || session.IsHere(Request)))],
        Target.Subject, Target.ShortName, Policy.SessionsAtOnce, Landing);

    private async Task<bool> Load(string? number, Guid membershipId)
    {
        if (await Find(number, membershipId) is not { } target)
        {
            return false;
        }

        // As the start itself is judged: with the company's mandate, which lists of customers do not look for.
        Target = await desk.Explanations.Explain(Caller.Staff!.Id, target.Subject, Cancel) is { } now ? target with { Decision = now.Decision } : target;
        Policy = await desk.Policies.Shown(Cancel);
        LandsOnCatalogue = await desk.Settings.IsOn(ShopSettings.LandsOnCatalogue, Cancel);
        await LoadRunning();
        if (NeedsConsent)
        {
            Consent = new(
                Target.IsWhole ? Say("the administrator") : Person.FirstName, await desk.Agreed.LastOf(OperatorKey.Of(Caller.Staff!.Id), Target.Subject, Cancel), "/staff/asks/",
                Input.ConsentMinutes, Target.Subject.Company is { } company ? await desk.Agreed.Administrators(company, Cancel) : null);
            Emergency = await desk.Asked.ApprovalOf(Caller.Staff!.Id, Target.Subject, desk.Clock.GetUtcNow(), Cancel, AssistRequests.Emergency);
        }

        Approval = NeedsApproval ? await desk.Asked.ApprovalOf(Caller.Staff!.Id, Target.Subject, desk.Clock.GetUtcNow(), Cancel) : null;
        Proof = Target.Decision.Asks.FirstOrDefault(asked => asked.Need == Need.Proof) is { } proof
            ? await desk.Proof.Ask(Caller, isSecondNeeded: proof.Refusal.Field == nameof(StartInput.Code), Cancel)
            : null;
        return true;
    }
}

/// <summary>With what proves who he is, where the rule asks for it again.</summary>
public sealed class StartInput : ProofInput
{
    public string? Reason { get; set; }

    /// <summary>It asks for a start and for nothing else.</summary>
    internal bool IsPlain => !IsGiven && !AskConsent && !AskEmergency && !AskApproval && !Emergency && string.IsNullOrWhiteSpace(ConsentCode);

    public string? Text { get; set; }

    public string? Ticket { get; set; }

    /// <summary>The link that led here.</summary>
    public Guid? Link { get; set; }

    /// <summary>The length that is wanted; null: as long as the rule allows.</summary>
    public int? Minutes { get; set; }

    /// <summary>Ask the customer instead of beginning.</summary>
    public bool AskConsent { get; set; }

    /// <summary>For how many minutes the customer is asked.</summary>
    public int? ConsentMinutes { get; set; }

    /// <summary>Of a company as a whole: which administrator is asked.</summary>
    public Guid? ConsentBy { get; set; }

    /// <summary>The six digits that the customer reads out.</summary>
    public string? ConsentCode { get; set; }

    /// <summary>Ask a second person for a start without consent.</summary>
    public bool AskEmergency { get; set; }

    /// <summary>Begin without consent; it was approved.</summary>
    public bool Emergency { get; set; }

    /// <summary>Ask a second person instead of beginning.</summary>
    public bool AskApproval { get; set; }

    /// <summary>The page to come back to.</summary>
    public string? From { get; set; }

    /// <summary>The page of the Buyer Portal that is wanted.</summary>
    public string? To { get; set; }

    /// <summary>End whatever runs and start this one.</summary>
    public bool TakeOver { get; set; }

    /// <summary>End this running session and start the one that is asked for in its place.</summary>
    public Guid? InsteadOf { get; set; }
}
