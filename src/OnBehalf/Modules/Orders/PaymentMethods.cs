using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>To whom ways of paying are offered; judged again when an order is placed.</summary>
public sealed class PaymentMethods(Database database)
{
    /// <summary>All of them as one value in SQL, for a query that asks for something else anyway; <see cref="Apart"/> reads it.</summary>
    internal const string Together = "(select string_agg(p.code || '|' || case when p.is_on then '1' else '0' end || '|' || p.countries || '|' || p.customers, ';') from payment_method p)";

    internal static IReadOnlyList<PaymentTerms> Apart(string? together)
    {
        var rows = (together ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|')).ToDictionary(row => row[0], StringComparer.Ordinal);
        return [.. Enum.GetValues<PaymentMethod>().Select(method => rows.GetValueOrDefault(Words.Kebab(method)) is [_, var isOn, var countries, var customers]
            ? new PaymentTerms(method, isOn == "1", countries, Words.Parse<PayingCustomers>(customers)) : PaymentTerms.Default(method))];
    }

    /// <summary>All of them, in their own order.</summary>
    public static async Task<IReadOnlyList<PaymentTerms>> All(ShopDb db, CancellationToken cancel)
    {
        var rows = await db.Set<PaymentMethodRow>().ToDictionaryAsync(row => row.Code, StringComparer.Ordinal, cancel);
        return [.. Enum.GetValues<PaymentMethod>().Select(method => rows.GetValueOrDefault(Words.Kebab(method)) is { } row
            ? new PaymentTerms(method, row.IsOn, row.Countries, Words.Parse<PayingCustomers>(row.Customers)) : PaymentTerms.Default(method))];
    }

    public Task<Outcome<Done>> Put(Caller caller, PaymentTerms terms, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var before = (await All(tx.Db, tx.Cancel)).Single(known => known.Method == terms.Method);
            if (before == terms)
            {
                return Done.It;
            }

            var code = Words.Kebab(terms.Method);
            if (await tx.Db.Set<PaymentMethodRow>().SingleOrDefaultAsync(row => row.Code == code, tx.Cancel) is { } row)
            {
                (row.IsOn, row.Countries, row.Customers) = (terms.IsOn, terms.Countries, Words.Kebab(terms.Customers));
            }
            else
            {
                tx.Db.Add(new PaymentMethodRow { Code = code, IsOn = terms.IsOn, Countries = terms.Countries, Customers = Words.Kebab(terms.Customers) });
            }

            tx.Add(new PaymentMethodChanged(code, before.InWords, terms.InWords));
            return Done.It;
        },
        cancel);
}

public sealed class PaymentMethodInput
{
    /// <summary>None was named: nothing is changed by a form that says nothing.</summary>
    public PaymentMethod? Method { get; set; }

    public bool IsOn { get; set; }

    public string? Countries { get; set; }

    public PayingCustomers Customers { get; set; }
}

/// <summary>The ways of paying.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class PaymentMethodsPage(Database database, PaymentMethods changes) : ShopPage
{
    public const string Here = "/admin/payments";

    [BindProperty]
    public PaymentMethodInput Input { get; set; } = new();

    public IReadOnlyList<PaymentTerms> Methods { get; private set; } = [];

    public async Task OnGet()
    {
        await using var db = database.Read();
        Methods = await PaymentMethods.All(db, Cancel);
    }

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid || Input.Method is not { } method || !Enum.IsDefined(method) || !Enum.IsDefined(Input.Customers)
            || !FormFields.AllIn(Request, "Countries", "Customers"))
        {
            return BadRequest();
        }

        var terms = PaymentTerms.Read(method, Input.IsOn, Input.Countries, Input.Customers);
        if ((terms.IsRefused ? terms.Refusal : (await changes.Put(Caller, terms.Value, Cancel)).Refusal) is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }
}
