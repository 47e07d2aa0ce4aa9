using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>What a company books an order on; its own list, by its own codes.</summary>
public sealed record CostCentre(string Code, string Name)
{
    public const int LongestCode = 40;
    public const int LongestName = 100;

    /// <summary>"4711 Workshop".</summary>
    public override string ToString() => $"{Code} {Name}";

    /// <summary>It, or everything that is wrong with what was typed, each with its field.</summary>
    public static (CostCentre? CostCentre, IReadOnlyList<Refusal> Refusals) Read(string? code, string? name)
    {
        var refusals = new List<Refusal>();
        var read = new CostCentre(
            Text(code, nameof(Code), $"Code: please type it, on one line of at most {LongestCode} characters.", LongestCode),
            Text(name, nameof(Name), $"Name: please type it, on one line of at most {LongestName} characters.", LongestName));
        return refusals.Count > 0 ? (null, refusals) : (read, []);

        string Text(string? typed, string field, Phrase sentence, int longest)
        {
            var text = typed?.Trim() ?? "";
            if (text.Length == 0 || text.Length > longest || text.Any(char.IsControl))
            {
                refusals.Add(Refusal.Invalid($"companies.cost-centre-{field.ToLowerInvariant()}-missing", sentence, field));
            }

            return text;
        }
    }
}

/// <summary>A company has a further cost centre.</summary>
public sealed record CostCentreAdded(CompanyId Company, CostCentreId CostCentre, string Content) : Fact
{
    public override string Name => "cost-centres.added";
}

/// <summary>A cost centre is called otherwise, is open to others, or is used no longer.</summary>
public sealed record CostCentreChanged(CompanyId Company, CostCentreId CostCentre, string Before, string After, bool IsActive, int Members) : Fact
{
    public override string Name => "cost-centres.changed";
}
