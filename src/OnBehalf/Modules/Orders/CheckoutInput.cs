using System.Globalization;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Companies;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>An address as it was typed at the checkout.</summary>
public sealed class AddressInput : TypedAddress
{
    public string? Recipient { get; set; }

    /// <summary>The tick that puts it into the book.</summary>
    public bool Save { get; set; }

    internal AddressDraft Draft => For(Recipient);
}

/// <summary>What the buyer says about one article.</summary>
public sealed class LineNoteInput
{
    public Guid Product { get; set; }

    public string? Text { get; set; }
}

/// <summary>The checkout form: all that there is of a checkout until it is placed.</summary>
public sealed class CheckoutInput
{
    /// <summary>The choice of "another address".</summary>
    public const string Typed = "new";

    /// <summary>The choice of "to the billing address".</summary>
    public const string Same = "same";

    public string? Key { get; set; }

    public Guid Cart { get; set; }

    public int Version { get; set; }

    /// <summary>The total that the page showed, in minor units.</summary>
    public long Total { get; set; }

    /// <summary>Id of an address of the book, or <see cref="Typed"/>.</summary>
    public string? Billing { get; set; }

    public AddressInput NewBilling { get; set; } = new();

    /// <summary>Id of an address of the book, <see cref="Same"/> or <see cref="Typed"/>.</summary>
    public string? Shipping { get; set; }

    public AddressInput NewShipping { get; set; } = new();

    public string? Method { get; set; }

    public string? Payment { get; set; }

    public string? PurchaseOrderNumber { get; set; }

    /// <summary>Id of a cost centre of the company; empty: none.</summary>
    public string? CostCentre { get; set; }

    public string? Comment { get; set; }

    /// <summary>The day on which it is wanted, as `2026-03-01`; empty: whenever it can be.</summary>
    public string? WantedOn { get; set; }

    /// <summary>The version of the terms whose box was ticked.</summary>
    public string? Terms { get; set; }

    public List<LineNoteInput> Notes { get; set; } = [];

    /// <summary>Codes with blanks between.</summary>
    public string? Coupons { get; set; }

    /// <summary>The button "Place order" was pressed, not "Update totals".</summary>
    public bool Place { get; set; }

    /// <summary>A fresh checkout, with what most people want already chosen.</summary>
    public static CheckoutInput Fresh(Caller caller, IReadOnlyList<BookAddress> book)
    {
        var billing = AddressChoices.Now(book, FirstFor.OwnBilling) ?? AddressChoices.Now(book, FirstFor.CompanyBilling)
            ?? book.FirstOrDefault(entry => entry.IsBilling) ?? (book.Count > 0 ? book[0] : null);
        var shipping = AddressChoices.Now(book, FirstFor.OwnShipping) ?? AddressChoices.Now(book, FirstFor.CompanyShipping)
            ?? (billing is null or { IsShipping: true } ? null : book.FirstOrDefault(entry => entry.IsShipping));
        return new CheckoutInput
        {
            Key = NewKey(),
            Billing = billing?.Id.ToString() ?? Typed,
            Shipping = shipping is null || shipping.Id == billing?.Id ? Same : shipping.Id.ToString(),
            NewBilling = Prefilled(caller),
            NewShipping = Prefilled(caller),
            Payment = Words.Kebab(PaymentMethod.Invoice),
        };
    }

    public static string NewKey() => Guid.CreateVersion7().ToString("N");

    public static bool IsKey(string? text) => Guid.TryParseExact(text, "N", out _);

    /// <summary>Where the goods go as far as it is known: a half-typed address has a country already.</summary>
    public (string? Country, string? Region) Destination(IReadOnlyList<BookAddress> book)
    {
        // Where nothing is sent, the form asks for no other address.
        var (choice, typed) = Shipping is Same or null ? (Billing, NewBilling) : (Shipping, NewShipping);
        if (choice == Typed)
        {
            return (Country.TryParse(typed.Country, out var country) ? country.Code : null, typed.Region);
        }

        return Find(book, choice) is { } entry ? (entry.Address.Country.Code, entry.Address.Region) : (null, null);
    }

    /// <summary>What was typed about an article.</summary>
    public string? NoteOf(ProductId product) => Notes.Find(note => note.Product == product.Value)?.Text;

    /// <summary>The wish that this form is, or everything that is wrong with it.</summary>
    /// <param name="today">In the time zone of the shop.</param>
    public (OrderWish? Wish, IReadOnlyList<Refusal> Refusals) Read(IReadOnlyList<BookAddress> book, Currency currency, bool needsShipping, DateOnly today)
    {
        var refusals = new List<Refusal>();
        var billing = Address(book, Billing, NewBilling, nameof(Billing), refusals);
        var shipping = Shipping == Same || !needsShipping ? null : Address(book, Shipping, NewShipping, nameof(Shipping), refusals);
        var payment = OnBehalf.Orders.Payment.Read(Words.TryParse<PaymentMethod>(Payment, out var method) ? method : null, PurchaseOrderNumber);
        var comment = OrderComment.Read(Comment);
        if (needsShipping && string.IsNullOrEmpty(Method))
        {
            refusals.Add(OrderRefusals.ShippingMissing);
        }

        if (payment.IsRefused)
        {
            refusals.Add(payment.Refusal);
        }

        if (!string.IsNullOrEmpty(CostCentre) && !Guid.TryParse(CostCentre, out _))
        {
            refusals.Add(OrderRefusals.CostCentreUnknown);
        }

        if (comment.IsRefused)
        {
            refusals.Add(comment.Refusal);
        }

        var wanted = DeliveryDay.Read(WantedOn, today);
        if (wanted.IsRefused)
        {
            refusals.Add(wanted.Refusal);
        }

        var notes = new List<LineNote>();
        foreach (var typed in Notes)
        {
            var note = LineComment.Read(typed.Text);
            if (note.IsRefused)
            {
                refusals.Add(note.Refusal with { Field = $"Notes.{typed.Product}" });
            }
            else if (note.Value is { } said)
            {
                notes.Add(new LineNote(new ProductId(typed.Product), said));
            }
        }

        return refusals.Count > 0
            ? (null, refusals)
            : (new OrderWish(Key ?? "", new SeenCart(Cart, Version), new Money(Total, currency), billing!, shipping, Method ?? "", payment.Value, comment.Value, Coupons)
            { CostCentre = Guid.TryParse(CostCentre, out var centre) ? new CostCentreId(centre) : null, WantedOn = wanted.Value, Notes = notes, Terms = int.TryParse(Terms, NumberStyles.None, CultureInfo.InvariantCulture, out var terms) ? terms : null }, []);
    }

    private static OrderAddress? Address(IReadOnlyList<BookAddress> book, string? choice, AddressInput typed, string field, List<Refusal> refusals)
    {
        if (choice == Typed)
        {
            var (address, wrong) = PostalAddress.Read(typed.Draft);
            refusals.AddRange(wrong.Select(refusal => refusal with { Field = $"New{field}.{refusal.Field}" }));
            return address is null ? null : new OrderAddress(address, typed.Save);
        }

        if (Find(book, choice) is { } entry)
        {
            return new OrderAddress(entry.Address, Save: false);
        }

        refusals.Add(OrderRefusals.AddressUnknown(field));
        return null;
    }

    private static BookAddress? Find(IReadOnlyList<BookAddress> book, string? choice) =>
        Guid.TryParse(choice, out var id) ? book.FirstOrDefault(entry => entry.Id.Value == id) : null;

    // The country of a company that named none is asked, not guessed.
    private static AddressInput Prefilled(Caller caller) =>
        new() { Recipient = caller.Company?.Name ?? caller.CustomerName, Country = caller.Company?.Country };
}
