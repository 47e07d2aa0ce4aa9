using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// The seller's people and what they may do, kept by administrators. What somebody loses he loses at once, with the sign-ins and sessions that rest on it; nobody
/// changes what he may do himself or gives what he has not; one administrator always stays.
/// </summary>
public sealed class StaffMembers(
    Database database, People<StaffRow> people, Invitations invitations, StaffProof proof, ShopPolicies policies, Outbox outbox, ShopSettings settings)
{
    internal static readonly Refusal Unknown = Refusal.Missing("identity.no-such-staff", "There is no such staff member.");

    private static readonly Refusal Yourself = Refusal.Conflict(
        "staff.yourself", "Your own role, extras, group, address and account are changed by another administrator. Nothing was changed.");

    private static readonly Refusal LastAdministrator = Refusal.Conflict("staff.last-administrator", "This is the last active administrator. Make somebody else administrator first.");
    private static readonly Refusal NotYours = Refusal.Forbidden("staff.not-yours-to-give", "You cannot give what you may not do yourself. Ask an administrator who may.");
    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict("staff.changed-meanwhile", "Somebody else has changed this staff member meanwhile. Nothing was changed; look again and repeat what still holds.");
    private static readonly Refusal EmailTaken = Refusal.Invalid("identity.email-taken", "E-mail: another staff member has this address.", "Email");
    private static readonly Refusal EmailOfBuyer = Refusal.Invalid("staff.email-of-buyer", "E-mail: a buyer signs in with this address. Staff and buyers have one each of their own.", "Email");
    private static readonly Refusal NameTaken = Refusal.Invalid(
        "staff.name-taken", "Last name: another staff member has this name, and buyers read it where somebody acts for them. Add a middle name or initial.", "LastName");

    /// <summary>Makes somebody, who chooses his password by the mail that goes out with it.</summary>
    /// <param name="address">Of the shop, for the link; null when it does not know its own.</param>
    public async Task<Outcome<StaffId>> Create(HttpContext context, Caller caller, StaffProfile profile, ProofInput given, string? address) =>
        await Demand(context, caller, given) is { } refusal ? refusal : await database.Write<StaffId>(
            caller,
            async tx =>
            {
                await Lock(tx);
                if (!profile.MayBeGivenBy(caller.Staff!.Rights, caller.Staff.AccessAllCustomers, null))
                {
                    return NotYours;
                }

                if (await Taken(tx, default, profile, isEmailNew: true) is { } taken)
                {
                    return taken;
                }

                var row = new StaffRow
                {
                    Id = IId<StaffId>.New(), Email = profile.Email.Text, EmailNormalized = profile.Email.Normalized, FirstName = profile.FirstName, LastName = profile.LastName,
                    Role = profile.Role, StaffGroup = await StaffGroups.Spelling(tx, profile.Group), AccessAllCustomers = profile.AllCustomers, MayAdjustPrices = profile.AdjustPrices,
                    MayCreateCustomers = profile.CreateCustomers, Status = "active", SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = tx.Now, Version = 1,
                };
                tx.Db.Add(row);
                tx.Add(new StaffCreated(row.Id, row.Role, profile.Extras, GroupCode(row.StaffGroup), row.Email, row.FirstName, row.LastName));
                await invitations.Send(tx, row, address);
                return row.Id;
            },
            context.RequestAborted);

    /// <param name="version">Of the member as he was shown.</param>
    /// <param name="address">Of the shop, for a new invitation where the mail address changes before he has come.</param>
    public async Task<Outcome<Done>> Change(HttpContext context, Caller caller, StaffId staff, int version, StaffProfile after, ProofInput given, string? address) =>
        await Demand(context, caller, given) is { } refusal ? refusal : await Write(context, caller, staff, async (tx, row) =>
        {
            var before = ProfileOf(row);
            after = after with { Group = await StaffGroups.Spelling(tx, after.Group) };
            if (before == after)
            {
                return Done.It;
            }

            if (row.Version != version)
            {
                return ChangedMeanwhile;
            }

            if (staff == caller.Staff!.Id && before with { FirstName = after.FirstName, LastName = after.LastName } != after)
            {
                return Yourself;
            }

            // Whoever has the mailbox has the account: to move it is to give all that it may.
            if (!after.MayBeGivenBy(caller.Staff.Rights, caller.Staff.AccessAllCustomers, before.Email == after.Email ? before : null))
            {
                return NotYours;
            }

            if (after.Role != StaffRole.Administrator && await IsLastAdministrator(tx, row))
            {
                return LastAdministrator;
            }

            if (await Taken(tx, staff, after, before.Email != after.Email) is { } taken)
            {
                return taken;
            }

            await Store(tx, row, before, after, address);
            return Done.It;
        });

    /// <summary>He is signed out everywhere, nobody he acts for is acted for any more, and no link that was sent to him works.</summary>
    public Task<Outcome<Done>> Deactivate(HttpContext context, Caller caller, StaffId staff) => Write(context, caller, staff, async (tx, row) =>
    {
        if (row.Status != "active")
        {
            return Done.It;
        }

        if (staff == caller.Staff!.Id)
        {
            return Yourself;
        }

        if (await IsLastAdministrator(tx, row))
        {
            return LastAdministrator;
        }

        // The stamp ends a sign-in that waits for its second step.
        (row.Status, row.SecurityStamp, row.Version) = ("inactive", Guid.NewGuid().ToString("N"), row.Version + 1);
        tx.Add(new StaffDeactivated(staff));
        await OneTimeCodes.Cancel(tx, row);
        await SignInEnds.EndAll(tx, row, "suspended");
        await Tell(tx, row, row.Email, "your account is closed until further notice");
        return Done.It;
    });

    public async Task<Outcome<Done>> Reactivate(HttpContext context, Caller caller, StaffId staff, ProofInput given) =>
        await Demand(context, caller, given) is { } refusal ? refusal : await Write(context, caller, staff, async (tx, row) =>
        {
            if (row.Status == "active")
            {
                return Done.It;
            }

            var profile = ProfileOf(row);
            if (!profile.MayBeGivenBy(caller.Staff!.Rights, caller.Staff.AccessAllCustomers, null))
            {
                return NotYours;
            }

            (row.Status, row.Version) = ("active", row.Version + 1);
            tx.Add(new StaffReactivated(staff, row.Role, profile.Extras));
            await Tell(tx, row, row.Email, $"your account is open again, as {StaffRoles.Word(row.Role)}");
            return Done.It;
        });

    public Task<Outcome<Done>> InviteAgain(HttpContext context, Caller caller, StaffId staff, string? address) =>
        Write(context, caller, staff, async (tx, row) => await invitations.Again(tx, row, address) is { } refusal ? refusal : Done.It);

    internal static StaffProfile ProfileOf(StaffRow row) => new(
        row.FirstName, row.LastName, EmailAddress.TryParse(row.Email, out var email) ? email : default, row.Role, row.StaffGroup, row.AccessAllCustomers, row.MayAdjustPrices,
        row.MayCreateCustomers);

    /// <summary>Two administrators who take the account from each other wait here, as whoever wants the same name: one after the other.</summary>
    internal static async Task Lock(Tx tx)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<int>("select 1 as \"Value\" from (select pg_advisory_xact_lock(hashtextextended('staff', 0))) q").ToListAsync(tx.Cancel);
        }
    }

    /// <summary>There is no other who could make administrators.</summary>
    internal static async Task<bool> IsLastAdministrator(Tx tx, StaffRow row) => row is { Role: StaffRole.Administrator, Status: "active" }
        && !await tx.Db.Set<StaffRow>().AnyAsync(other => other.Id != row.Id && other.Role == StaffRole.Administrator && other.Status == "active", tx.Cancel);

    private async Task<Refusal?> Demand(HttpContext context, Caller caller, ProofInput given) =>
        caller.May(Right.StaffManage) ? await proof.Demand(context, caller, given, SecondStepChanges.ProofSeconds) : AccessGate.RightMissing;

    private async Task<Outcome<Done>> Write(HttpContext context, Caller caller, StaffId staff, Func<Tx, StaffRow, Task<Outcome<Done>>> decide) =>
        !caller.May(Right.StaffManage) ? AccessGate.RightMissing : await database.Write<Done>(
            caller,
            async tx =>
            {
                await Lock(tx);
                return await people.In(tx).FindByIdAsync(staff.ToString()) is { Status: not IdentityErasing.Erased } row ? await decide(tx, row) : Unknown;
            },
            context.RequestAborted);

    private static async Task<Refusal?> Taken(Tx tx, StaffId staff, StaffProfile profile, bool isEmailNew)
    {
        var name = SearchText.SortName(profile.Name);
        var others = await tx.Db.Set<StaffRow>().AsNoTracking().Where(row => row.Id != staff && row.Status != IdentityErasing.Erased)
            .Where(row => row.EmailNormalized == profile.Email.Normalized || row.LastName == profile.LastName).ToListAsync(tx.Cancel);
        return others.Exists(row => row.EmailNormalized == profile.Email.Normalized) ? EmailTaken
            : others.Exists(row => SearchText.SortName(row.FullName) == name) ? NameTaken
            : isEmailNew && await tx.Db.Set<BuyerRow>().AnyAsync(row => row.EmailNormalized == profile.Email.Normalized, tx.Cancel) ? EmailOfBuyer
            : null;
    }

    private async Task Store(Tx tx, StaffRow row, StaffProfile before, StaffProfile after, string? address)
    {
        var told = new List<Phrase>();
        row.Version++;
        if (before.Name != after.Name || before.Email != after.Email)
        {
            (row.FirstName, row.LastName, row.Email, row.EmailNormalized) = (after.FirstName, after.LastName, after.Email.Text, after.Email.Normalized);
            tx.Add(new StaffChanged(row.Id, before.Email == after.Email ? "name" : before.Name == after.Name ? "email" : "name email", Text(before), Text(after)));
            if (before.Email != after.Email)
            {
                told.Add($"you sign in with {after.Email} from now on");
                await OneTimeCodes.Cancel(tx, row);
                row.InvitedAt = row.PasswordHash is null ? null : row.InvitedAt;
                await invitations.Send(tx, row, address);
            }
        }

        if (before.Role != after.Role)
        {
            tx.Add(new StaffRoleChanged(row.Id, before.Role, after.Role));
            row.Role = after.Role;
            told.Add($"your role is {StaffRoles.Word(after.Role)} now");
        }

        if (before.Extras != after.Extras)
        {
            tx.Add(new StaffExtrasChanged(row.Id, before.Extras, after.Extras));
            (row.AccessAllCustomers, row.MayAdjustPrices, row.MayCreateCustomers) = (after.AllCustomers, after.AdjustPrices, after.CreateCustomers);
            told.Add("you may do other things beyond your role than before");
        }

        if (before.Group != after.Group)
        {
            tx.Add(new StaffGroupChanged(row.Id, GroupCode(before.Group), GroupCode(after.Group)));
            row.StaffGroup = after.Group;
            await SessionReview.Again(tx, policies, [row.Id]);
        }

        if (after.LosesAgainst(before) || before.Email != after.Email)
        {
            // He signs in again, with the second step that his role asks for; nothing commits that rests on what he had, or on who he was.
            await SignInEnds.EndAll(tx, row, "rights-changed");
        }

        if (told.Count > 0 && row.Id != tx.Caller.Staff!.Id)
        {
            await Tell(tx, row, before.Email.Text, Phrase.Later(() => string.Join(Say(", and "), told)));
        }
    }

    private static Code? GroupCode(string? group) => group is null ? (Code?)null : new Code(group);

    private static string Text(StaffProfile profile) => $"{profile.Name}, {profile.Email}";

    // To the address that counted before: a new one could be somebody else's.
    private async Task Tell(Tx tx, StaffRow row, string email, Phrase what) =>
        outbox.Add(tx, IdentityMails.StaffChanged(row, email, what, $"{tx.Caller.Actor.Name} (administrator)", await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
}
