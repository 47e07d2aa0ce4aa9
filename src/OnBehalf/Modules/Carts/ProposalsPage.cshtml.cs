using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Carts;

/// <summary>What was proposed to the buyer for his carts, and what became of it.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CartsChange)]
public sealed class ProposalsPage(Database database, ProposalQueries queries) : ShopPage
{
    public IReadOnlyList<ListedProposal> All { get; private set; } = [];

    public async Task OnGet()
    {
        await using var db = database.Read();
        All = await queries.Of(db, Caller, Cancel);
    }
}
