using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>Searches of the log that are kept: open one, keep one, delete one's own.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AuditSearchesPage(SavedSearches searches, AuditReading reading) : ShopPage
{
    [BindProperty]
    public KeptSearchInput Input { get; set; } = new();

    public IReadOnlyList<SavedSearch> All { get; private set; } = [];

    public async Task OnGet() => All = await searches.Of(Caller, Cancel);

    /// <summary>Keeps the search of the URL from which the form came, or deletes one.</summary>
    public async Task<IActionResult> OnPost([FromQuery] AuditInput input)
    {
        if (Input.Delete is { } deleted)
        {
            await searches.Delete(Caller, deleted, Cancel);
            return SeeOther("/admin/audit/searches");
        }

        var asked = await reading.Of(input, Cancel);
        var saved = asked.IsRefused ? asked.Refusal
            : asked.Value.Filter is { Person.IsKnown: false } or { Operator.IsKnown: false } ? SavedSearches.OfNobody : (await searches.Save(Caller, Input.Name, asked.Value.Kept(input), Input.IsShared, Cancel)).Refusal;
        if (saved is null)
        {
            return SeeOther("/admin/audit/searches");
        }

        await OnGet();
        return Refused(saved);
    }
}

public sealed class KeptSearchInput
{
    public string? Name { get; set; }

    public bool IsShared { get; set; }

    /// <summary>The one that is deleted instead.</summary>
    public Guid? Delete { get; set; }
}
