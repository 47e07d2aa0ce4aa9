using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Audit;

/// <summary>Who did what for whom. Looking is itself an event. The form is sent by POST and leads to a URL that names nobody.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AuditPage(AuditQueries audit, AuditReading reading, LogWatch log, LogQueries checkpoints, ShopPolicies policies, ShopSettings settings, Database database) : ShopPage
{
    /// <summary>The form as it is shown.</summary>
    [BindProperty(Name = "")]
    public AuditForm Form { get; set; } = new();

    public AuditInput Input { get; private set; } = new();

    public AuditAsked Asked { get; private set; } = new(new AuditWanted(), null);

    public LogState Log { get; private set; } = null!;

    public SignedHead? Head { get; private set; }

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public IReadOnlyList<string> Reasons { get; private set; } = [];

    public AuditListing Listing { get; private set; } = new([], null, false, null);

    /// <summary>Of whom or what several fit what was typed.</summary>
    public AuditFound? Choose { get; private set; }

    public Refusal? Problem { get; private set; }

    public async Task OnGet([FromQuery] AuditInput input)
    {
        Input = input;
        await Prepare();
        var asked = await reading.Of(input, Cancel);
        if (asked.IsRefused)
        {
            (Form.Action, Form.Company, Form.Order, Form.Session, Form.From, Form.To) = (input.Action, input.Company, input.Order, input.Session, input.From, input.To);
            Wrong(asked.Refusal);
            return;
        }

        Asked = asked.Value;
        Fill();
        Chips = [.. AuditChips.Of(Asked, Input, Zone)];
        Listing = await audit.Find(Asked.Filter, Asked.Behind, Cancel);
        await database.Record(Caller, Asked.Read(Listing.Lines.Count), Cancel);
    }

    public async Task<IActionResult> OnPost()
    {
        var found = await reading.Of(Form, Cancel);
        if (!found.IsRefused)
        {
            // What else is wrong is said before anybody has to choose.
            var asked = await reading.Of(found.Value.Input, Cancel);
            if (!asked.IsRefused && found.Value.Choices.Count == 0)
            {
                return SeeOther(found.Value.Input.Link());
            }

            await Prepare();
            if (asked.IsRefused)
            {
                Wrong(asked.Refusal);
                return Page();
            }

            Choose = found.Value;
            await LookedUp(found.Value.Choices.Where(choice => choice.Field != "Company").Sum(choice => Math.Min(choice.Matches.Count, AuditLookupQueries.Most)));
            return Page();
        }

        await LookedUp(0);
        await Prepare();
        Wrong(found.Refusal);
        return Page();
    }

    // Names and addresses of people were asked for, and who is shown may be all that somebody wanted.
    private async Task LookedUp(int found)
    {
        if (!string.IsNullOrWhiteSpace(Form.Person) || !string.IsNullOrWhiteSpace(Form.Operator))
        {
            await database.Record(Caller, new AuditPeopleRead(found), Cancel);
        }
    }

    /// <summary>What the list is narrowed to, each with the same list without it.</summary>
    public IReadOnlyList<(string Words, AuditInput Without)> Chips { get; private set; } = [];

    public string? Error(string field) => Problem?.Field == field ? Problem.Sentence : null;

    private async Task Prepare()
    {
        Log = await log.State(Cancel);
        Head = await checkpoints.Head(Cancel);
        Zone = await settings.TimeZone(Cancel);
        Reasons = (await policies.Shown(Cancel)).Reasons;
    }

    private void Fill()
    {
        var (input, filter) = (Input, Asked.Filter);
        Form = new AuditForm
        {
            Action = input.Action, Person = filter.Person?.Name, PersonName = filter.Person?.Name, PersonKey = input.Person, Operator = filter.Operator?.Name, OperatorName = filter.Operator?.Name,
            OperatorKey = input.Operator, Company = input.Company, Order = input.Order, Session = input.Session, About = input.About, Outcome = input.Outcome, Reason = input.Reason, Mode = input.Mode,
            Ticket = Asked.Ticket, TicketName = Asked.Ticket, TicketKey = input.Ticket, From = Time(filter.From, isEnd: false), To = Time(filter.To, isEnd: true), Sort = input.Sort,
        };
    }

    // The field of the form knows minutes.
    private string? Time(DateTimeOffset? time, bool isEnd) =>
        time is not { } moment ? null : TimeZoneInfo.ConvertTime(isEnd ? moment.AddSeconds(-1) : moment, Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private string? Shown(string? typed, bool isEnd) => AuditInput.Time(typed, "", Zone, isEnd) is { IsRefused: false } time ? Time(time.Value, isEnd) : null;

    private void Wrong(Refusal refusal)
    {
        Problem = refusal;
        // What such a field cannot hold would be thrown away by the browser, with a complaint.
        (Form.From, Form.To) = (Shown(Form.From, isEnd: false), Shown(Form.To, isEnd: true));
        Response.StatusCode = Refusals.StatusOf(refusal);
    }
}
