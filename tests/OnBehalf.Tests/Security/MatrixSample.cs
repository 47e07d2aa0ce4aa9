using System.Text.RegularExpressions;
using OnBehalf.Commissions;
using OnBehalf.Kernel;
using OnBehalf.Modules.Commissions;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Notes;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Privacy;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Security;

/// <summary>What the routes of the matrix point to: things of Ines at Nordlicht.</summary>
internal static partial class MatrixSample
{
    private const string OrderNumber = "SO-2025-000001";

    /// <summary>A session for Ines that is over.</summary>
    private static readonly Guid Session = new("0197b5a4-0000-7000-8000-000000000001");

    private static readonly Guid Note = new("0197b5a4-0000-7000-8000-000000000003");

    private static readonly Guid Rule = new("0197b5a4-0000-7000-8000-000000000007");

    /// <summary>Values of route parameters, the longest matching prefix of the pattern first.</summary>
    private static readonly (string Pattern, string Path)[] Paths =
    [
        ("error/{status:int}", "/error/404"),
        ("admin/audit/sessions/{id:guid}", $"/admin/audit/sessions/{Session}"),
        ("terms/{version:int?}", "/terms/1"),
        ("product/{sku}", "/product/P-100"),
        ("category/{code}", "/category/tools"),
        ("account/orders/{number}/steps/{kind}", $"/account/orders/{OrderNumber}/steps/cancelled"),
        ("account/orders/{number}", $"/account/orders/{OrderNumber}"),
        ("account/assistance/{id:guid}", $"/account/assistance/{Session}"),
        ("account/company/assistance/{id:guid}", $"/account/company/assistance/{Session}"),
        ("account/company/end-customers/{number}", "/account/company/end-customers/N-1002"),
        ("staff/notes/{kind}/{key}", "/staff/notes/companies/N-1001"),
        ("admin/commissions/{id:guid}", $"/admin/commissions/{Rule}"),
        ("staff/note/{id:guid}", $"/staff/note/{Note}"),
        ("staff/orders/{number}", $"/staff/orders/{OrderNumber}"),
        ("admin/customers/{number}", "/admin/customers/N-1001"),
        ("admin/prices/{code}", "/admin/prices/dealer"),
        ("admin/buyers/{membershipId:guid}/terms", $"/admin/buyers/{Characters.MembershipIdOf("carla")}/terms"),
        ("admin/assistance/policy/{version:int}", "/admin/assistance/policy/1"),
        ("admin/privacy/holds/{id:guid}", "/admin/privacy/holds/0197b5a4-0000-7000-8000-000000000002"),
        ("admin/orders/{number}/steps/{kind}", $"/admin/orders/{OrderNumber}/steps/confirmed"),
        ("admin/privacy/{kind}/{id:guid}", $"/admin/privacy/buyers/{Characters.BuyerIdOf("ines")}"),
        ("admin/articles/{sku}", "/admin/articles/P-100"),
        ("admin/categories/{code?}", "/admin/categories/tools"),
        ("admin/assortments/{code}", "/admin/assortments/tools-only"),
        ("admin/staff/{id:guid}/edit", $"/admin/staff/{Characters.StaffIdOf("rosa")}/edit"),
        ("admin/staff/{id:guid}", $"/admin/staff/{Characters.StaffIdOf("rosa")}"),
        ("staff/customers/{number}", "/staff/customers/N-1001"),
        ("staff/consumers/{membershipId:guid}", $"/staff/consumers/{Characters.MembershipIdOf("carla")}"),
    ];

    private static readonly DateTimeOffset Then = new(2025, 5, 5, 5, 5, 5, TimeSpan.Zero);

    public static async Task Enter(TestShop shop)
    {
        await using var db = shop.Database.Read();
        db.Add(new OrderRow
        {
            Id = IId<OrderId>.New(), Number = OrderNumber, MembershipId = Characters.MembershipIdOf("ines"), BuyerId = Characters.BuyerIdOf("ines"),
            CompanyId = Characters.Nordlicht, Status = "placed", PlacedAt = Then, Currency = Currency.Of("EUR"),
            LinesMinor = 90_00, TotalMinor = 90_00, BuyerName = "Ines Albrecht", CompanyName = "Nordlicht GmbH", CompanyNumber = "N-1001", Version = 1,
        });
        db.Add(new LegalHoldRow { Id = new("0197b5a4-0000-7000-8000-000000000002"), BuyerId = Characters.BuyerIdOf("carla"), Reason = "Lawsuit", Since = Then, SetBy = "Ada Novak" });
        var signIn = new SignInRow
        {
            Id = IId<SignInId>.New(), StaffId = Characters.StaffIdOf("rosa"), TokenHash = [1], CreatedAt = Then, LastSeenAt = Then, ProvedAt = Then, IdleSeconds = 900, HardEndsAt = Then,
        };
        db.Add(signIn);
        db.Add(new AssistedSessionRow
        {
            Id = new AssistedSessionId(Session), Handle = "over", TokenHash = [2], OperatorStaffId = signIn.StaffId, OperatorSignInId = signIn.Id, Slot = 1,
            MembershipId = Characters.MembershipIdOf("ines"), BuyerId = Characters.BuyerIdOf("ines"), CompanyId = Characters.Nordlicht, Mode = Mode.View,
            ReasonCode = "visit", Rule = "test", Rights = 0, ReturnPath = "/staff", Status = "ended", StartedAt = Then, IdleSeconds = 900, HardEndsAt = Then,
            EndedAt = Then, EndCause = "operator",
        });
        db.Add(new AssortmentRow { Id = IId<AssortmentId>.New(), Code = "tools-only", Name = "Tools only", ChangedAt = Then, ChangedBy = "Ada Novak", Version = 1 });
        db.Add(new TermsVersionRow { Number = 1, Text = "We sell.", Digest = "00", PublishedAt = Then });
        db.Add(new CommissionRuleRow
        {
            Id = new CommissionRuleId(Rule), Version = 1, Name = "Field sales", ShareMillionths = 50_000, Basis = CommissionBasis.TotalWithoutTax, Earned = CommissionEarned.Paid, Part = CommissionPart.Representative, WindowDays = 0, IsOn = true, FromAt = Then,
            ById = Characters.StaffIdOf("ada"),
        });
        db.Add(new NoteRow { Id = new NoteId(Note), CompanyId = Characters.Nordlicht, Number = 0, Text = "Rings twice.", StaffId = Characters.StaffIdOf("karim"), WrittenAt = Then });
        await db.SaveChangesAsync();
    }

    public static string PathOf(string pattern)
    {
        foreach (var (known, path) in Paths)
        {
            if (pattern.StartsWith(known, StringComparison.Ordinal))
            {
                return Filled(path + pattern[known.Length..]);
            }
        }

        return Filled("/" + pattern);
    }

    private static string Filled(string path) => Parameter().Replace(path, match => match.Groups["name"].Value switch
    {
        "membershipId" or "membership" => Characters.MembershipIdOf("ines").ToString(),
        "number" => OrderNumber,
        "step" => "1",
        "link" => "none",
        "digest" => "0000",
        "name" => "none.svg",
        var other => other.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? Guid.Empty.ToString() : "x",
    });

    [GeneratedRegex(@"\{(?<name>\*{0,2}[A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
