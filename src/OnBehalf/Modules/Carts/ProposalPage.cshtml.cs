using Microsoft.AspNetCore.Mvc;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>What somebody proposes for the buyer's cart, who takes all of it, some lines or nothing. Never in a session: nobody takes what he proposed himself.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CartsChange)]
public sealed class ProposalPage(Database database, ProposalQueries queries, Proposals proposals) : ShopPage
{
    [BindProperty]
    public ProposalInput Input { get; set; } = new();

    public ShownProposal Proposal { get; private set; } = null!;

    private bool IsAgain => Request.Method == HttpMethods.Post;

    public async Task<IActionResult> OnGet(Guid id) => await Load(id) ? Page() : Missing();

    public async Task<IActionResult> OnPost(Guid id)
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var chosen = Input.Chosen.Select(product => new ProductId(product)).ToHashSet();
        var outcome = Input.Do switch
        {
            "all" => await proposals.Take(Caller, id, Input.Seen, chosen, Input.Coupons, all: true, Cancel),
            "some" => await proposals.Take(Caller, id, Input.Seen, chosen, Input.Coupons, all: false, Cancel),
            "decline" => await proposals.Decline(Caller, id, Input.Answer, Cancel),
            _ => Refusal.Invalid("carts.nothing-chosen", "Choose what to do."),
        };
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther($"{Proposals.Path}/{id}");
        }

        return !await Load(id) ? Missing() : Refused(refusal.Field is "Answer" ? refusal : refusal with { Field = null });
    }

    /// <summary>What nothing stands against is ticked; what he changed himself is for him to tick.</summary>
    public bool IsTicked(ShownProposedLine line) => IsAgain && Input.Do != "decline" ? Input.Chosen.Contains(line.Line.Product.Value) : line.State == MergeState.Free;

    public string? AnswerError => ModelState.TryGetValue("Input.Answer", out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    private async Task<bool> Load(Guid id)
    {
        await using var db = database.Read();
        if (await queries.One(db, Caller, id, Cancel) is not { } proposal)
        {
            return false;
        }

        Proposal = proposal;
        return true;
    }
}

public sealed class ProposalInput
{
    /// <summary>`all`, `some` or `decline`.</summary>
    public string? Do { get; set; }

    public Guid Cart { get; set; }

    public int Version { get; set; }

    /// <summary>Articles that are ticked.</summary>
    public List<Guid> Chosen { get; set; } = [];

    /// <summary>The coupons are ticked.</summary>
    public bool Coupons { get; set; }

    public string? Answer { get; set; }

    public SeenCart Seen => new(Cart, Version);
}
