using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>Where somebody new belongs.</summary>
/// <param name="Company">None for a consumer.</param>
/// <param name="Name">Of the company.</param>
/// <param name="Joins">The address of which its owner's account was shown and accepted: he gets a further place instead of an account.</param>
/// <param name="ShopAddress">For the link of the mail, without a slash at the end; null when the shop does not know its own.</param>
public sealed record NewPlace(CompanyId? Company, string Name, string? Joins, string? ShopAddress)
{
    /// <summary>The company comes into being in this transaction: there is nobody to tell.</summary>
    public bool IsNew { get; init; }
}

/// <summary>Who has a place now.</summary>
public readonly record struct NewMember(MembershipId Membership, BuyerId Buyer);

/// <summary>Creates buyers and their places in companies, inside somebody's transaction: with the mail to choose a password, and findable at once.</summary>
public sealed class NewPeople(KnownPersonQueries people, Invitations invitations, Outbox outbox, ShopSettings settings)
{
    /// <summary>One answer for everybody of whom the caller may not know: staff, customers of others, closed accounts.</summary>
    public static readonly Refusal NotUsable = Refusal.Invalid(
        "people.email-not-usable", "E-mail: nobody can be created with this address here. Use another address of this person, or ask your supervisor.", nameof(NewPerson.Email));

    private static readonly Refusal TooMany = Refusal.Conflict(
        "people.too-many", "You have created many people within the last hour, and each of them got a mail. Nothing was created now. Try again later, or have the shop import them.");

    /// <param name="notCreated">Is told why it was <see cref="NotUsable"/>, for the log.</param>
    public async Task<Outcome<NewMember>> Add(Tx tx, NewPerson person, NewPlace place, Action<PersonNotCreated> notCreated)
    {
        if (await invitations.AreTooMany(tx))
        {
            return TooMany;
        }

        var known = await people.Find(tx.Db, tx.Caller, person.Email, place.Company, tx.Cancel);
        if (known.IsFree)
        {
            return await Create(tx, person, place);
        }

        if (known.Member is not null)
        {
            return Already(known, place);
        }

        if (!known.CanJoin)
        {
            notCreated(new PersonNotCreated(place.Company, known.IsStaff ? "staff" : known.IsHeldBack ? "protected" : known.IsActive ? "elsewhere" : "closed", person.Email.Text)
            {
                OfBuyer = known.Buyer is { } owner ? new BuyerId(owner) : null, OfStaff = known.Staff is { } staff ? new StaffId(staff) : null,
            });
            return NotUsable;
        }

        return place.Joins == person.Email.Normalized
            ? await Join(tx, new BuyerId(known.Buyer!.Value), person.Role, place)
            : Refusal.Conflict("people.has-account", "There is an account with this address already. See below whose it is.");
    }

    private static Refusal Already(KnownPerson known, NewPlace place) =>
        place.Company is null ? Refusal.Invalid("people.already-member", $"E-mail: {known.Name} is a private customer already.", nameof(NewPerson.Email))
        : known.IsMember && known.IsActive ? Refusal.Invalid("people.already-member", $"E-mail: {known.Name} is one of the people of {place.Name} already.", nameof(NewPerson.Email))
        : Refusal.Invalid("people.already-member", $"E-mail: {known.Name} is one of the people of {place.Name} already, but not active.", nameof(NewPerson.Email));

    private async Task<NewMember> Create(Tx tx, NewPerson person, NewPlace place)
    {
        var buyer = new BuyerRow
        {
            Id = IId<BuyerId>.New(), Email = person.Email.Text, EmailNormalized = person.Email.Normalized, FirstName = person.Profile.FirstName,
            LastName = person.Profile.LastName, Phone = person.Profile.Phone, Status = "active", SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = tx.Now, Version = 1,
        };
        tx.Db.Add(buyer);
        var membership = await Place(tx, buyer, person.Role, place);
        tx.Add(new PersonCreated(buyer.Id, place.Company, membership, person.Role.Kind, buyer.FullName, buyer.Email) { OwnRole = person.Role.Own });
        await invitations.Send(tx, buyer, place.ShopAddress);
        return new NewMember(membership, buyer.Id);
    }

    private async Task<Outcome<NewMember>> Join(Tx tx, BuyerId id, GivenRole role, NewPlace place)
    {
        var buyer = await tx.Db.Set<BuyerRow>().SingleAsync(row => row.Id == id, tx.Cancel);
        var membership = await Place(tx, buyer, role, place);
        tx.Add(new MembershipAdded(buyer.Id, place.Company, membership, role.Kind) { OwnRole = role.Own });
        outbox.Add(tx, IdentityMails.MembershipAdded(buyer, place.Company is null ? null : place.Name, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
        await invitations.Send(tx, buyer, place.ShopAddress);
        return new NewMember(membership, buyer.Id);
    }

    private async Task<MembershipId> Place(Tx tx, BuyerRow buyer, GivenRole role, NewPlace place)
    {
        var membership = new MembershipRow
        {
            Id = IId<MembershipId>.New(), BuyerId = buyer.Id, CompanyId = place.Company, Role = role.Kind, CompanyRoleId = role.Own, Status = "active",
            SortName = SearchText.SortName($"{buyer.LastName} {buyer.FirstName}"), CreatedAt = tx.Now,
        };
        tx.Db.Add(membership);
        await CustomerIndex.Rewrite(tx, membership.Id, place.Company, buyer.FirstName, buyer.LastName, buyer.Email, buyer.ExternalId);
        if (tx.Caller.Staff is { } staff && place is { Company: { } company, IsNew: false })
        {
            var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
            var word = (await CompanyRoleQueries.Held(tx.Db, company, role, tx.Cancel))?.Word ?? BuyerRoles.Word(role.Kind);
            foreach (var reader in await CompanyContacts.AndAdministrators(tx.Db, company, tx.Cancel))
            {
                outbox.Add(tx, IdentityMails.Joined(
                    reader.Person, reader.Email, reader.Name, place.Name, buyer.FullName, word, $"{staff.Name} ({StaffRoles.Word(staff.Role)})", shop));
            }
        }

        return membership.Id;
    }
}
