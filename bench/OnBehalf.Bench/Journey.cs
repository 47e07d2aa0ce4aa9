using System.Diagnostics;
using OnBehalf.Data;

namespace OnBehalf.Bench;

/// <summary>Who is acted for, and what is bought.</summary>
internal sealed record BenchCustomer(string Number, Guid Membership, string Company, string LastName, string Email);

internal sealed record BenchArticle(string Sku, string Category);

/// <summary>Customers who can order, and articles that they can have, drawn by lot from the whole shop.</summary>
internal sealed record BenchSample(IReadOnlyList<BenchCustomer> Customers, IReadOnlyList<BenchArticle> Articles)
{
    private const string SomeCustomers = """
        select c.number as "Number", m.id as "Membership", c.name as "Company", b.last_name as "LastName", b.email as "Email"
        from membership m join buyer b on b.id = m.buyer_id join company c on c.id = m.company_id
        where m.status = 'active' and b.status = 'active' and c.status = 'active' and m.role in ('purchaser', 'administrator')
            and exists (select 1 from address a where a.company_id = c.id and a.is_billing) and exists (select 1 from address a where a.company_id = c.id and a.is_shipping)
        order by random() limit 2000
        """;

    private const string SomeArticles = """
        select p.sku as "Sku", c.code as "Category" from product p join category c on c.id = p.category_id where p.status = 'active' order by random() limit 2000
        """;

    public static async Task<BenchSample> Draw(string connectionString)
    {
        await using var database = new Database(connectionString, new FactHandlers([]));
        await using var db = database.Read();
        return new(await db.Rows<BenchCustomer>(SomeCustomers).ToListAsync(default), await db.Rows<BenchArticle>(SomeArticles).ToListAsync(default));
    }
}

/// <summary>How long each step took, in ms; one for each operator, added up at the end.</summary>
internal sealed class StepTimes
{
    private readonly Dictionary<string, List<double>> _times = new(StringComparer.Ordinal);

    public IEnumerable<(string Step, List<double> Times)> All => _times.Select(pair => (pair.Key, pair.Value));

    public int Requests => _times.Values.Sum(times => times.Count);

    public async Task<BenchPage> Of(string step, Task<BenchPage> page)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await page;
        Add(step, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return answer;
    }

    public static StepTimes Sum(IEnumerable<StepTimes> all)
    {
        var sum = new StepTimes();
        foreach (var (step, times) in all.SelectMany(one => one.All))
        {
            times.ForEach(time => sum.Add(step, time));
        }

        return sum;
    }

    /// <summary>The time within which a share of all was done.</summary>
    public static double Percentile(List<double> times, double share)
    {
        times.Sort();
        return times[Math.Min(times.Count - 1, (int)(times.Count * share))];
    }

    private void Add(string step, double time)
    {
        if (!_times.TryGetValue(step, out var times))
        {
            _times[step] = times = [];
        }

        times.Add(time);
    }
}

/// <summary>The way of one operator through the shop, as often as one likes: finds a customer, acts for him, orders, comes back, looks at his orders.</summary>
internal sealed class Journey(BenchBrowser browser, BenchSample sample, int number, int operators)
{
    private int _round;
    private string? _inside;

    public BenchBrowser Browser => browser;

    public StepTimes Times { get; private set; } = new();

    public int Done { get; private set; }

    public void Forget() => (Times, Done) = (new StepTimes(), 0);

    /// <summary>Once, before the clock starts: the password hash is slow on purpose.</summary>
    public async Task SignIn()
    {
        var page = await browser.Get("/staff/account/login");
        var fields = page.Form("password").Select(field =>
            field.Key.Contains("Email", StringComparison.OrdinalIgnoreCase) ? new(field.Key, BenchShop.OperatorEmail(number + 1))
            : field.Key.Contains("Password", StringComparison.OrdinalIgnoreCase) ? new(field.Key, BenchShop.Password) : field);
        var answer = await browser.Post("/staff/account/login", fields);
        if (answer.Location is null)
        {
            throw new InvalidOperationException($"Operator {number + 1} cannot sign in:\n{answer.Html}");
        }
    }

    public async Task Run()
    {
        var customer = NextCustomer();
        var inside = await Begin(customer);
        var article = NextArticle();
        await Times.Of("dashboard", browser.Get($"{inside}/account"));
        await Times.Of("category", browser.Get($"{inside}/category/{article.Category}"));
        var product = await Times.Of("product", browser.Get($"{inside}/product/{Uri.EscapeDataString(article.Sku)}"));
        var fields = product.Form("/cart/lines");
        await Times.Of("add", browser.Post($"{inside}/cart/lines", fields));
        await Times.Of("cart", browser.Get($"{inside}/cart"));
        var checkout = await Times.Of("checkout", browser.Get($"{inside}/checkout"));
        var placed = await Times.Of("place", browser.Post($"{inside}/checkout", [.. checkout.Form("id=\"checkout\""), new("Input.Payment", "invoice"), new("Input.Place", "true")]));
        await Times.Of("placed", browser.Get(placed.Location ?? throw new InvalidOperationException($"{customer.Number}, {article.Sku}: not placed:\n{placed.Html}")));
        await End(inside, checkout);
        await Times.Of("own orders", browser.Get("/staff/orders"));
        Done++;
    }

    /// <summary>Search, customer, confirmation, start; answers the path of the session.</summary>
    public async Task<string> Begin(BenchCustomer customer)
    {
        var found = await Times.Of("search", browser.Get($"/staff/customers?q={Uri.EscapeDataString(QueryFor(customer))}"));
        var path = $"/staff/customers/{customer.Number}";
        if (_round % 2 == 0 && found.Location is null && !found.Html.Contains(path, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The search for {QueryFor(customer)} did not find {customer.Number}:\n{found.Html}");
        }

        await Times.Of("customer", browser.Get(path));
        var confirm = await Times.Of("confirm", browser.Get($"{path}/act/{customer.Membership}"));
        var started = await Times.Of("begin", browser.Post(confirm.Path, confirm.Form("Input.Reason")));
        return started.Location is { } location ? location[..location.LastIndexOf('/')] : throw new InvalidOperationException($"{customer.Number}: no session:\n{started.Html}");
    }

    public Task End(string inside, BenchPage page) => Times.Of("end", browser.Post($"{inside}/assisted-session/end", page.Form("/assisted-session/end")));

    /// <summary>A page to be measured by itself; those of the Buyer Portal in a session with a cart, which stays open until <see cref="Leave"/>.</summary>
    public async Task<string> PathOf(string page)
    {
        var customer = sample.Customers[number];
        var path = page switch
        {
            "empty" => "/health",
            "login" => "/staff/account/login",
            "search" => $"/staff/customers?q={Uri.EscapeDataString(customer.Company[..3])}",
            "customer" => $"/staff/customers/{customer.Number}",
            "own orders" => "/staff/orders",
            _ => null,
        };
        if (path is not null)
        {
            return path;
        }

        var article = sample.Articles[number];
        if (_inside is null)
        {
            _inside = await Begin(customer);
            var product = await browser.Get($"{_inside}/product/{Uri.EscapeDataString(article.Sku)}");
            await browser.Post($"{_inside}/cart/lines", product.Form("/cart/lines"));
        }

        return _inside + page switch
        {
            "authority" => "/assisted-session",
            "dashboard" => "/account",
            "category" => $"/category/{article.Category}",
            "product" => $"/product/{Uri.EscapeDataString(article.Sku)}",
            _ => "/" + page,
        };
    }

    public async Task Leave() => await End(_inside!, await browser.Get($"{_inside}/cart"));

    // Operators share no customer, however many rounds one is ahead of another: they would prepare one cart together.
    public BenchCustomer NextCustomer() => sample.Customers[number + (operators * (_round++ % (sample.Customers.Count / operators)))];

    public BenchArticle NextArticle() => sample.Articles[(number + (operators * _round)) % sample.Articles.Count];

    // What people type: a number, three letters of the company, an address, a name.
    private string QueryFor(BenchCustomer customer) => (_round % 4) switch
    {
        0 => customer.Number,
        1 => customer.Company[..Math.Min(3, customer.Company.Length)],
        2 => customer.Email,
        _ => customer.LastName,
    };
}
