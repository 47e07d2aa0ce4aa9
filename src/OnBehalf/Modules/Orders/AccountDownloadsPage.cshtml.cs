using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>What the buyer has bought to download. In a session it is shown, and taken only where the shop allows it.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.OrdersView, Mode = Mode.Order, IsPersonal = true)]
public sealed class AccountDownloadsPage(Database database, DownloadQueries queries, Downloads downloads, TimeProvider clock) : ShopPage
{
    [BindProperty]
    public DownloadInput Input { get; set; } = new();

    public IReadOnlyList<BoughtFile> Files { get; private set; } = [];

    public DownloadTerms Terms { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public bool MayTake { get; private set; }

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var link = await downloads.Take(Caller, Input.Order, Input.Position, Input.File, Cancel);
        if (link.Refusal is not { } refusal)
        {
            return SeeOther(link.Value);
        }

        await Load();
        return Refused(refusal);
    }

    /// <summary>Why a file cannot be taken now.</summary>
    public string? Why(BoughtFile file) => Terms.Check(file.PaidAt, file.Times, Now)?.Sentence;

    private async Task Load()
    {
        await using var db = database.Read();
        Files = await queries.Of(db, Caller, Cancel);
        Terms = await downloads.Terms(Cancel);
        MayTake = await downloads.MayTake(Caller, Cancel) && (Caller.Session is not { } session || session.Mode >= Mode.Order);
    }
}

public sealed class DownloadInput
{
    public Guid Order { get; set; }

    public int Position { get; set; }

    public Guid File { get; set; }
}
