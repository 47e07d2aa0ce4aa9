using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Which staff member somebody is whom the provider knows: by subject once linked, by verified address before, never a buyer.</summary>
public sealed class ProviderStaff
{
    private const string NoEntry = "provider-no-entry";

    /// <summary>
    /// Nobody, and why, when he has no entry here: no account, not active, no group that means a role, or none that means the one that must not be lost with him.
    /// </summary>
    internal async Task<(StaffRow? Staff, Code Why)> Find(Tx tx, UserManager<StaffRow> users, ProviderSettings settings, ProviderPerson person)
    {
        if (settings.RoleOf(person.Groups) is not { } role)
        {
            return (null, NoEntry);
        }

        var link = await tx.Db.Set<ProviderLinkRow>().SingleOrDefaultAsync(row => row.Issuer == settings.IssuerText && row.Subject == person.Subject, tx.Cancel);
        var staff = link is not null ? await users.FindByIdAsync(link.StaffId.ToString()) : await Meet(tx, users, settings, person, role);
        if (staff is not { Status: "active" })
        {
            return (null, NoEntry);
        }

        if (staff.Role != role)
        {
            // The administrator whom the provider calls something else comes in as neither, until another one is there.
            await StaffMembers.Lock(tx);
            if (await StaffMembers.IsLastAdministrator(tx, staff))
            {
                return (null, "provider-last-administrator");
            }

            tx.Add(new StaffRoleChanged(staff.Id, staff.Role, role));
            staff.Role = role;
            staff.Version++;
            await SignInEnds.EndAll(tx, staff, "rights-changed");
        }

        return (staff, "");
    }

    // The first time. An address that the provider has not verified is anybody's; a staff member who is linked already is somebody else there.
    private static async Task<StaffRow?> Meet(Tx tx, UserManager<StaffRow> users, ProviderSettings settings, ProviderPerson person, StaffRole role)
    {
        if (!EmailAddress.TryParse(person.Email, out var address))
        {
            return null;
        }

        var known = await users.FindByEmailAsync(address.Normalized);
        if (known is not null && (known.Status != "active" || await tx.Db.Set<ProviderLinkRow>().AnyAsync(row => row.Issuer == settings.IssuerText && row.StaffId == known.Id, tx.Cancel)))
        {
            return null;
        }

        if (known is null && !settings.CreatesStaff)
        {
            return null;
        }

        var staff = known ?? await Make(tx, users, address, person, role);
        tx.Db.Add(new ProviderLinkRow { Issuer = settings.IssuerText, Subject = person.Subject, StaffId = staff.Id, LinkedAt = tx.Now });
        tx.Add(new ProviderLinked(staff.Id, known is null ? "made" : "linked", person.Subject));
        return staff;
    }

    // Without a password: he comes in by the provider, or asks for one by mail. Customers are given to him by hand.
    private static async Task<StaffRow> Make(Tx tx, UserManager<StaffRow> users, EmailAddress address, ProviderPerson person, StaffRole role)
    {
        var staff = new StaffRow
        {
            Id = IId<StaffId>.New(), Email = address.Text, EmailNormalized = address.Normalized, FirstName = Name(person.FirstName) ?? address.Text.Split('@')[0],
            LastName = Name(person.LastName) ?? "", Role = role, AccessAllCustomers = role == StaffRole.Administrator, Status = "active", SecurityStamp = "",
            CreatedAt = tx.Now, Version = 1,
        };
        var created = await users.CreateAsync(staff);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException($"Identity refused what our rules accept: {created}");
        }

        tx.Add(new StaffCreated(staff.Id, staff.Role, StaffMembers.ProfileOf(staff).Extras, null, staff.Email, staff.FirstName, staff.LastName));
        return staff;
    }

    private static string? Name(string? text) =>
        text is null ? null : string.Concat(text.Where(c => !char.IsControl(c)).Take(100)).Trim() is { Length: > 0 } name ? name : null;
}
