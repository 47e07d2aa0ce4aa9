using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Commissions;

/// <summary>A rule as a form has it: names as people type and choose them.</summary>
public sealed class CommissionRuleInput
{
    public string? Name { get; set; }

    public string? Share { get; set; }

    public string? Basis { get; set; } = Words.Kebab(CommissionBasis.TotalWithoutTax);

    public string? Earned { get; set; } = Words.Kebab(CommissionEarned.Paid);

    public string? Part { get; set; } = Words.Kebab(CommissionPart.Representative);

    /// <summary>Days.</summary>
    public string? Window { get; set; }

    /// <summary>How the order came about; empty: however.</summary>
    public string? Channel { get; set; }

    /// <summary>An id.</summary>
    public string? Staff { get; set; }

    public string? Group { get; set; }

    /// <summary>The code of a category.</summary>
    public string? Category { get; set; }

    /// <summary>The number of a company.</summary>
    public string? Customer { get; set; }

    public string? IsOn { get; set; } = "true";

    /// <summary>The version that was shown; 0 for a new one.</summary>
    public int Version { get; set; }
}

/// <summary>The rules of commissions. What is stored is another version; orders that are placed keep the one they have.</summary>
public sealed class CommissionRules(Database database)
{
    /// <summary>Rules at once.</summary>
    public const int Most = 500;

    private static readonly Refusal StaffUnknown = Refusal.Invalid("commissions.staff-unknown", "Staff member: choose one of the list.", "Staff");
    private static readonly Refusal GroupUnknown = Refusal.Invalid("commissions.group-unknown", "Group: choose one of the list.", "Group");
    private static readonly Refusal CategoryUnknown = Refusal.Invalid("commissions.category-unknown", "Category: choose one of the list.", "Category");
    private static readonly Refusal CustomerUnknown = Refusal.Invalid("commissions.customer-unknown", "Customer: there is no company with this number.", "Customer");
    private static readonly Refusal ChannelUnknown = Refusal.Invalid("commissions.channel-unknown", "Ordered: choose one of the list.", "Channel");
    private static readonly Refusal RuleMissing = Refusal.Missing("commissions.rule-missing", "There is no such rule.");
    private static readonly Refusal Changed = Refusal.Conflict("commissions.rule-changed-meanwhile", "Somebody else has changed this rule since you opened the page. Nothing was stored. Open it again and look.");
    private static readonly Refusal TooMany = Refusal.Conflict("commissions.too-many-rules", $"There are {Most} rules, and not more than that. Change one that is off.");

    private const string Known = """
        select (select s.id from staff s where s.id = {0} and s.status <> 'erased') as "Staff", (select min(s.staff_group) from staff s where s.staff_group = {1}) as "Group",
            (select c.id from category c where c.code = {2}) as "Category", (select c.id from company c where c.number = {3}) as "Company",
            (select cast(count(*) as integer) from commission_rule r where r.version = 1) as "Rules"
        """;

    /// <param name="rule">Null: a new one.</param>
    public async Task<Outcome<CommissionRuleId>> Store(Caller caller, CommissionRuleId? rule, CommissionRuleInput input, CancellationToken cancel)
    {
        var draft = Draft(input);
        return draft.IsRefused ? draft.Refusal : await database.Write<CommissionRuleId>(caller, tx => Store(tx, rule, input), cancel);
    }

    /// <summary>What was typed, with whom and what it names.</summary>
    internal static async Task<Outcome<CommissionTerms>> Read(ShopDb db, CommissionRuleInput input, CancellationToken cancel)
    {
        var draft = Draft(input);
        if (draft.IsRefused)
        {
            return draft.Refusal;
        }

        var (staff, group, category, customer) = (Empty(input.Staff), Empty(input.Group), Empty(input.Category), Empty(input.Customer));
        var known = (await db.Rows<KnownScope>(Known, Guid.TryParse(staff, out var person) ? person : Guid.Empty, group ?? "", category ?? "", customer ?? "").ToListAsync(cancel))[0];
        var channel = Words.TryParse<CommissionChannel>(input.Channel, out var how) ? how : (CommissionChannel?)null;
        return staff is not null && known.Staff is null ? StaffUnknown
            : group is not null && known.Group is null ? GroupUnknown
            : category is not null && known.Category is null ? CategoryUnknown
            : customer is not null && known.Company is null ? CustomerUnknown
            : Empty(input.Channel) is not null && channel is null ? ChannelUnknown
            : known.Scope with { Channel = channel } is var scope && draft.Value.For(scope.Staff).Refusal is { } refusal ? refusal
            : new CommissionTerms(draft.Value, scope, known.Rules);
    }

    private static Outcome<CommissionDraft> Draft(CommissionRuleInput input) => CommissionDraft.Read(
        input.Name, input.Share, Words.TryParse<CommissionBasis>(input.Basis, out var basis) ? basis : null, Words.TryParse<CommissionEarned>(input.Earned, out var earned) ? earned : null,
        Words.TryParse<CommissionPart>(input.Part, out var part) ? part : null, input.Window);

    private static async Task<Outcome<CommissionRuleId>> Store(Tx tx, CommissionRuleId? rule, CommissionRuleInput input)
    {
        if (tx.Caller.IsAssisting)
        {
            return AccessGate.NotInSession;
        }

        if (tx.Caller.Staff is not { } by || !tx.Caller.May(Right.CommissionsChange))
        {
            return AccessGate.RightMissing;
        }

        var before = rule is { } id ? await tx.Db.Set<CommissionRuleRow>().AsNoTracking().Where(row => row.Id == id).OrderByDescending(row => row.Version).FirstOrDefaultAsync(tx.Cancel) : null;
        if (rule is not null && before is null)
        {
            return RuleMissing;
        }

        if (before is not null && before.Version != input.Version)
        {
            return Changed;
        }

        var read = await Read(tx.Db, input, tx.Cancel);
        if (read.IsRefused)
        {
            return read.Refusal;
        }

        if (before is null && read.Value.Rules >= Most)
        {
            return TooMany;
        }

        var (draft, scope) = (read.Value.Draft, read.Value.Scope);
        var row = new CommissionRuleRow
        {
            Id = rule ?? IId<CommissionRuleId>.New(), Version = (before?.Version ?? 0) + 1, Name = draft.Name, ShareMillionths = draft.Share.Millionths, Basis = draft.Basis, Earned = draft.Earned,
            Part = draft.Part, WindowDays = draft.WindowDays, Channel = scope.Channel, StaffId = scope.Staff, StaffGroup = scope.Group, CategoryId = scope.Category, CompanyId = scope.Customer, IsOn = input.IsOn == "true", FromAt = tx.Now, ById = by.Id,
        };
        tx.Db.Add(row);
        tx.Add(new CommissionRuleChanged(row.Id, row.Version, before is null ? "none" : Terms(before), Terms(row)));
        return row.Id;
    }

    private static string Terms(CommissionRuleRow row) => $"{new Percentage(row.ShareMillionths)} {Words.Kebab(row.Basis)} {Words.Kebab(row.Earned)} {Words.Kebab(row.Part)} {row.WindowDays} {(row.IsOn ? "on" : "off")}";

    private static string? Empty(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;

    private sealed record KnownScope(Guid? Staff, string? Group, Guid? Category, Guid? Company, int Rules)
    {
        public CommissionScope Scope => new(
            Staff is { } staff ? new StaffId(staff) : null, Group, Category is { } category ? new CategoryId(category) : null, Company is { } company ? new CompanyId(company) : null, null);
    }
}

/// <summary>A rule as it was read.</summary>
/// <param name="Rules">How many there are already.</param>
internal sealed record CommissionTerms(CommissionDraft Draft, CommissionScope Scope, int Rules);
