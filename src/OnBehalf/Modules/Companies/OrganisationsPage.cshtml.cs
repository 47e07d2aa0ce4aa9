using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>"Select organisation": the companies that a seller serves, to act for one as a whole, or to look at it first.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class OrganisationsPage(OrganisationQueries organisations) : ShopPage
{
    private const int LongestQuery = 100;

    public string Query { get; private set; } = "";

    public OrganisationFilter Filter { get; private set; } = new(null, null, null);

    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];

    public IReadOnlyList<string> Countries { get; private set; } = [];

    public IReadOnlyList<string> Segments { get; private set; } = [];

    /// <summary>A search found more than it shows.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Where the next page of the list begins.</summary>
    public string? Next { get; private set; }

    public bool IsFirstPage { get; private set; } = true;

    public bool IsNarrowed => Query.Length > 0 || Filter.IsSet;

    /// <summary>The confirming page of a company, which leads back here.</summary>
    public string ActFor(Organisation company) =>
        $"{CustomerPaths.Company(CustomerPaths.SalesPortal, company.Number)}/act?from={Uri.EscapeDataString(Request.Path + Request.QueryString)}";

    public async Task<IActionResult> OnGet(string? q, string? country, string? segment, string? status, string? after, Guid? id)
    {
        Query = (q ?? "").Trim();
        Query = Query.Length > LongestQuery ? Query[..LongestQuery] : Query;
        Filter = new OrganisationFilter(Word(country), Word(segment), Words.TryParse<CompanyStatus>(status ?? "", out var known) ? known : null);
        (Countries, Segments) = await organisations.ChoicesOfFilters(Cancel);
        if (Query.Length > 0)
        {
            (Organisations, HasMore) = await organisations.Find(Caller, Query, Filter, Cancel);
            return Page();
        }

        var from = after is null || id is null ? CustomerPlace.Beginning : new CustomerPlace(after, id.Value);
        IsFirstPage = from == CustomerPlace.Beginning;
        var found = await organisations.Page(Caller, Filter, from, Cancel);
        Organisations = [.. found.Take(OrganisationQueries.PerPage)];
        Next = found.Count > OrganisationQueries.PerPage ? Path(found[OrganisationQueries.PerPage]) : null;
        return Page();
    }

    /// <summary>The list with the same filters, from a company on or from its beginning.</summary>
    public string Path(Organisation? from = null) => "/staff/organisations" + QueryString.Create(
        new Dictionary<string, string?>
        {
            ["country"] = Filter.Country, ["segment"] = Filter.Segment, ["status"] = Filter.Status is { } status ? Words.Kebab(status) : null,
            ["after"] = from?.SortName, ["id"] = from?.Id.ToString(),
        }.Where(pair => pair.Value is not null));

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestQuery ? null : text.Trim();
}
