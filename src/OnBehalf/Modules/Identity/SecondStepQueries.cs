using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>What a staff member has for his second step.</summary>
/// <param name="Since">When his app was confirmed; null: he has none.</param>
public sealed record SecondStepState(DateTimeOffset? Since, int CodesLeft, int Passkeys)
{
    public bool HasApp => Since is not null;
}

/// <summary>Second steps, for showing.</summary>
public sealed class SecondStepQueries(Database database)
{
    public async Task<SecondStepState> Of(StaffId staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<SecondStepState>(
            """
            select a.confirmed_at as "Since", cast((select count(*) from recovery_code c where c.staff_id = s.id) as integer) as "CodesLeft",
                cast((select count(*) from passkey p where p.staff_id = s.id) as integer) as "Passkeys"
            from staff s left join authenticator a on a.staff_id = s.id where s.id = {0}
            """,
            staff.Value).ToListAsync(cancel))[0];
    }

    /// <summary>How long ago he proved who he is in this sign-in.</summary>
    public async Task<ProofAge> Age(SignInId signIn, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ProofAge>(StaffProof.AgeSql(database), signIn.Value).ToListAsync(cancel))[0];
    }
}
