namespace OnBehalf.Modules.Demo.Shop;

internal sealed record StaffMember(
    string Email, string First, string Last, string Role, string Group, string Commission = "0",
    bool AllCustomers = false, bool AdjustPrices = false, bool CreateCustomers = false);

/// <param name="People">How many employees in all; who is not named in <see cref="Cast.Named"/> is invented.</param>
internal sealed record Company(
    string Number, string Name, string Country, string Domain, int People, string Rep, string PriceList = "trade-eur",
    string Parent = "", string Status = "active", string Contract = "", string Kind = "customer")
{
    public string Currency => PriceList == "trade-chf" ? "CHF" : "EUR";

    public string Segment => Contract.Length > 0 ? "Key accounts" : PriceList.Length == 0 ? "Workshops" : "Trade";

    public required Site[] Sites { get; init; }
}

internal sealed record Site(
    string Label, string Line1, string City, string PostalCode, bool Billing, bool Shipping, string Line2 = "", string Region = "");

internal sealed record Person(string Email, string Title, string First, string Last, string Company, string Role);

/// <summary>The people by name: those a visitor of the demo signs in as, and the odd cases that real customer lists are full of.</summary>
internal static class Cast
{
    public const string Karim = "karim.weiss@onbehalf.example";
    public const string Sofia = "sofia.lindqvist@onbehalf.example";
    public const string Bruno = "bruno.keller@onbehalf.example";
    public const string Jose = "josé.duarte@onbehalf.example";
    public const string Amelie = "amelie.rousseau@onbehalf.example";
    public const string Telesales = "telesales@onbehalf.example";
    public const string Supervisor = "supervisor@onbehalf.example";
    public const string Support = "support@onbehalf.example";
    public const string Administrator = "admin@onbehalf.example";

    /// <summary>Of a dealer, with the end customer for which she acts.</summary>
    public const string Sabine = "sabine.hagedorn@hagedorn.example";
    public const string EndCustomer = "C10028";

    public static readonly StaffMember[] Staff =
    [
        new(Karim, "Karim", "Weiss", "sales-rep", "field-sales", "1.5", AdjustPrices: true, CreateCustomers: true),
        new(Sofia, "Sofia", "Lindqvist", "sales-rep", "field-sales", "1.2", AdjustPrices: true, CreateCustomers: true),
        new(Jose, "José", "Duarte", "sales-rep", "field-sales", "1.2", AdjustPrices: true, CreateCustomers: true),
        new(Bruno, "Bruno", "Keller", "sales-rep", "swiss-sales", "1.5", AdjustPrices: true, CreateCustomers: true),
        new(Amelie, "Amélie", "Rousseau", "sales-rep", "key-accounts", "0.8",
            AllCustomers: true, AdjustPrices: true, CreateCustomers: true),
        new(Supervisor, "Helena", "Vogt", "supervisor", "sales-management", AllCustomers: true, AdjustPrices: true, CreateCustomers: true),
        new(Support, "Priya", "Raman", "support-agent", "customer-service", AllCustomers: true),
        new("nils.berger@onbehalf.example", "Nils", "Berger", "support-agent", "customer-service", AllCustomers: true),
        new(Telesales, "Tomás", "Ferreira", "telesales-operator", "telesales", "0.5", AllCustomers: true, CreateCustomers: true),
        new("marie.svoboda@onbehalf.example", "Marie", "Svobodová", "telesales-operator", "telesales", "0.5", AllCustomers: true),
        new(Administrator, "Ada", "Brandt", "administrator", "back-office", AllCustomers: true, AdjustPrices: true, CreateCustomers: true),
    ];

    public static readonly Person[] Named =
    [
        new("henrik.sander@nordlicht.example", "Mr", "Henrik", "Sander", "C10001", "administrator"),
        new("ines.albrecht@nordlicht.example", "Ms", "Ines", "Albrecht", "C10001", "purchaser"),
        new("claudia.wendt@nordlicht.example", "Ms", "Claudia", "Wendt", "C10001", "approver"),
        new("oskar.thiele@nordlicht.example", "Mr", "Oskar", "Thiele", "C10001", "viewer"),
        // One person, two companies of the same group: a purchaser here, the administrator there.
        new("jonas.petersen@nordlicht.example", "Mr", "Jonas", "Petersen", "C10001", "purchaser"),
        new("jonas.petersen@nordlicht.example", "Mr", "Jonas", "Petersen", "C10002", "administrator"),
        new("birte.hansen@nordlicht.example", "Ms", "Birte", "Hansen", "C10002", "purchaser"),
        new("birte.hansen@nordlicht.example", "Ms", "Birte", "Hansen", "C10003", "administrator"),
        // A dealer, and the one person of its end customer.
        new(Sabine, "Ms", "Sabine", "Hagedorn", "C10004", "administrator"),
        new("ole.wendland@wendland.example", "Mr", "Ole", "Wendland", EndCustomer, "administrator"),
        new("anna.mueller@mueller-soehne.example", "Ms", "Anna", "Müller", "C10005", "administrator"),
        new("joerg.mueller@mueller-soehne.example", "Mr", "Jörg", "Müller", "C10005", "approver"),
        // The same name as above, another person in another company.
        new("anna.mueller@bergmann.example", "Ms", "Anna", "Müller", "C10010", "purchaser"),
        new("beat.zuercher@bergmann.example", "Mr", "Beat", "Zürcher", "C10010", "administrator"),
        new("zoe.clerc@bergmann.example", "Ms", "Zoë", "Clerc", "C10011", "administrator"),
        new("lukasz.wisniewski@wisniewski.example", "Mr", "Łukasz", "Wiśniewski", "C10017", "administrator"),
        // A purchasing agent who works for two companies that have nothing to do with each other.
        new("marta.kowalska@einkauf.example", "Ms", "Marta", "Kowalska", "C10017", "purchaser"),
        new("marta.kowalska@einkauf.example", "Ms", "Marta", "Kowalska", "C10023", "purchaser"),
        new("asa.akerlund@akerlund.example", "Ms", "Åsa", "Åkerlund", "C10018", "administrator"),
        new("soren.sorensen@sorensen.example", "Mr", "Søren", "Sørensen", "C10019", "administrator"),
        new("jose.ibarra@ibarra.example", "Mr", "José", "Ibarra", "C10020", "administrator"),
        new("siobhan.odonnell@liffey.example", "Ms", "Siobhán", "O'Donnell", "C10024", "administrator"),
    ];

    /// <summary>Consumers: buyers without a company.</summary>
    public static readonly Person[] Consumers =
    [
        new("rosa.winter@post.example", "Ms", "Rosa", "Winter", "", ""),
        new("emil.brandl@post.example", "Mr", "Emil", "Brandl", "", ""),
        new("chloe.garnier@courrier.example", "Ms", "Chloé", "Garnier", "", ""),
        new("daan.visser@post.example", "Mr", "Daan", "Visser", "", ""),
        new("agnieszka.zielinska@poczta.example", "Ms", "Agnieszka", "Zielińska", "", ""),
        new("sven.nystrom@post.example", "Mr", "Sven", "Nyström", "", ""),
        new("lucia.moreno@correo.example", "Ms", "Lucía", "Moreno", "", ""),
        new("matteo.greco@posta.example", "Mr", "Matteo", "Greco", "", ""),
        new("tereza.novotna@posta.example", "Ms", "Tereza", "Novotná", "", ""),
        new("aoife.byrne@post.example", "Ms", "Aoife", "Byrne", "", ""),
        new("ines.albrecht@post.example", "Ms", "Ines", "Albrecht", "", ""),
        new("peter.huber@post.example", "Mr", "Peter", "Huber", "", ""),
    ];
}
