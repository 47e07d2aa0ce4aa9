using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Assignments that end by themselves: access to a company that was granted for a time.</summary>
public static class Assignments
{
    /// <summary>Assigns a company until a time; who has it for good, or longer, keeps that, and the answer is no.</summary>
    public static async Task<bool> Grant(Tx tx, StaffId staff, CompanyId company, DateTimeOffset until)
    {
        var row = await tx.Db.Set<StaffAssignmentRow>().SingleOrDefaultAsync(row => row.StaffId == staff && row.CompanyId == company, tx.Cancel);
        if (row is null)
        {
            tx.Db.Add(new StaffAssignmentRow { StaffId = staff, CompanyId = company, AssignedAt = tx.Now, Until = until });
        }
        else if (row.Until < until)
        {
            row.Until = until;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Takes granted access back; an assignment for good stays.</summary>
    public static async Task End(Tx tx, StaffId staff, CompanyId company)
    {
        var row = await tx.Db.Set<StaffAssignmentRow>().SingleOrDefaultAsync(
            row => row.StaffId == staff && row.CompanyId == company && row.Until != null, tx.Cancel);
        if (row is not null)
        {
            tx.Db.Remove(row);
        }
    }

    /// <summary>Removes what is over. It has not let anybody act since its end; now the customer leaves his lists, too.</summary>
    public static async Task<IReadOnlyList<(StaffId Staff, CompanyId Company)>> EndOver(Tx tx)
    {
        var now = tx.Now;
        var rows = await tx.Db.Set<StaffAssignmentRow>().Where(row => row.Until != null && row.Until <= now).Take(Reps.MostAtOnce).ToListAsync(tx.Cancel);
        tx.Db.RemoveRange(rows);
        return rows.ConvertAll(row => (row.StaffId, row.CompanyId));
    }
}
