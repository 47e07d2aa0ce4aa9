using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Identity;

/// <summary>A buyer of several companies chooses for which he buys now; the choice belongs to his sign-in and is remembered for the next.</summary>
public sealed class CompanySwitch(Database database, MembershipQueries memberships)
{
    private static readonly Refusal NotYours = Refusal.Missing("identity.company-not-yours", "You cannot buy for this company, or no longer. Choose another one.");

    public async Task<Outcome<Done>> To(Caller caller, string? membership, CancellationToken cancel)
    {
        if (caller is not { Session: null, Actor: Actor.Buyer actor, Buyer: { } buyer })
        {
            return NotYours;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var choices = await memberships.Choices(tx.Db, actor.Id, tx.Cancel);
                if (!Guid.TryParse(membership, out var id) || choices.All(choice => choice.Membership.Value != id))
                {
                    return NotYours;
                }

                if (buyer.Membership != new MembershipId(id))
                {
                    // Whoever acts for a colleague acts from the company that he leaves.
                    await SessionEnds.EndFor(tx, actor.SignIn, "company-changed");
                    var signIn = await tx.Db.Set<SignInRow>().SingleAsync(row => row.Id == actor.SignIn, tx.Cancel);
                    signIn.MembershipId = new MembershipId(id);
                    tx.Add(new CompanySwitched(buyer.Membership, new MembershipId(id)));
                }

                return Done.It;
            },
            cancel);
    }
}
