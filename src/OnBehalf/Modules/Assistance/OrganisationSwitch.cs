using Microsoft.AspNetCore.Antiforgery;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// From one company to the next, out of the selector in the bar: ends this session and begins the one for the other company, in one transaction and with the
/// reason of this one, if the policy asks for nothing more. Otherwise this session goes on, and the confirming page of the other company says what is asked for. Where
/// staff and shop have host names of their own the sign-in is on the other one: the wish goes there, and the confirming page presses itself if nothing more is asked for.
/// </summary>
internal static class OrganisationSwitch
{
    private const string List = "/staff/organisations";

    private const string Next = List + "/next";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/assisted-session/organisation", Switch).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.Allow) { Mode = Mode.View });
        routes.MapGet(Next, Arrive).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AssistStart });
    }

    private static async Task<IResult> Switch(
        HttpContext context, Hosts hosts, AssistedSessions sessions, SwitchWishes wishes, SignInQueries signIns, CustomerQueries customers, CustomerSearchQueries search,
        IAntiforgery antiforgery)
    {
        if (context.Caller() is not { Session: { } session, Staff: { } staff, IsForCompany: true } caller)
        {
            Refusals.Leave(context, AccessGate.NotAssisting);
            return Results.StatusCode(Refusals.StatusOf(AccessGate.NotAssisting));
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var cancel = context.RequestAborted;
        var wanted = (await context.Request.ReadFormAsync(cancel))["to"].ToString().Trim();
        if (wanted.Length is 0 or > 100)
        {
            return SeeOther(context, List);
        }

        if (hosts.AreSeparate)
        {
            // Whoever has the cookie of this session and no more learns nothing about other companies: the answer is the same for every one.
            if (await signIns.FindStaff(staff.SignIn, cancel) is { } there && await Meant(there with { Request = caller.Request }, customers, search, wanted, cancel) is { } meant)
            {
                await wishes.Make(caller, meant.Id, cancel);
            }

            return SeeOther(context, Next + QueryString.Create("q", wanted));
        }

        // The cookie of a session says for whom one acts now and no more: only who is also signed in as its operator begins another one.
        var hash = Cookies.Hash(context.Request, Cookies.Staff);
        var self = hash is null || await signIns.FindStaff(hash, cancel) is not { } found ? null : found with { Request = caller.Request };
        if (self?.Staff is not { } seller || seller.Id != staff.Id || seller.SignIn != staff.SignIn || await Meant(self, customers, search, wanted, cancel) is not { } company)
        {
            return SeeOther(context, List + QueryString.Create("q", wanted));
        }

        if (company.Id == caller.Company!.Id)
        {
            return SeeOther(context, context.Request.PathBase + "/");
        }

        var started = await sessions.Start(
            self,
            new SessionRequest(company.Id, session.ReasonCode, session.Reason, session.Ticket, session.ReturnPath, TakeOver: false)
            {
                InsteadOf = session.Id.Value, Network = context.Connection.RemoteIpAddress, Browser = context.Request.Headers.UserAgent,
            },
            cancel);
        if (started.IsRefused)
        {
            await wishes.Make(caller, company.Id, cancel);
            return SeeOther(context, LastStep(company.Number));
        }

        Cookies.GiveAssist(context, started.Value.Handle, started.Value.Token, started.Value.Beside);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return SeeOther(context, $"/as/{started.Value.Handle}/");
    }

    // On the staff host: to the last step for the company that he wished for, or back into the session when it is that one's; to the list when it was none or several.
    private static async Task<IResult> Arrive(HttpContext context, Hosts hosts, SwitchWishes wishes, string? q) =>
        await wishes.Of(context.Caller().Staff!, context.RequestAborted) is not { } wish ? Results.Redirect(List + (q is { Length: > 0 and <= 100 } ? QueryString.Create("q", q) : ""))
            : wish.IsSame ? Results.Redirect($"{hosts.ShopOrigin(context.Request)}/as/{wish.Handle}/")
            : Results.Redirect(LastStep(wish.Number));

    private static string LastStep(string number) => $"{CustomerPaths.Company(CustomerPaths.SalesPortal, number)}/act" + QueryString.Create(
        [KeyValuePair.Create<string, string?>("from", List), KeyValuePair.Create<string, string?>("next", "true")]);

    // A number is one company; letters are when they lead to one only.
    private static async Task<CompanyData?> Meant(Caller self, CustomerQueries customers, CustomerSearchQueries search, string wanted, CancellationToken cancel)
    {
        if (await customers.Find(self, wanted, cancel) is { } exact)
        {
            return exact;
        }

        var found = await search.Find(self, wanted, cancel);
        return !found.HasMore && found.Customers.Where(customer => customer.Number is not null).ToList() is [{ Number: { } number }]
            ? await customers.Find(self, number, cancel) : null;
    }

    private static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
