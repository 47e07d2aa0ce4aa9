using OnBehalf.Kernel;

namespace OnBehalf.Identity;

/// <summary>A role that a company puts together from named rights.</summary>
public sealed record OwnRole(string Name, Rights Rights)
{
    public const int LongestName = 60;

    /// <summary>What everybody in a company may: look at the shop, and keep his own account.</summary>
    public static readonly Rights Everybodys = Rights.Of(Right.CatalogView, Right.AccountView, Right.AccountChange, Right.AccountSecure);

    /// <summary>What can be chosen, in the order in which it is offered, each with what it does not go without.</summary>
    public static readonly IReadOnlyList<(Right Right, Rights Needs)> Offered =
    [
        (Right.PricesView, Rights.None),
        (Right.CartsView, Rights.None),
        (Right.CartsChange, Rights.Of(Right.CartsView)),
        (Right.OrdersPlace, Rights.Of(Right.CartsView, Right.CartsChange, Right.PricesView, Right.OrdersView, Right.AddressesView)),
        (Right.OrdersView, Rights.None),
        (Right.OrdersViewCentre, Rights.Of(Right.OrdersView)),
        (Right.OrdersViewCompany, Rights.Of(Right.OrdersView)),
        (Right.OrdersViewTree, Rights.Of(Right.OrdersView, Right.OrdersViewCompany)),
        (Right.OrdersApprove, Rights.Of(Right.OrdersView)),
        (Right.AddressesView, Rights.None),
        (Right.AddressesChange, Rights.Of(Right.AddressesView)),
        (Right.CompanyManage, Rights.None),
    ];

    private static readonly Rights All = Offered.Aggregate(Everybodys, (all, offered) => all | Rights.Of(offered.Right));

    /// <summary>What a role of a company can have at all, whatever is stored.</summary>
    public static Rights Bound(Rights rights) => (rights & All) | Everybodys;

    /// <summary>The role, or everything that is wrong with what was chosen, each with its field. What a right does not go without comes along.</summary>
    /// <param name="names">Of rights.</param>
    public static (OwnRole? Role, IReadOnlyList<Refusal> Refusals) Read(string? name, IEnumerable<string> names)
    {
        var refusals = new List<Refusal>();
        var text = name?.Trim() ?? "";
        if (text.Length is 0 or > LongestName || text.Any(char.IsControl))
        {
            refusals.Add(Refusal.Invalid("roles.name-missing", $"Name: please type it, on one line of at most {LongestName} characters.", nameof(Name)));
        }
        else if (Enum.GetValues<BuyerRole>().Select(BuyerRoles.Word).Any(word => text.Equals(word, StringComparison.OrdinalIgnoreCase) || text.Equals(word.Key, StringComparison.OrdinalIgnoreCase)))
        {
            refusals.Add(Refusal.Invalid("roles.name-built-in", $"Name: {text} is the name of a role that every company has. Choose another.", nameof(Name)));
        }

        var rights = Everybodys;
        foreach (var typed in names)
        {
            if (Offered.FirstOrDefault(offered => offered.Right.Name == typed) is not { Right.Name: not null } found)
            {
                refusals.Add(Refusal.Invalid("roles.right-unknown", "Rights: please choose among those offered.", nameof(Rights)));
                break;
            }

            rights |= Rights.Of(found.Right) | found.Needs;
        }

        return refusals.Count > 0 ? (null, refusals) : (new OwnRole(text, rights), []);
    }

    /// <summary>What it may beside what everybody may, in the order in which it is offered.</summary>
    public static IEnumerable<Right> Chosen(Rights rights) => Offered.Select(offered => offered.Right).Where(rights.Has);

    /// <summary>"may see prices, fill and change the cart"</summary>
    public static string Sentence(Rights rights) => Chosen(rights).ToList() is { Count: > 0 } chosen
        ? Say($"may {string.Join(", ", chosen.Select(right => right.Sentence))}")
        : Say("looks at the catalogue, and changes nothing but the own account");
}

/// <summary>A company made a role.</summary>
public sealed record CompanyRoleAdded(CompanyId Company, CompanyRoleId Role, string Title, Rights Rights) : Fact
{
    public override string Name => "roles.added";
}

/// <summary>A role of a company is called otherwise, or may other things: so may everybody who has it, from now on.</summary>
/// <param name="People">Who has it.</param>
public sealed record CompanyRoleChanged(CompanyId Company, CompanyRoleId Role, string Before, string After, Rights RightsBefore, Rights RightsAfter, int People) : Fact
{
    public override string Name => "roles.changed";
}

/// <summary>A company deleted a role that nobody had.</summary>
public sealed record CompanyRoleRemoved(CompanyId Company, CompanyRoleId Role, string Title, Rights Rights) : Fact
{
    public override string Name => "roles.removed";
}
