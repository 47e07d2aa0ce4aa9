using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Identity;

/// <summary>Groups of staff: names that rules speak of. There is a group as long as somebody is in it.</summary>
public sealed class StaffGroups(Database database, ShopPolicies policies)
{
    private static readonly Refusal Unknown = Refusal.Missing("staff.group-unknown", "Nobody is in a group of this name.");
    private static readonly Refusal NameMissing = Refusal.Invalid("staff.group-name-missing", "New name: please type it.", "Group");

    /// <summary>Renames a group with all its members. Into the name of another one: they become one.</summary>
    public async Task<Outcome<Done>> Rename(Caller caller, string before, string? typed, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        var name = StaffProfile.ReadGroup(typed, refusals);
        if (!caller.May(Right.StaffManage) || refusals.Count > 0 || name is null)
        {
            return !caller.May(Right.StaffManage) ? AccessGate.RightMissing : refusals.Count > 0 ? refusals[0] : NameMissing;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                await StaffMembers.Lock(tx);
                var members = await tx.Db.Set<StaffRow>().Where(row => row.StaffGroup == before && row.Status != IdentityErasing.Erased).ToListAsync(tx.Cancel);
                if (members.Count == 0)
                {
                    return Unknown;
                }

                // A name that differs in capitals alone is the same group to the rules.
                var isSame = string.Equals(name, before, StringComparison.OrdinalIgnoreCase);
                var after = isSame ? name : await Spelling(tx, name);
                if (after == before)
                {
                    return Done.It;
                }

                if (members.Exists(row => row.Id == caller.Staff!.Id) && !isSame)
                {
                    return Refusal.Conflict("staff.own-group", "You are in this group yourself, and rules may speak of it. Another administrator renames it.");
                }

                var rule = (await policies.Now(tx.Db, tx.Cancel)).Rules.FirstOrDefault(rule => Names(rule.Groups, before) && !Names(rule.Groups, after!));
                if (!isSame && rule is not null)
                {
                    return Refusal.Conflict("staff.group-in-rules", $"The rule \"{rule.Name}\" in force speaks of this group and would not find it any more. Put rules with both names in force first.");
                }

                foreach (var row in members)
                {
                    (row.StaffGroup, row.Version) = (after, row.Version + 1);
                }

                tx.Add(new StaffGroupRenamed(before, after!, members.Count));
                await SessionReview.Again(tx, policies, [.. members.Select(row => row.Id)]);
                return Done.It;
            },
            cancel);
    }

    private static bool Names(IReadOnlyList<string> groups, string name) => groups.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A group as it is written already, if it is there.</summary>
    internal static async Task<string?> Spelling(Tx tx, string? group) => group is null ? null
        : (await tx.Db.Set<StaffRow>().Where(row => row.StaffGroup != null).Select(row => row.StaffGroup!).Distinct().OrderBy(name => name).ToListAsync(tx.Cancel))
            .Find(name => string.Equals(name, group, StringComparison.OrdinalIgnoreCase)) ?? group;
}
