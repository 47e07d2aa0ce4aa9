using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>A passkey as its owner sees it.</summary>
public sealed record ListedPasskey(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, bool IsBackedUp);

/// <summary>New passkeys of who is signed in and has just proved who he is, and their end.</summary>
public sealed class PasskeyChanges(Database database, People<StaffRow> people, PasskeyJudge judge, StaffProof proof, SecondFactors factors, Outbox outbox, ShopSettings settings)
{
    /// <summary>Seconds for which a proof counts here.</summary>
    public const int ProofSeconds = 900;

    /// <summary>So many are enough for anybody.</summary>
    public const int Most = 20;

    public static readonly Refusal Unfit = Refusal.Invalid("identity.passkey-unfit", "This passkey could not be used. Nothing was changed; try again.");

    private static readonly Refusal NotNamed = Refusal.Invalid("identity.passkey-name", "Name: 1 to 60 characters, such as \"Work laptop\".", "Name");

    private static readonly Refusal TooMany = Refusal.Conflict("identity.too-many-passkeys", "You have as many passkeys as there can be. Remove one first.");

    private static readonly Refusal Gone = Refusal.Missing("identity.no-such-passkey", "There is no such passkey, or it is removed already.");

    private static readonly Refusal LastOne = Refusal.Conflict(
        "identity.second-step-needed", "Your role has to sign in with a second step, and this is your last one. Add another first.");

    public async Task<List<ListedPasskey>> Of(StaffId staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<PasskeyRow>().Where(row => row.StaffId == staff).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new ListedPasskey(row.Id, row.Name, row.CreatedAt, row.UsedAt, row.IsBackedUp)).ToListAsync(cancel);
    }

    /// <summary>The offer for the browser, once the person has proved who he is.</summary>
    public async Task<Outcome<string>> Offer(HttpContext context, Caller caller, ProofInput given) =>
        caller is not { Session: null, Staff: { } me } ? AccessGate.NotInSession
        : await proof.Demand(context, caller, given, ProofSeconds) is { } refusal ? refusal
        : await judge.Offer(context, me);

    public async Task<Outcome<Done>> Add(HttpContext context, Caller caller, string? name, string? credential)
    {
        if (caller is not { Session: null, Staff: { } me })
        {
            return AccessGate.NotInSession;
        }

        if (Named(name) is not { } called)
        {
            return NotNamed;
        }

        // The question was asked after a proof; it is worth nothing without the row that was made then.
        var answers = await judge.Prepare(context);
        var outcome = await database.Write<bool>(
            caller,
            async tx =>
            {
                var users = people.In(tx);
                var staff = (await users.FindByIdAsync(me.Id.ToString()))!;
                if (await tx.Db.Set<PasskeyRow>().CountAsync(row => row.StaffId == me.Id, tx.Cancel) >= Most)
                {
                    return TooMany;
                }

                if (await answers.New(tx, users, staff, credential) is not { } passkey)
                {
                    return false;
                }

                passkey.Name = called;
                await users.AddOrUpdatePasskeyAsync(staff, passkey);
                tx.Add(new PasskeyAdded(staff.Id, called));
                outbox.Add(tx, SecondStepMails.PasskeyAdded(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), called));
                return true;
            },
            context.RequestAborted);
        return outcome.Refusal is { } refusal ? refusal : outcome.Value ? Done.It : Unfit;
    }

    /// <summary>Another name for one of his own. No proof: what counts is the same as before.</summary>
    public Task<Outcome<Done>> Rename(Caller caller, Guid id, string? name, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller is not { Session: null, Staff: { } me })
            {
                return AccessGate.NotInSession;
            }

            if (Named(name) is not { } called)
            {
                return NotNamed with { Field = null };
            }

            if (await tx.Db.Set<PasskeyRow>().SingleOrDefaultAsync(row => row.Id == id && row.StaffId == me.Id, tx.Cancel) is not { } row)
            {
                return Gone;
            }

            if (row.Name != called)
            {
                tx.Add(new PasskeyRenamed(me.Id, row.Name, called));
                row.Name = called;
            }

            return Done.It;
        },
        cancel);

    public async Task<Outcome<Done>> Remove(HttpContext context, Caller caller, Guid id, ProofInput given)
    {
        if (caller is not { Session: null, Staff: { } me })
        {
            return AccessGate.NotInSession;
        }

        if (await proof.Demand(context, caller, given, ProofSeconds) is { } refusal)
        {
            return refusal;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var staff = (await people.In(tx).FindByIdAsync(me.Id.ToString()))!;
                var rows = await tx.Db.Set<PasskeyRow>().Where(row => row.StaffId == me.Id).ToListAsync(tx.Cancel);
                if (rows.Find(row => row.Id == id) is not { } row)
                {
                    return Gone;
                }

                if (rows.Count == 1 && await factors.NeedsAndHasNoApp(tx, staff))
                {
                    return LastOne;
                }

                Take(tx, row, "removed");
                outbox.Add(tx, SecondStepMails.PasskeyRemoved(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), row.Name));
                return Done.It;
            },
            context.RequestAborted);
    }

    /// <summary>All of somebody whose second step is reset.</summary>
    internal static async Task RemoveAll(Tx tx, StaffId staff)
    {
        foreach (var row in await tx.Db.Set<PasskeyRow>().Where(row => row.StaffId == staff).ToListAsync(tx.Cancel))
        {
            Take(tx, row, "reset");
        }
    }

    private static string? Named(string? name) => name?.Trim() is { Length: > 0 and <= 60 } called && !called.Any(char.IsControl) ? called : null;

    private static void Take(Tx tx, PasskeyRow row, Code how)
    {
        tx.Db.Remove(row);
        tx.Add(new PasskeyRemoved(row.StaffId, how, row.Name));
    }
}
