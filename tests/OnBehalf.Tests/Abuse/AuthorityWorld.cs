using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>The same steps as <see cref="AuthorityModel"/> takes, in a real shop: Karim and Tom act for Ines and Jonas of Nordlicht.</summary>
internal sealed class AuthorityWorld(TestShop shop)
{
    private static readonly string[] Operators = ["karim", "tom"];
    private static readonly string[] Buyers = ["ines", "jonas"];

    private static readonly (string, string)[] Address = [("Input.Line1", "Authority 1"), ("Input.City", "Kiel"), ("Input.PostalCode", "24103"), ("Input.Country", "DE")];

    private readonly Visitor[] _desks = new Visitor[2];
    private readonly (AssistedSessionId Id, string Base, string Token, Visitor Browser)?[] _sessions = new (AssistedSessionId, string, string, Visitor)?[2];
    private bool _isForbidden;

    /// <summary>How many writes have been committed.</summary>
    public Task<int> Written() => shop.Scalar<int>("select count(*) from address where line1 = 'Authority 1'");

    public async Task Reset()
    {
        await shop.Sql("delete from address where line1 = 'Authority 1'");
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'test' where status = 'active'");
        foreach (var table in new[] { "staff", "company", "buyer", "membership" })
        {
            await shop.Sql($"update {table} set status = 'active' where status <> 'active'");
        }

        await Set(ShopSettings.SessionsOff, "false");
        _isForbidden = true;
        await Do(Step.Permit, 0, 0);
        for (var op = 0; op < 2; op++)
        {
            await Do(Step.Unassign, op, 0);
            await Do(Step.Assign, op, 0);
            _desks[op] = await shop.As(Operators[op]);
            _sessions[op] = null;
        }
    }

    /// <summary>True when it was let happen.</summary>
    public async Task<bool> Do(Step step, int op, int buyer)
    {
        var (staff, whom, membership) = (Characters.StaffIdOf(Operators[op]), Characters.BuyerIdOf(Buyers[buyer]), Characters.MembershipIdOf(Buyers[buyer]));
        switch (step)
        {
            case Step.Start or Step.TakeOver:
                return await Begin(op, buyer, step == Step.TakeOver);
            case Step.Write:
                return await Write(op);
            case Step.End or Step.Revoke when _sessions[op] is { } session:
                await shop.Services.AssistedSessions().End(
                    step == Step.End ? await CallerOf(op) ?? Caller.Machine("test") : await Sessions.CallerOf(await shop.As("vera")), session.Id, step == Step.End ? "operator" : "staff");
                break;
            case Step.SignOut:
                await _desks[op].Post("/staff/account/logout", [], from: "/staff/no-such-page");
                _desks[op] = await shop.As(Operators[op]);
                break;
            case Step.Idle when _sessions[op] is { } session:
                await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromSeconds(901), $"session_id = {Key(session.Id.Value)}");
                break;
            case Step.HardEnd when _sessions[op] is { } session:
                await shop.Age("assisted_session", "hard_ends_at", TimeSpan.FromSeconds(3_601), $"id = {Key(session.Id.Value)}");
                break;
            case Step.Unassign:
                await shop.Sql($"delete from staff_assignment where staff_id = {Key(staff.Value)}");
                break;
            case Step.Assign:
                await shop.Sql($"delete from staff_assignment where staff_id = {Key(staff.Value)}");
                await shop.Sql(
                    $"insert into staff_assignment (staff_id, company_id, assigned_at) values ({Key(staff.Value)}, {Key(Characters.Nordlicht.Value)}, {(shop.Database.Kind == DatabaseKind.Postgres ? "now()" : "0")})");
                break;
            case Step.Suspend or Step.Restore:
                await Change("staff", staff.Value, step == Step.Suspend ? "inactive" : "active", tx => SessionEnds.EndFor(tx, staff, "suspended"));
                break;
            case Step.Block or Step.Unblock:
                await Change("company", Characters.Nordlicht.Value, step == Step.Block ? "blocked" : "active", tx => SessionEnds.EndFor(tx, Characters.Nordlicht, "rights-changed"));
                break;
            case Step.StopBuyer or Step.AdmitBuyer:
                await Change("buyer", whom.Value, step == Step.StopBuyer ? "inactive" : "active", tx => SessionEnds.EndFor(tx, whom, "rights-changed"));
                break;
            case Step.StopMembership or Step.AdmitMembership:
                await Change("membership", membership.Value, step == Step.StopMembership ? "inactive" : "active", tx => SessionEnds.EndFor(tx, membership, "rights-changed"));
                break;
            case Step.Forbid or Step.Permit when _isForbidden != (step == Step.Forbid):
                _isForbidden = step == Step.Forbid;
                await shop.Put(_isForbidden ? ShopPolicy.Standard with { Rules = [new PolicyRule("closed", "Closed", Allows: false), .. ShopPolicy.Standard.Rules] } : ShopPolicy.Standard);
                break;
            case Step.SwitchOff or Step.SwitchOn:
                await Set(ShopSettings.SessionsOff, step == Step.SwitchOff ? "true" : "false");
                break;
        }

        return true;
    }

    private async Task<bool> Begin(int op, int buyer, bool takesOver)
    {
        if (await CallerOf(op) is not { } caller)
        {
            return false;
        }

        var started = await shop.Services.AssistedSessions().Start(caller, Sessions.Request(Buyers[buyer]) with { TakeOver = takesOver });
        if (started.IsRefused)
        {
            return false;
        }

        var inside = "/as/" + started.Value.Handle;
        _desks[op].Cookies[Host.Cookies.Assist(started.Value.Handle)] = started.Value.Token;
        var token = (await _desks[op].Get(inside + "/no-such-page")).Token();
        _sessions[op] = (started.Value.Id, inside, token, _desks[op].At(shop));
        return true;
    }

    // Nobody, when he may not even sign in.
    private async Task<Caller?> CallerOf(int op) => await Sessions.CallerOf(_desks[op]);

    private async Task<bool> Write(int op)
    {
        if (_sessions[op] is not { } session)
        {
            return false;
        }

        var answer = await session.Browser.At(shop).PostRaw(session.Base + "/account/addresses/new", [.. Address, ("__RequestVerificationToken", session.Token)]);
        Assert.True(answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, answer.Text);
        return answer.Status == HttpStatusCode.SeeOther;
    }

    // As the import takes rights away: the row and the ends in one transaction.
    private async Task Change(string table, Guid id, string status, Func<Tx, Task<int>> end)
    {
        var outcome = await shop.Database.Write<Done>(Caller.Machine("test"), async tx =>
        {
            await tx.Db.Rows<int>($"update {table} set status = {{1}} where id = {{0}} returning 1 as \"Value\"", id, status).ToListAsync(tx.Cancel);
            if (status != "active")
            {
                await end(tx);
            }

            return Done.It;
        });
        Assert.Null(outcome.Refusal);
    }

    private async Task Set(Setting setting, string value) =>
        Assert.Null((await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), setting, value)).Refusal);

    private string Key(Guid id) => shop.Database.Kind == DatabaseKind.Postgres ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";
}
