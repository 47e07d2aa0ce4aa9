using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>The roles of a company: those that every company has, and its own; the same for its administrators and for staff.</summary>
public abstract class CompanyRoleList(CompanyRoleQueries queries) : ShopPage
{
    public static readonly IReadOnlyList<RoleChoice> BuiltIn = [BuyerRole.Administrator, BuyerRole.Purchaser, BuyerRole.Approver, BuyerRole.Viewer];

    public IReadOnlyList<ListedRole> All { get; private set; } = [];

    public abstract string CompanyName { get; }

    /// <summary>Of this page.</summary>
    public abstract string Path { get; }

    public abstract string Back { get; }

    public string? Notice => Request.Query["done"].ToString() switch { "stored" => Say("The role was stored. It counts at once."), "deleted" => Say("The role was deleted."), _ => null };

    protected abstract Task<CompanyId?> FindCompany(string? number);

    public async Task<IActionResult> OnGet(string? number)
    {
        if (await FindCompany(number) is not { } company)
        {
            return Missing();
        }

        All = await queries.Of(company, Cancel);
        return Page();
    }
}

/// <summary>A right as the form offers it.</summary>
/// <param name="IsMine">Whoever fills in the form may give it.</param>
/// <param name="Along">What comes along with it, in words; empty when nothing does.</param>
public sealed record OfferedRight(Right Right, bool IsMine, string Along)
{
    public string Words => Right.Sentence.Capital;
}

/// <summary>A role of the company, new or there already: what it is called, what it may, and who has it.</summary>
public abstract class CompanyRoleForm(CompanyRoles roles, CompanyRoleQueries queries) : ShopPage
{
    [BindProperty]
    public CompanyRoleInput Input { get; set; } = new();

    /// <summary>Null: a new one.</summary>
    public ListedRole? Role { get; private set; }

    public IReadOnlyList<RoleHolder> Holders { get; private set; } = [];

    public abstract string CompanyName { get; }

    /// <summary>The list.</summary>
    public abstract string Back { get; }

    public string Path => Role is null ? $"{Back}/new" : $"{Back}/{Role.Id}";

    public string Title => Role is null ? Say($"New role of {CompanyName}") : Role.Name;

    /// <summary>The page of somebody who has the role.</summary>
    public abstract string PathOf(Guid membership);

    public IEnumerable<OfferedRight> Offered => OwnRole.Offered.Select(offered => new OfferedRight(
        offered.Right, CompanyRoleQueries.MayGive(Caller, new HeldRole(BuyerRole.Own, "", Kernel.Rights.Of(offered.Right) | offered.Needs)),
        string.Join(", ", offered.Needs.Names().Select(needed => needed.Sentence))));

    protected abstract Task<CompanyId?> FindCompany(string? number);

    public async Task<IActionResult> OnGet(string? number, Guid? id, string? copy)
    {
        if (await Load(number, id) is not { } company)
        {
            return Missing();
        }

        if (Role is not null)
        {
            Input = new() { Name = Role.Name, Rights = [.. OwnRole.Chosen(Role.Rights).Select(right => right.Name)], Version = Role.Version };
        }
        else if (Guid.TryParse(copy, out var own) && (await queries.Of(company, Cancel)).FirstOrDefault(one => one.Id == own) is { } other)
        {
            Input = new() { Name = $"{other.Name} (copy)", Rights = Copied(other.Rights) };
        }
        else if (RoleChoice.Find(CompanyRoleList.BuiltIn, copy) is { } known)
        {
            Input = new() { Rights = Copied(BuyerRoles.RightsOf(known.Role.Kind)) };
        }

        return Page();
    }

    public async Task<IActionResult> OnPost(string? number, Guid? id)
    {
        if (await Load(number, id) is not { } company)
        {
            return Missing();
        }

        if (Role is { } role && Input.Do == "delete")
        {
            return (await roles.Remove(Caller, company, new CompanyRoleId(role.Id), Cancel)).Refusal is { } inUse ? Refused(inUse) : SeeOther($"{Back}?done=deleted");
        }

        var (own, refusals) = OwnRole.Read(Input.Name, Input.Rights);
        if (own is null)
        {
            return Refused(refusals);
        }

        var outcome = Role is null ? await roles.Add(Caller, company, own, Cancel) : await roles.Set(Caller, company, new CompanyRoleId(Role.Id), Input.Version, own, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{Back}?done=stored");
    }

    private List<string> Copied(Rights rights) => [.. OwnRole.Chosen(rights).Where(right => Offered.Any(offered => offered.Right == right && offered.IsMine)).Select(right => right.Name)];

    private async Task<CompanyId?> Load(string? number, Guid? id)
    {
        if (await FindCompany(number) is not { } company)
        {
            return null;
        }

        if (id is { } wanted)
        {
            if ((await queries.Of(company, Cancel)).FirstOrDefault(one => one.Id == wanted) is not { } role)
            {
                return null;
            }

            Role = role;
            Holders = await queries.Holders(new CompanyRoleId(wanted), Cancel);
        }

        return company;
    }
}

public sealed class CompanyRoleInput
{
    /// <summary>`delete`, or nothing for storing.</summary>
    public string? Do { get; set; }

    public string? Name { get; set; }

    /// <summary>Names of rights.</summary>
    public List<string> Rights { get; set; } = [];

    /// <summary>Of the role as it was shown.</summary>
    public int Version { get; set; }
}
