using System.Globalization;

namespace OnBehalf.Modules.Demo;

/// <summary>
/// The rows of a volume shop as functions of their index: nothing has to be kept in memory, and one row can name another
/// without having seen it.
/// </summary>
internal static class VolumeRows
{
    public const ulong ForCompany = 1, ForContact = 2, ForConsumer = 3, ForProduct = 4, ForOrder = 5, ForStaff = 6, ForPrice = 7;
    public const int Categories = 40, Groups = 8;

    private const int EmployeesOfSixteen = 64;

    /// <summary>Most companies are small and one of sixteen is big: the employees of sixteen neighbours, in sum before each.</summary>
    private static readonly int[] EmployeesBefore = [0, 1, 2, 3, 5, 7, 9, 11, 14, 17, 20, 24, 29, 35, 42, 52];

    public static string CompanyNumber(int company) => Numbered("C", company + 1, 7);

    /// <summary>The index of the first employee of a company. The companies share the contacts without rest.</summary>
    public static int FirstContactOf(int company, VolumeShopSize size) => (int)(size.Contacts * Weight(company) / Weight(size.Companies));

    public static (string Email, string First, string Last) Contact(int contact)
    {
        var (first, last) = VolumeNames.Person(Chance.For(ForContact, contact));
        return (Email(first, last, contact, VolumeNames.Domain(contact)), first, last);
    }

    /// <summary>The number makes it unique.</summary>
    public static string Email(string first, string last, int index, string domain) =>
        $"{VolumeNames.Plain(first)}.{VolumeNames.Plain(last)}{PackageFile.Text(index + 1)}@{domain}.example";

    /// <summary>Seven of ten are sales reps, who come first; then telesales, support, supervisors and administrators.</summary>
    public static (string Role, string Email) StaffMember(int index, VolumeShopSize size)
    {
        var reps = Reps(size);
        if (index < reps) return ("sales-rep", RepEmail(index));
        var (role, name) = ((index - reps) % 10) switch
        {
            0 => ("administrator", "admin"),
            1 => ("supervisor", "supervisor"),
            2 or 5 or 8 => ("support-agent", "support"),
            _ => ("telesales-operator", "telesales"),
        };
        return (role, $"{name}{PackageFile.Text(index - reps + 1)}@volume.example");
    }

    /// <summary>Each sales rep has a slice of neighbours.</summary>
    public static string RepOf(int company, VolumeShopSize size) =>
        size.Staff == 0 ? "" : RepEmail((int)((long)company * Reps(size) / size.Companies));

    public static string PriceListOf(int company) => (company % 20) switch { 7 => "contract", 3 or 13 => "", _ => "trade" };

    public static long BasePrice(int product)
    {
        var chance = Chance.For(ForPrice, product);
        return chance.Below(3) switch
        {
            0 => chance.Between(90, 990),
            1 => chance.Between(990, 9900),
            _ => chance.Between(9900, 49900),
        };
    }

    public static long UnitPrice(string list, int product, int quantity) => PackageFile.Share(BasePrice(product), list switch
    {
        "trade" => quantity < 10 ? 88 : 80,
        "contract" when OnContract(product) => quantity < 25 ? 75 : 70,
        _ => 100,
    });

    public static bool OnContract(int product) => product % 10 == 0;

    public static string Sku(int product) => Numbered(VolumeNames.SkuPrefix(product), product + 1, 6);

    public static string Category(int index) => Numbered("cat-", index + 1, 2);

    public static string Numbered(string prefix, int number, int digits) =>
        prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static long Weight(int company) => (company / 16 * (long)EmployeesOfSixteen) + EmployeesBefore[company % 16];

    private static int Reps(VolumeShopSize size) => ((size.Staff * 7) + 9) / 10;

    private static string RepEmail(int rep) => $"rep{PackageFile.Text(rep + 1)}@volume.example";
}
