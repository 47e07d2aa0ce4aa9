using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// How the rules change: a draft of one administrator becomes a version in force, at once or, where the rules in force ask for it, when a second one has
/// approved it. A version that was ever proposed is kept as it is.
/// </summary>
public sealed class PolicyVersions(Database database, ShopPolicies policies)
{
    public const int LongestNote = 300;
    public const int MostRules = 60;

    private static readonly Refusal Missing = Refusal.Missing("policy.no-such-version", "There is no such version of the rules.");

    private static readonly Refusal NotDraft = Refusal.Conflict("policy.not-a-draft", "This version is no draft any more. Look at where the rules stand now.");

    private static readonly Refusal NotYours = Refusal.Forbidden("policy.not-your-draft", "Somebody else is writing this draft. He can finish it, or you throw it away and begin your own.");

    private static readonly Refusal NoSecond = Refusal.Conflict(
        "policy.no-second-administrator", "There is no second active administrator who could approve later changes. Add one first, or let changes count at once.");

    /// <summary>A draft of the rules in force, or the one that there is already; its version.</summary>
    public Task<Outcome<int>> Begin(Caller caller, CancellationToken cancel) => database.Write<int>(
        caller,
        async tx =>
        {
            if (caller.Staff is not { } staff)
            {
                return Host.AccessGate.NotInSession;
            }

            var open = await tx.Db.Set<AssistPolicyRow>().Where(row => row.Status == "draft" || row.Status == "proposed").ToListAsync(tx.Cancel);
            if (open.Find(row => row.Status == "proposed") is not null)
            {
                return Refusal.Conflict("policy.proposal-waits", "A proposed version waits for its approval. Approve or reject it first.");
            }

            if (open is [var draft])
            {
                return draft.Version;
            }

            var inForce = await policies.Now(tx.Db, tx.Cancel);
            var version = 1 + await tx.Db.Set<AssistPolicyRow>().MaxAsync(row => (int?)row.Version, tx.Cancel) ?? 2;
            tx.Db.Add(new AssistPolicyRow
            {
                Version = version, Status = "draft", Body = PolicyDraft.Of(inForce).ToJson(), CreatedAt = tx.Now, CreatedById = staff.Id, CreatedBy = staff.Name,
            });
            tx.Add(new PolicyDrafted(version, "begun"));
            return version;
        },
        cancel);

    /// <summary>Changes the draft of the caller. What is refused names its field.</summary>
    public Task<Outcome<Done>> Change(Caller caller, int version, Code what, Func<PolicyDraft, Outcome<PolicyDraft>> change, CancellationToken cancel) => Decide(
        caller, version, cancel,
        (tx, row) =>
        {
            if (row.Status != "draft")
            {
                return NotDraft;
            }

            if (row.CreatedById != caller.Staff!.Id)
            {
                return NotYours;
            }

            var changed = change(PolicyDraft.Parse(row.Body));
            if (changed.Refusal is { } refusal)
            {
                return refusal;
            }

            if (changed.Value.Rules.Count > MostRules)
            {
                return Refusal.Conflict("policy.too-many-rules", $"At most {MostRules} rules: nobody understands more.");
            }

            if (changed.Value.Read(version).Refusals is [var invalid, ..])
            {
                return invalid;
            }

            row.Body = changed.Value.ToJson();
            tx.Add(new PolicyDrafted(version, what));
            return Done.It;
        });

    /// <summary>Throws a draft away; anybody who may change the rules may do it to anybody's.</summary>
    public Task<Outcome<Done>> Discard(Caller caller, int version, CancellationToken cancel) => Decide(
        caller, version, cancel,
        (tx, row) =>
        {
            if (row.Status != "draft")
            {
                return NotDraft;
            }

            tx.Db.Remove(row);
            tx.Add(new PolicyDrafted(version, "thrown-away"));
            return Done.It;
        });

    /// <summary>The draft of the caller counts from now on, or waits for a second administrator; true when it is in force.</summary>
    public async Task<Outcome<bool>> Submit(Caller caller, int version, string? note, CancellationToken cancel)
    {
        if (note?.Length > LongestNote)
        {
            return Refusal.Invalid("policy.note-too-long", $"Note: at most {LongestNote} characters.", "Note");
        }

        var isInForce = false;
        var outcome = await Decide(
            caller, version, cancel,
            async (tx, row) =>
            {
                if (row.Status != "draft")
                {
                    return NotDraft;
                }

                if (row.CreatedById != caller.Staff!.Id)
                {
                    return NotYours;
                }

                row.Note = note;
                isInForce = !(await policies.Now(tx.Db, tx.Cancel)).ChangesNeedSecond;
                if (isInForce)
                {
                    if (ShopPolicies.Read(row).ChangesNeedSecond && !await HasSecond(tx, row.CreatedById))
                    {
                        return NoSecond;
                    }

                    await Activate(tx, row, caller.Staff!.Id, caller.Staff.Name);
                    return Done.It;
                }

                (row.Status, row.ProposedAt) = ("proposed", tx.Now);
                tx.Add(new PolicyProposed(version, note));
                return Done.It;
            });
        return outcome.Refusal is { } refusal ? refusal : isInForce;
    }

    /// <summary>A second administrator puts a proposed version in force.</summary>
    public Task<Outcome<Done>> Approve(Caller caller, int version, CancellationToken cancel) => Decide(
        caller, version, cancel,
        async (tx, row) =>
        {
            if (row.Status != "proposed")
            {
                return Refusal.Conflict("policy.not-proposed", "This version does not wait for an approval any more.");
            }

            if (row.CreatedById == caller.Staff!.Id)
            {
                return Refusal.Forbidden("policy.own-proposal", "You proposed this version yourself: a second administrator has to approve it.");
            }

            await Activate(tx, row, caller.Staff!.Id, caller.Staff.Name);
            return Done.It;
        });

    /// <summary>A proposed version will not count; also by whom it was proposed.</summary>
    public Task<Outcome<Done>> Reject(Caller caller, int version, CancellationToken cancel) => Decide(
        caller, version, cancel,
        (tx, row) =>
        {
            if (row.Status != "proposed")
            {
                return Refusal.Conflict("policy.not-proposed", "This version does not wait for an approval any more.");
            }

            (row.Status, row.DecidedAt, row.DecidedById, row.DecidedBy) = ("rejected", tx.Now, caller.Staff!.Id, caller.Staff.Name);
            tx.Add(new PolicyRejected(version));
            return Done.It;
        });

    /// <summary>The first rules of a shop that is made to be tried, in the name of its administrator; nothing happens where there are rules already.</summary>
    internal async Task Found(Tx tx, ShopPolicy rules, StaffId administrator, string name)
    {
        if (!await tx.Db.Set<AssistPolicyRow>().AnyAsync(tx.Cancel))
        {
            var row = new AssistPolicyRow
            {
                Version = 2, Status = "draft", Body = PolicyDraft.Of(rules).ToJson(), CreatedAt = tx.Now, CreatedById = administrator, CreatedBy = name,
            };
            tx.Db.Add(row);
            await Activate(tx, row, administrator, name);
            tx.AfterCommit(policies.Forget);
        }
    }

    // Two at once come from one draft or proposal, of which the second finds the state changed and judges again.
    private async Task Activate(Tx tx, AssistPolicyRow row, StaffId by, string name)
    {
        await SessionReview.Hold(tx);
        await SessionReview.Run(tx, policies, ShopPolicies.Read(row), await policies.Now(tx.Db, tx.Cancel));
        var before = await tx.Db.Set<AssistPolicyRow>().SingleOrDefaultAsync(other => other.Status == "active", tx.Cancel);
        if (before is not null)
        {
            before.Status = "replaced";
        }

        (row.Status, row.DecidedAt, row.DecidedById, row.DecidedBy) = ("active", tx.Now, by, name);
        var was = before?.Body ?? PolicyDraft.Of(ShopPolicy.Standard).ToJson();
        tx.Add(new PolicyChanged(row.Version, before?.Version ?? 1, Digest(was), Digest(row.Body), Difference(was, row.Body)));
    }

    private static string Digest(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static string Difference(string before, string after) => string.Join(
        "; ",
        PolicyDiff.Between(PolicyDraft.Parse(before), PolicyDraft.Parse(after)).Select(change => $"{(change.Rule is null ? "" : change.Rule + ", ")}{change.What}: {change.Before ?? "nothing"} -> {change.After ?? "nothing"}"));

    // Nobody shall lock himself out of his own rules.
    private static async Task<bool> HasSecond(Tx tx, StaffId first) => (await tx.Db.Rows<bool>(
        "select exists (select 1 from staff where status = 'active' and role = 'administrator' and id <> {0}) as \"Value\"", first.Value).ToListAsync(tx.Cancel))[0];

    private Task<Outcome<Done>> Decide(Caller caller, int version, CancellationToken cancel, Func<Tx, AssistPolicyRow, Outcome<Done>> decide) =>
        Decide(caller, version, cancel, (tx, row) => Task.FromResult(decide(tx, row)));

    private async Task<Outcome<Done>> Decide(Caller caller, int version, CancellationToken cancel, Func<Tx, AssistPolicyRow, Task<Outcome<Done>>> decide)
    {
        if (caller.Staff is null || caller.IsAssisting)
        {
            return Host.AccessGate.NotInSession;
        }

        var outcome = await database.Write(
            caller,
            async tx => await tx.Db.Set<AssistPolicyRow>().SingleOrDefaultAsync(row => row.Version == version, tx.Cancel) is { } row ? await decide(tx, row) : Missing,
            cancel);
        policies.Forget();
        return outcome;
    }
}
