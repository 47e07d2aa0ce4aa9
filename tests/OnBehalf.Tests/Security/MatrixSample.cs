using System.Text.RegularExpressions;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Security;

/// <summary>What the routes of the matrix point to: things of Ines at Nordlicht.</summary>
internal static partial class MatrixSample
{
    private const string OrderNumber = "SO-2025-000001";

    /// <summary>Values of route parameters, the longest matching prefix of the pattern first.</summary>
    private static readonly (string Pattern, string Path)[] Paths =
    [
        ("error/{status:int}", "/error/404"),
        ("product/{sku}", "/product/P-100"),
        ("category/{code}", "/category/tools"),
        ("account/orders/{number}", $"/account/orders/{OrderNumber}"),
        ("staff/orders/{number}", $"/staff/orders/{OrderNumber}"),
        ("admin/assistance/policy/{version:int}", "/admin/assistance/policy/1"),
        ("staff/customers/{number}", "/staff/customers/N-1001"),
        ("staff/consumers/{membershipId:guid}", $"/staff/consumers/{Characters.MembershipIdOf("carla")}"),
    ];

    public static async Task Enter(TestShop shop)
    {
        await using var db = shop.Database.Read();
        db.Add(new OrderRow
        {
            Id = IId<OrderId>.New(), Number = OrderNumber, MembershipId = Characters.MembershipIdOf("ines"), BuyerId = Characters.BuyerIdOf("ines"),
            CompanyId = Characters.Nordlicht, Status = "placed", PlacedAt = new DateTimeOffset(2025, 5, 5, 5, 5, 5, TimeSpan.Zero), Currency = Currency.Of("EUR"),
            LinesMinor = 90_00, TotalMinor = 90_00, BuyerName = "Ines Albrecht", CompanyName = "Nordlicht GmbH", CompanyNumber = "N-1001", Version = 1,
        });
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
        "digest" => "0000",
        "name" => "none.svg",
        var other => other.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? Guid.Empty.ToString() : "x",
    });

    [GeneratedRegex(@"\{(?<name>\*{0,2}[A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
