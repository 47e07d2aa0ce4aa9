using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Orders;

public enum PaymentMethod
{
    Invoice,

    /// <summary>On invoice too, under the number of the buyer's own purchase order.</summary>
    PurchaseOrder,

    /// <summary>Paid before it is sent.</summary>
    Prepayment,

    /// <summary>Paid to who brings it.</summary>
    CashOnDelivery,

    /// <summary>Paid by the buyer himself at the payment provider of the shop, where it has one.</summary>
    Online,
}

/// <summary>Who may choose a way of paying.</summary>
public enum PayingCustomers
{
    Everybody,

    Companies,

    /// <summary>Those whose terms say that they may pay later.</summary>
    Approved,

    /// <summary>Nobody by himself: it is offered while somebody of the staff acts for a customer.</summary>
    StaffOnly,
}

/// <summary>Who orders, and where the goods go.</summary>
/// <param name="Country">Null: not known yet.</param>
/// <param name="HasStaff">Somebody of the staff acts for him.</param>
public readonly record struct Payer(string? Country, bool IsCompany, bool IsApproved, bool HasStaff = false);

/// <summary>To whom a way of paying is offered.</summary>
/// <param name="Countries">ISO 3166 alpha-2 codes with a blank between, to which the goods go; empty: all.</param>
public sealed record PaymentTerms(PaymentMethod Method, bool IsOn, string Countries, PayingCustomers Customers)
{
    /// <summary>As long as nobody has said otherwise.</summary>
    public static PaymentTerms Default(PaymentMethod method) => new(method, method is PaymentMethod.Invoice or PaymentMethod.PurchaseOrder, "", PayingCustomers.Everybody);

    public bool Serves(Payer payer) => IsOn
        && (Countries.Length == 0 || (payer.Country is { Length: > 0 } country && Countries.Split(' ').Contains(country, StringComparer.Ordinal)))
        && Customers switch { PayingCustomers.Companies => payer.IsCompany, PayingCustomers.Approved => payer.IsApproved, PayingCustomers.StaffOnly => payer.HasStaff, _ => true };

    /// <summary>Reads what staff typed: countries with blanks between.</summary>
    public static Outcome<PaymentTerms> Read(PaymentMethod method, bool isOn, string? countries, PayingCustomers customers)
    {
        string[] codes = [.. (countries ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        return Array.Find(codes, code => !Country.TryParse(code, out _)) is { } stranger
            ? Refusal.Invalid("orders.payment-countries", $"Countries: {stranger} is none. Two letters each with blanks between, such as DE AT; nothing is everywhere.", "Countries")
            : new PaymentTerms(method, isOn, string.Join(' ', codes), customers);
    }

    /// <summary>"offered to approved customers in DE AT".</summary>
    public string InWords => !IsOn ? Say("not offered") : Say($"offered to {OfCustomers(Customers)}{(Countries.Length == 0 ? "" : " in " + Countries)}");

    public static string OfCustomers(PayingCustomers customers) => customers switch
    {
        PayingCustomers.Companies => "companies",
        PayingCustomers.Approved => Say("approved customers"),
        PayingCustomers.StaffOnly => Say("customers for whom staff act"),
        _ => "everybody",
    };
}

/// <summary>How an order is paid. A purchase-order number may stand on an invoice order as well; the other way it must be there.</summary>
public sealed record Payment(PaymentMethod Method, string? PurchaseOrderNumber)
{
    public const int LongestNumber = 50;

    public static Outcome<Payment> Read(PaymentMethod? method, string? purchaseOrderNumber)
    {
        var number = purchaseOrderNumber?.Trim() ?? "";
        return method is null ? OrderRefusals.PaymentMissing
            : number.Length > LongestNumber || number.Any(char.IsControl) ? OrderRefusals.PurchaseOrderNumberWrong
            : number.Length == 0 && method == PaymentMethod.PurchaseOrder ? OrderRefusals.PurchaseOrderNumberMissing
            : new Payment(method.Value, number.Length == 0 ? null : number);
    }
}

/// <summary>What the buyer wants to say with an order: several lines, at most 2,000 characters.</summary>
public static class OrderComment
{
    public const int Longest = 2_000;

    public static Outcome<string?> Read(string? text)
    {
        var comment = text?.ReplaceLineEndings("\n").Trim() ?? "";
        return comment.Length > Longest ? OrderRefusals.CommentTooLong
            : comment.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? OrderRefusals.CommentUnreadable
            : comment.Length == 0 ? null : comment;
    }
}

/// <summary>What the buyer says about one article of an order, on one line of at most 200 characters.</summary>
public static class LineComment
{
    public const int Longest = 200;

    public static Outcome<string?> Read(string? text)
    {
        var comment = text?.Trim() ?? "";
        return comment.Length > Longest || comment.Any(char.IsControl) ? OrderRefusals.LineCommentWrong : comment.Length == 0 ? null : comment;
    }
}

/// <summary>The day on which the buyer wants an order: a wish, not a promise. From today on, within a year.</summary>
public static class DeliveryDay
{
    private const string Format = "yyyy-MM-dd";

    public static DateOnly Last(DateOnly today) => today.AddYears(1);

    /// <param name="typed">As `2026-03-01`; empty: whenever it can be.</param>
    /// <param name="today">In the time zone of the shop.</param>
    public static Outcome<DateOnly?> Read(string? typed, DateOnly today) =>
        string.IsNullOrWhiteSpace(typed) ? (DateOnly?)null
        : !DateOnly.TryParseExact(typed.Trim(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day < today || day > Last(today) ? OrderRefusals.DeliveryDayWrong
        : day;

    /// <summary>As it is stored, and as a field of the browser has it.</summary>
    public static string Text(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>As people read it.</summary>
    public static string Words(DateOnly day) => day.ToString(Phrasebook.DatePattern("d MMM yyyy"), CultureInfo.CurrentCulture);

    public static DateOnly? Stored(string? text) => DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Why an order is not approved, on one line of at most 500 characters: the buyer and the operator read it.</summary>
public static class DeclineReason
{
    public const int Longest = 500;

    public static Outcome<string> Read(string? text)
    {
        var reason = text?.Trim() ?? "";
        return reason.Length == 0 ? OrderRefusals.ReasonMissing
            : reason.Length > Longest || reason.Any(char.IsControl) ? OrderRefusals.ReasonTooLong
            : reason;
    }
}
