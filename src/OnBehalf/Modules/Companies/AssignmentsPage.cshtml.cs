using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Who serves which customers, for many customers at once: by filter, or by a file.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class AssignmentsPage(Reps reps, RepQueries queries) : ShopPage
{
    private const int LongestFile = 1_000_000;

    [BindProperty(SupportsGet = true)]
    public string? Country { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Segment { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Rep { get; set; }

    [BindProperty]
    public AssignmentsInput Input { get; set; } = new();

    public int Count { get; private set; }

    /// <summary>Which customers are shown.</summary>
    public string Mark { get; private set; } = "";

    public IReadOnlyList<RepCompany> First { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Countries { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Segments { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Groups { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Present { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Choices { get; private set; } = [];

    public IReadOnlyList<RepFault> Faults { get; private set; } = [];

    public bool IsOneRep => Guid.TryParse(Rep, out _);

    public string? Done => Request.Query["done"];

    private RepFilter Filter => new(Country, Segment, Group, Rep);

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        await Load();
        if (Input.Do == "load")
        {
            return await LoadFile();
        }

        var staff = Guid.TryParse(Input.Staff, out var id) ? new StaffId(id) : (StaffId?)null;
        var outcome = Input.Do is "assign" or "move" or "take" ? await reps.Many(Caller, Filter, Input.Do, staff, Input.Shown, Cancel)
            : Refusal.Invalid("reps.nothing-chosen", "Choose what to do with these customers.", "Do");
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/admin/assignments?done={outcome.Value}");
    }

    private async Task<IActionResult> LoadFile()
    {
        if (Input.Lines is null or { Length: 0 or > LongestFile })
        {
            return Refused(Refusal.Invalid("reps.file-wrong", "Lines: paste up to 5,000 lines of a file: number of the company, address of the staff member, yes for the contact.", "Lines"));
        }

        var lines = RepFile.Read(Input.Lines);
        var outcome = lines.Count > Reps.MostAtOnce
            ? Refusal.Invalid("reps.file-wrong", "Lines: paste up to 5,000 lines of a file: number of the company, address of the staff member, yes for the contact.", "Lines")
            : await reps.Load(Caller, lines, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Faults = outcome.Value;
        return Faults.Count == 0 ? SeeOther($"/admin/assignments?done={lines.Count}")
            : Refused(Refusal.Invalid("reps.lines-wrong", $"{(Faults.Count == 1 ? "One line is" : $"{Faults.Count} lines are")} wrong. Nothing was changed.", "Lines"));
    }

    private async Task Load()
    {
        var (count, mark, first, segments, groups) = await queries.Find(Filter, Cancel);
        (Count, Mark, First) = (count, mark, first);
        Countries = [("", "all"), .. Kernel.Country.InOrder.Select(country => (country.Code, country.Name))];
        Segments = [("", "all"), .. segments.Select(segment => (segment, segment))];
        Groups = [("", "all"), .. groups];
        var staff = await queries.Staff(Cancel);
        Present = [("", "all"), ("none", Say("nobody serves them")), .. staff.Where(one => one.Customers > 0).Select(one => (one.Id.ToString(), RepsPage.Words(one)))];
        Choices = [("", Say("please choose")), .. staff.Where(one => one.Status == "active" && one.Id != Caller.Staff!.Id.Value).Select(one => (one.Id.ToString(), RepsPage.Words(one)))];
    }
}

public sealed class AssignmentsInput
{
    /// <summary>`assign`, `move`, `take`, `load`.</summary>
    public string? Do { get; set; }

    public string? Staff { get; set; }

    /// <summary>Which customers were shown.</summary>
    public string? Shown { get; set; }

    public string? Lines { get; set; }
}
