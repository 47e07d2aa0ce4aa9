using OnBehalf.Kernel;

namespace OnBehalf.Carts;

/// <summary>Who else of the company has a list.</summary>
public enum ListShare
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>All people of the company see it, and put what is on it into their carts.</summary>
    Read,

    /// <summary>They also change what is on it.</summary>
    Edit,
}

/// <summary>What a list of articles is called, and who has it.</summary>
public sealed record SavedListHead(string Name, ListShare Share)
{
    public const int LongestName = 100;

    /// <summary>So many of one person in one company.</summary>
    public const int Most = 200;

    /// <summary>Articles on one list.</summary>
    public const int MostLines = 500;

    public static Outcome<string> ReadName(string? typed)
    {
        var name = typed?.Trim() ?? "";
        return name.Length is 0 or > LongestName || name.Any(char.IsControl) ? ListRefusals.NameMissing : name;
    }
}

/// <summary>Every "no" of a list.</summary>
public static class ListRefusals
{
    public static readonly Refusal UnknownShare = Refusal.Invalid("lists.unknown-share", "Who has it: choose one of the list.", "Share");

    public static readonly Refusal NothingNamed = Refusal.Invalid("lists.nothing-named", "Nothing was named. Open the list and choose what to remove.");

    public static readonly Refusal NameMissing = Refusal.Invalid("lists.name-missing", $"Name: please type it, on one line of at most {SavedListHead.LongestName} characters.", "Name");

    public static readonly Refusal Unknown = Refusal.Missing("lists.unknown", "There is no such list, or it is shared with you no longer.");

    public static readonly Refusal NotYours = Refusal.Forbidden("lists.not-yours", "This list belongs to somebody else of the company. Nothing was changed. Make one of your own, or ask for the right to change it.");

    public static readonly Refusal TooMany = Refusal.Conflict("lists.too-many", $"You have {SavedListHead.Most} lists. Delete one that is used no longer.");

    public static readonly Refusal TooLong = Refusal.Conflict("lists.too-long", $"A list holds at most {SavedListHead.MostLines} articles. Begin a further one.");

    public static readonly Refusal Empty = Refusal.Conflict("lists.empty", "There is nothing to put on a list. Nothing was changed.");

    public static readonly Refusal Changed = Refusal.Conflict("lists.changed-meanwhile", "Somebody has changed this list since you opened the page. Your change was not made; below is the list as it is now.");

    public static readonly Refusal NoCompany = Refusal.Invalid("lists.no-company", "You buy for yourself: there is nobody to share a list with.", "Share");
}

public sealed record ListAdded(SavedListId List, MembershipId Membership, string Content) : Fact
{
    public override string Name => "lists.added";
}

/// <summary>A list is called otherwise, or shared otherwise.</summary>
public sealed record ListChanged(SavedListId List, MembershipId Membership, string Before, string After) : Fact
{
    public override string Name => "lists.changed";
}

public sealed record ListDeleted(SavedListId List, MembershipId Membership, string Before, int Lines) : Fact
{
    public override string Name => "lists.deleted";
}

/// <summary>An article is on a list, in another quantity, or no longer; a quantity that is null is none.</summary>
public sealed record ListLineChanged(SavedListId List, ProductId Product, Quantity? Before, Quantity? After) : Fact
{
    public override string Name => "lists.line-changed";
}

/// <summary>The lists of somebody who left belong to who came after him.</summary>
public sealed record ListsTransferred(MembershipId Membership, MembershipId Successor, int Lists) : Fact
{
    public override string Name => "lists.transferred";
}
