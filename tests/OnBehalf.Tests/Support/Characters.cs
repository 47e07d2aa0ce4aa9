using Microsoft.AspNetCore.Identity;
using OnBehalf.Catalog;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Tests.Support;

/// <summary>
/// Who is in every test: Nordlicht GmbH (Ines buys, Jonas runs it, Lena only looks, Mira buys for two companies), Südwind AG (Paul), a company on hold
/// (Hanna) and a blocked one (Bruno), the consumer Carla; the reps Karim (Nordlicht, on hold, blocked) and Rosa (Südwind), Sam of support, Vera the
/// supervisor, Ada the administrator, Tom of telesales (Nordlicht). All have the same password.
/// </summary>
public static class Characters
{
    public const string Password = "correct horse battery";

    public static readonly string[] Staff = ["karim", "rosa", "sam", "vera", "ada", "tom"];

    public static readonly string[] Buyers = ["ines", "jonas", "lena", "mira", "paul", "hanna", "bruno", "carla"];

    private static readonly Currency Euro = Currency.Of("EUR");
    private static readonly DateTimeOffset Long = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static StaffId StaffIdOf(string name) => new(IdOf(1, Array.IndexOf(Staff, name)));

    public static BuyerId BuyerIdOf(string name) => new(IdOf(2, Array.IndexOf(Buyers, name)));

    /// <summary>His first membership; Mira's second, in Südwind, is <see cref="MiraAtSudwind"/>.</summary>
    public static MembershipId MembershipIdOf(string name) => new(IdOf(3, Array.IndexOf(Buyers, name)));

    public static readonly MembershipId MiraAtSudwind = new(IdOf(3, 99));
    public static readonly CompanyId Nordlicht = new(IdOf(4, 0));
    public static readonly CompanyId Sudwind = new(IdOf(4, 1));
    public static readonly CompanyId OnHold = new(IdOf(4, 2));
    public static readonly CompanyId Blocked = new(IdOf(4, 3));
    public static readonly ProductId Drill = new(IdOf(5, 0));
    public static readonly ProductId Cable = new(IdOf(5, 1));
    public static readonly ProductId Lamp = new(IdOf(5, 2));
    public static readonly ProductId SwissKnife = new(IdOf(5, 3));
    public static readonly ProductId OldSaw = new(IdOf(5, 4));
    public static readonly PriceListId Dealer = new(IdOf(6, 0));

    public static async Task Enter(Database database)
    {
        await using var db = database.Read();
        Shop(db);
        Companies(db);
        People(db);
        await db.SaveChangesAsync();
        await Words(database);
    }

    private static void Shop(ShopDb db)
    {
        var tools = new CategoryRow { Id = new(IdOf(7, 0)), Code = "tools", Name = "Tools", Position = 1 };
        var drills = new CategoryRow { Id = new(IdOf(7, 1)), Code = "drills", Name = "Drills", ParentId = tools.Id, Position = 1 };
        var light = new CategoryRow { Id = new(IdOf(7, 2)), Code = "light", Name = "Light and cable", Position = 2 };
        db.AddRange(tools, drills, light);
        db.AddRange(
            Product(Drill, "P-100", "Cordless drill 18 V", drills.Id, 100_00, Euro),
            Product(Cable, "P-200", "Cable 3 x 1.5, by the metre", light.Id, 1_25, Euro),
            Product(Lamp, "P-300", "Señal warning lamp", light.Id, 19_99, Euro),
            Product(SwissKnife, "P-400", "Knife, Swiss francs only", tools.Id, 49_90, Currency.Of("CHF")),
            Product(OldSaw, "P-900", "Old saw", tools.Id, 30_00, Euro, "discontinued"));
        db.Add(new PriceListRow { Id = Dealer, Code = "dealer", Name = "Dealer prices", Currency = Euro });
        db.AddRange(
            new PriceRow { PriceListId = Dealer, ProductId = Drill, MinQuantityThousandths = 1_000, PriceMinor = 90_00 },
            new PriceRow { PriceListId = Dealer, ProductId = Drill, MinQuantityThousandths = 10_000, PriceMinor = 85_00 });
        db.AddRange(
            new TaxRateRow { Country = "DE", Region = "", TaxClass = "standard", RateMillionths = 190_000 },
            new TaxRateRow { Country = "AT", Region = "", TaxClass = "standard", RateMillionths = 200_000 });
        db.AddRange(
            new ShippingMethodRow { Code = "parcel", Name = "Parcel", Countries = "AT DE", PriceMinor = 9_90, Currency = Euro, FreeFromMinor = 500_00 },
            new ShippingMethodRow { Code = "pickup", Name = "Pick-up at the warehouse", Countries = "", PriceMinor = 0, Currency = Euro });
    }

    private static void Companies(ShopDb db)
    {
        Company(Nordlicht, "N-1001", "Nordlicht GmbH", CompanyStatus.Active, Dealer, "karim");
        Company(Sudwind, "N-1002", "Südwind AG", CompanyStatus.Active, null, "rosa");
        Company(OnHold, "N-1003", "Pausenhof KG", CompanyStatus.OnHold, null, "karim");
        Company(Blocked, "N-1004", "Altmetall OHG", CompanyStatus.Blocked, null, "karim");
        db.Add(new StaffAssignmentRow { StaffId = StaffIdOf("tom"), CompanyId = Nordlicht, AssignedAt = Long });

        void Company(CompanyId id, string number, string name, CompanyStatus status, PriceListId? prices, string rep)
        {
            db.Add(new CompanyRow
            {
                Id = id, Number = number, ExternalId = "X" + number[2..], Name = name, SortName = SearchText.SortName(name), Country = "DE", Currency = Euro,
                ContractNumber = "CT-" + number[2..], Status = status, PriceListId = prices, SalesRepId = StaffIdOf(rep), CreatedAt = Long, Version = 1,
            });
            db.Add(new StaffAssignmentRow { StaffId = StaffIdOf(rep), CompanyId = id, AssignedAt = Long });
            db.Add(new AddressRow
            {
                Id = new(IdOf(8, number[^1])), CompanyId = id, Label = "Head office", Recipient = name, Line1 = "Hafenstraße 1", City = "Kiel", PostalCode = "24103",
                Country = "DE", IsBilling = true, IsShipping = true, CreatedAt = Long, Version = 1,
            });
        }
    }

    private static void People(ShopDb db)
    {
        var hash = new PasswordHasher<object>().HashPassword(new object(), Password);
        AddStaff("karim", "Karim", "Weiss", StaffRole.SalesRep, "field-sales", false);
        AddStaff("rosa", "Rosa", "Lind", StaffRole.SalesRep, "field-sales", false);
        AddStaff("sam", "Sam", "Okoye", StaffRole.SupportAgent, "support", true);
        AddStaff("vera", "Vera", "Blum", StaffRole.Supervisor, "field-sales", true);
        AddStaff("ada", "Ada", "Novak", StaffRole.Administrator, null, true);
        AddStaff("tom", "Tom", "Berg", StaffRole.TelesalesOperator, "telesales", false);
        AddBuyer("ines", "Ines", "Albrecht", BuyerRole.Purchaser, Nordlicht);
        AddBuyer("jonas", "Jonas", "Petersen", BuyerRole.Administrator, Nordlicht);
        AddBuyer("lena", "Lena", "Vogt", BuyerRole.Viewer, Nordlicht);
        AddBuyer("mira", "Mira", "Åkesson", BuyerRole.Purchaser, Nordlicht);
        AddBuyer("paul", "Paul", "Südmann", BuyerRole.Purchaser, Sudwind);
        AddBuyer("hanna", "Hanna", "Holt", BuyerRole.Purchaser, OnHold);
        AddBuyer("bruno", "Bruno", "Barth", BuyerRole.Purchaser, Blocked);
        AddBuyer("carla", "Carla", "Conti", BuyerRole.Consumer, null);
        db.Add(new MembershipRow
        {
            Id = MiraAtSudwind, BuyerId = BuyerIdOf("mira"), CompanyId = Sudwind, Role = BuyerRole.Purchaser, Status = "active",
            SortName = "akesson mira", CreatedAt = Long,
        });

        void AddStaff(string key, string first, string last, StaffRole role, string? group, bool all) => db.Add(new StaffRow
        {
            Id = StaffIdOf(key), Email = $"{key}@onbehalf.example", EmailNormalized = $"{key}@onbehalf.example", FirstName = first, LastName = last, Role = role,
            StaffGroup = group, AccessAllCustomers = all, Status = "active", PasswordHash = hash, SecurityStamp = "stamp", CreatedAt = Long, Version = 1,
        });

        void AddBuyer(string key, string first, string last, BuyerRole role, CompanyId? company)
        {
            db.Add(new BuyerRow
            {
                Id = BuyerIdOf(key), Email = $"{key}@buyers.example", EmailNormalized = $"{key}@buyers.example", FirstName = first, LastName = last,
                Phone = "+49 431 555010", Status = "active", PasswordHash = hash, SecurityStamp = "stamp", CreatedAt = Long, Version = 1,
            });
            db.Add(new MembershipRow
            {
                Id = MembershipIdOf(key), BuyerId = BuyerIdOf(key), CompanyId = company, Role = role, Status = "active",
                SortName = SearchText.SortName($"{last} {first}"), CreatedAt = Long,
            });
        }
    }

    private static ProductRow Product(ProductId id, string sku, string name, CategoryId category, long price, Currency currency, string status = "active") => new()
    {
        Id = id, Sku = sku, Name = name, Description = $"{name}, as it is used every day.", CategoryId = category, PriceMinor = price, Currency = currency,
        TaxClass = "standard", Status = status, SortName = SearchText.SortName(name), Version = 1,
    };

    // customer_word has no key, so the context cannot insert it.
    private static async Task Words(Database database)
    {
        await using var db = database.Read();
        var products = db.Set<ProductRow>().ToList();
        foreach (var product in products)
        {
            foreach (var (word, weight) in ProductWords.Of(product.Sku, product.Name, product.Model, product.Color, product.Size, null))
            {
                db.Add(new ProductWordRow { Word = word, ProductId = product.Id, Weight = weight });
                Term("product", word);
            }
        }

        var rows = new List<(string Word, Guid? Company, Guid? Membership, int Weight)>();
        foreach (var company in db.Set<CompanyRow>().ToList())
        {
            rows.AddRange(CustomerWords.OfCompany(company.Number, company.ExternalId, company.Name, company.ContractNumber)
                .Select(pair => (pair.Key, (Guid?)company.Id.Value, (Guid?)null, pair.Value)));
        }

        var buyers = db.Set<BuyerRow>().ToDictionary(row => row.Id);
        foreach (var membership in db.Set<MembershipRow>().ToList())
        {
            var buyer = buyers[membership.BuyerId];
            rows.AddRange(CustomerWords.OfPerson(buyer.FirstName, buyer.LastName, buyer.Email, buyer.ExternalId)
                .Select(pair => (pair.Key, membership.CompanyId?.Value, (Guid?)membership.Id.Value, pair.Value)));
        }

        foreach (var row in rows)
        {
            Term("customer", row.Word);
        }

        await db.SaveChangesAsync();
        await using var connection = await database.Open();
        foreach (var (word, company, membership, weight) in rows)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "insert into customer_word (word, company_id, membership_id, weight) values (@word, @company, @membership, @weight)";
            foreach (var (name, value) in new (string, object?)[] { ("word", word), ("company", company), ("membership", membership), ("weight", weight) })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync();
        }

        void Term(string kind, string term)
        {
            if (db.Set<SearchTermRow>().Local.All(row => row.Kind != kind || row.Term != term))
            {
                db.Add(new SearchTermRow { Kind = kind, Term = term });
            }
        }
    }

    private static Guid IdOf(int kind, int number) => new(0, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, (byte)kind, (byte)number);
}
