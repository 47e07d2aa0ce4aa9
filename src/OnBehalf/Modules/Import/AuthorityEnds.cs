using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Import;

/// <summary>
/// What an import takes from people it takes at once: sign-ins of who is no longer active, and assisted sessions of operators and for buyers whose rights are
/// not what they were when the session began. In the transaction of the import, so that no write of theirs commits after it.
/// </summary>
internal static class AuthorityEnds
{
    private const string Membership = "membership m on m.buyer_id = p.buyer_id and m.company_id is not distinct from p.company_id";

    public static async Task Run(WorkConnection work, Tx tx, ShopPolicies policies, Func<PackageFile, bool> isIn)
    {
        if (!isIn(PackageFormat.Staff) && !isIn(PackageFormat.Companies) && !isIn(PackageFormat.Contacts))
        {
            return;
        }

        await SessionReview.Hold(tx);
        var (signIns, sessions) = (new List<string>(), new List<string>());
        if (isIn(PackageFormat.Staff))
        {
            signIns.Add("select i.id from plan_staff p join staff s on s.email_normalized = p.email_normalized join sign_in i on i.staff_id = s.id where p.change = 1 and (p.status <> 'active' or p.role <> p.old_role) and i.ended_at is null");
            sessions.Add(
                """
                select x.id from plan_staff p join staff s on s.email_normalized = p.email_normalized join assisted_session x on x.operator_staff_id = s.id
                where p.change = 1 and x.status = 'active'
                    and (p.role <> p.old_role or p.access_all_customers <> p.old_access_all_customers or p.may_adjust_prices <> p.old_may_adjust_prices)
                """);
        }

        if (isIn(PackageFormat.Companies))
        {
            signIns.Add("select i.id from plan_company p join company c on c.number = p.number join membership m on m.company_id = c.id join sign_in i on i.membership_id = m.id where p.change = 1 and p.status = 'blocked' and i.ended_at is null");
            sessions.Add(
                """
                select x.id from plan_company p join company c on c.number = p.number join assisted_session x on x.company_id = c.id
                where p.change = 1 and x.status = 'active'
                    and (p.status <> p.old_status or (x.operator_staff_id = p.old_sales_rep_id and p.old_sales_rep_id is distinct from p.sales_rep_id))
                """);
        }

        if (isIn(PackageFormat.Contacts))
        {
            signIns.Add($"select i.id from plan_membership p join {Membership} join sign_in i on i.membership_id = m.id where p.change = 1 and p.status <> 'active' and i.ended_at is null");
            sessions.Add(
                $"""
                select x.id from plan_membership p join {Membership} join assisted_session x on (x.membership_id = m.id or x.operator_membership_id = m.id)
                where p.change = 1 and x.status = 'active' and (p.role <> p.old_role or p.status <> p.old_status)
                """);
        }

        await EndSignIns(work, tx, signIns);
        await EndSessions(work, tx, sessions);

        // Groups, countries, the tree: what they change for those who act now, the rules say.
        await SessionReview.Run(tx, policies, await policies.Now(tx.Db, tx.Cancel));
    }

    private static async Task EndSignIns(WorkConnection work, Tx tx, List<string> queries)
    {
        foreach (var id in await Ids(work, tx, queries))
        {
            await SignInEnds.End(tx, await tx.Db.Set<SignInRow>().SingleAsync(row => row.Id == new SignInId(id), tx.Cancel), "suspended");
        }
    }

    private static async Task EndSessions(WorkConnection work, Tx tx, List<string> queries)
    {
        foreach (var id in await Ids(work, tx, queries))
        {
            await SessionEnds.EndOne(tx, new AssistedSessionId(id), "rights-changed");
        }
    }

    private static async Task<List<Guid>> Ids(WorkConnection work, Tx tx, List<string> queries) =>
        queries.Count == 0 ? [] : await work.Rows(string.Join(" union ", queries), reader => reader.GetGuid(0), tx.Cancel);
}
