using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is closed in sessions, by the role of the operator: ticked, or by name.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class ClosedPagesPage(ClosedPages pages) : ShopPage
{
    private IReadOnlyDictionary<string, AssistClosedRow> _now = new Dictionary<string, AssistClosedRow>();

    [BindProperty]
    public ClosedInput Input { get; set; } = new();

    public bool IsStored { get; private set; }

    public static IEnumerable<(string Value, string Words)> TicksOf(string role) =>
        ClosablePage.All.Select(page => ($"{role}:{page.Name}", page.Words.ToString()));

    public async Task OnGet(bool stored)
    {
        IsStored = stored;
        await Load();
        Show();
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await pages.Change(Caller, new ClosedWish(Input.Seen, Input.Ticked ?? [], Input.Names, Input.Roles ?? []), Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther("/admin/assistance/closed?stored=true");
        }

        await Load();
        if (refusal.Kind == RefusalKind.Conflict)
        {
            Show();
        }

        return Refused(refusal);
    }

    public string? ChangeOf(string role) => _now.GetValueOrDefault(role) is { } row
        ? Say($"Changed by {row.ChangedBy} on {row.ChangedAt.UtcDateTime:d MMM yyyy, HH:mm} UTC.")
        : null;

    public string? ErrorOf(string field) => ModelState["Input." + field]?.Errors is [var first, ..] ? first.ErrorMessage : null;

    private async Task Load() => _now = await pages.All(Cancel);

    private void Show()
    {
        Input.Seen = ClosedPages.Text(_now.Values);
        Input.Ticked = Input.Seen.Split(' ');
    }
}

public sealed class ClosedInput
{
    /// <summary>What was closed when the form was opened.</summary>
    public string? Seen { get; set; }

    /// <summary>Each as `role:name`.</summary>
    public string[]? Ticked { get; set; }

    /// <summary>Further ones by name or alias.</summary>
    public string? Names { get; set; }

    /// <summary>The roles for which <see cref="Names"/> are meant.</summary>
    public string[]? Roles { get; set; }
}
