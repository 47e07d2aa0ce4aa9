using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Preferences;

/// <summary>What a buyer himself says yes or no to: the newsletter, by an answer to a mail, and being remembered. Never in a session.</summary>
public sealed class BuyerPreferences(Database database, Outbox outbox, ShopSettings settings)
{
    /// <summary>The newest articles that are remembered.</summary>
    public const int MostViewed = 12;

    public const string Purpose = "newsletter";

    private static readonly TimeSpan Validity = TimeSpan.FromDays(3);

    // Nobody fills a mailbox, his own or that of whose account he has got into.
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    private static readonly Refusal AskedJustNow = Refusal.Conflict("preferences.asked-just-now", "A mail has just been sent to you. Look for it, or ask for another one in five minutes.");

    /// <summary>Mails a link to his address; nothing is agreed to until it is used.</summary>
    /// <param name="address">Of the shop, for the link.</param>
    public Task<Outcome<Done>> AskNewsletter(Caller caller, string? address, CancellationToken cancel) => Change(caller, cancel, async (tx, row, person) =>
    {
        if (row.Newsletter == "confirmed" && row.NewsletterEmail == person.Email)
        {
            return null;
        }

        if (row.NewsletterAskedAt > tx.Now - Between)
        {
            return AskedJustNow;
        }

        (row.Newsletter, row.NewsletterAskedAt) = ("asked", tx.Now);
        tx.Add(new NewsletterAsked(person.Id));
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        var code = await OneTimeCodes.Issue(tx, person.Row, Purpose, Validity);
        outbox.Add(tx, PreferenceMails.ConfirmNewsletter(person, shop, address is null ? null : address + "/account/newsletter", code));
        return null;
    });

    public Task<Outcome<Done>> WithdrawNewsletter(Caller caller, CancellationToken cancel) => Change(caller, cancel, async (tx, row, person) =>
    {
        if (row.Newsletter == "none")
        {
            return null;
        }

        tx.Add(new NewsletterWithdrawn(person.Id, row.Newsletter));
        (row.Newsletter, row.NewsletterEmail, row.NewsletterWithdrawnAt) = ("none", null, tx.Now);
        await OneTimeCodes.Cancel(tx, person.Row, Purpose);
        return null;
    });

    /// <summary>The answer to the mail, from whoever reads it.</summary>
    public Task<Outcome<Done>> ConfirmNewsletter(Caller nobody, byte[] codeHash, CancellationToken cancel) => database.Write<Done>(
        nobody,
        async tx =>
        {
            if (await OneTimeCodes.Use(tx, codeHash) is not { Purpose: Purpose, BuyerId: { } id }
                || await PreferenceQueries.Person(tx, id) is not { } person
                || await tx.Db.Set<BuyerPreferenceRow>().SingleOrDefaultAsync(row => row.BuyerId == id, tx.Cancel) is not { Newsletter: "asked" } row)
            {
                return OneTimeCodes.Dead;
            }

            (row.Newsletter, row.NewsletterConfirmedAt, row.NewsletterEmail) = ("confirmed", tx.Now, person.Email);
            tx.Add(new NewsletterConfirmed(id, person.Email));
            return Done.It;
        },
        cancel);

    /// <summary>Off: what was remembered goes at once.</summary>
    public Task<Outcome<Done>> AllowTracking(Caller caller, bool isAllowed, CancellationToken cancel) => Change(caller, cancel, async (tx, row, person) =>
    {
        if (row.AllowsTracking == isAllowed)
        {
            return null;
        }

        (row.AllowsTracking, row.TrackingChangedAt) = (isAllowed, tx.Now);
        if (isAllowed)
        {
            tx.Add(new TrackingAllowed(person.Id));
            return null;
        }

        var viewed = await tx.Db.Set<ViewedProductRow>().Where(one => one.BuyerId == person.Id).ToListAsync(tx.Cancel);
        tx.Db.RemoveRange(viewed);
        tx.Add(new TrackingWithdrawn(person.Id, viewed.Count));
        return null;
    });

    /// <summary>He looks at an article himself: it is remembered where he lets it be, and only the last ones. What an operator looks at is not his.</summary>
    public async Task Viewed(Caller caller, ProductId product, CancellationToken cancel)
    {
        if (caller is not { Session: null, Buyer.Id: var buyer } || !await Allows(buyer, cancel))
        {
            return;
        }

        await database.Write<Done>(
            caller,
            async tx =>
            {
                // Asked again: it may have been withdrawn since.
                if (await tx.Db.Set<BuyerPreferenceRow>().SingleOrDefaultAsync(row => row.BuyerId == buyer, tx.Cancel) is not { AllowsTracking: true })
                {
                    return Done.It;
                }

                var viewed = await tx.Db.Set<ViewedProductRow>().Where(row => row.BuyerId == buyer).ToListAsync(tx.Cancel);
                if (viewed.Find(row => row.ProductId == product) is { } again)
                {
                    again.ViewedAt = tx.Now;
                }
                else
                {
                    tx.Db.Add(new ViewedProductRow { BuyerId = buyer, ProductId = product, ViewedAt = tx.Now });
                    tx.Db.RemoveRange(viewed.OrderByDescending(row => row.ViewedAt).Skip(MostViewed - 1));
                }

                return Done.It;
            },
            cancel);
    }

    private async Task<bool> Allows(BuyerId buyer, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<bool>("select allows_tracking as \"Value\" from buyer_preference where buyer_id = {0}", buyer.Value).ToListAsync(cancel) is [true];
    }

    private Task<Outcome<Done>> Change(Caller caller, CancellationToken cancel, Func<Tx, BuyerPreferenceRow, AgreeingBuyer, Task<Refusal?>> change)
    {
        if (caller is not { Session: null, Buyer.Id: var buyer })
        {
            return Task.FromResult<Outcome<Done>>(AccessGate.NotInSession);
        }

        return database.Write<Done>(
            caller,
            async tx =>
            {
                var row = await tx.Db.Set<BuyerPreferenceRow>().SingleOrDefaultAsync(one => one.BuyerId == buyer, tx.Cancel);
                var isNew = row is null;
                row ??= new BuyerPreferenceRow { BuyerId = buyer, Newsletter = "none" };
                if (await change(tx, row, (await PreferenceQueries.Person(tx, buyer))!) is { } refusal)
                {
                    return refusal;
                }

                if (isNew && tx.Facts.Count > 0)
                {
                    tx.Db.Add(row);
                }

                return Done.It;
            },
            cancel);
    }
}

internal static class PreferenceMails
{
    /// <param name="page">Null: the shop has no address of its own, and the code is typed.</param>
    public static OutgoingMail ConfirmNewsletter(AgreeingBuyer person, string shop, string? page, string code) => new(
        "newsletter-asked", person.Email, person.Name, $"Do you want the newsletter of {shop}?",
        $"""
        Dear {person.Name},

        somebody who is signed in as you wants the newsletter of {shop} to be sent to {person.Email}.
        {(page is null ? Phrase.Of("Open the page \"Newsletter\" of the shop and enter this code") : Phrase.Of("Open this link to say yes"))} within three days. It works once.

        {Outbox.SecretPlace}

        Until then nothing is sent. If it was not you, do nothing.
        """)
    { Buyer = person.Id, Secret = page is null ? code : $"{page}?code={code}" };
}
