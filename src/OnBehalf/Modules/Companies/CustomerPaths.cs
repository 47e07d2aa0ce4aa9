using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Where customers and their people have their pages: `/staff/…` in the Sales Portal, `/admin/…` in the Back Office.</summary>
public static class CustomerPaths
{
    public const string SalesPortal = "/staff";
    public const string BackOffice = "/admin";

    /// <summary>The surface of a request, as the beginning of its paths.</summary>
    public static string RootOf(HttpContext context) => context.Surface() == Surface.BackOffice ? BackOffice : SalesPortal;

    public static string Company(string root, string number) => $"{root}/customers/{Uri.EscapeDataString(number)}";

    /// <summary>A private customer; in the Back Office also an employee.</summary>
    public static string Buyer(string root, MembershipId buyer) => root == BackOffice ? $"{root}/buyers/{buyer}" : $"{root}/consumers/{buyer}";

    /// <summary>The page of a company, or of a private customer.</summary>
    public static string Customer(string root, string? number, MembershipId buyer) => number is null ? Buyer(root, buyer) : Company(root, number);
}
