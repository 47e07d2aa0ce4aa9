using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>What the shop has sent, what waits and what was given up.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.MailRead)]
public sealed class MailListPage(MailQueries mails, MailRoute route) : ShopPage
{
    public static IReadOnlyList<(string? Status, string Words)> Filters => [(null, Say("All")), ("pending", Say("Waiting")), ("sent", Say("Sent")), ("failed", Say("Given up"))];

    public IReadOnlyList<MailLine> Mails { get; private set; } = [];

    public string? Status { get; private set; }

    public string? To { get; private set; }

    /// <summary>Where the next, older page begins; null on the last one.</summary>
    public Guid? Next { get; private set; }

    public bool IsFirstPage { get; private set; }

    public string Way => route.Words;

    public async Task OnGet(string? status, string? to, Guid? before)
    {
        Status = Filters.Any(filter => filter.Status == status) ? status : null;
        To = string.IsNullOrWhiteSpace(to) ? null : EmailAddress.TryParse(to, out var address) ? address.Text : to.Trim();
        IsFirstPage = before is null;
        var found = To is null || EmailAddress.TryParse(To, out _) ? await mails.Page(Status, To, before, Cancel) : [];
        Mails = [.. found.Take(MailQueries.PageSize)];
        Next = found.Count > MailQueries.PageSize ? Mails[^1].Id : null;
    }

    public string Link(string? status, Guid? before) => "/admin/mail" + QueryString.Create(
        new Dictionary<string, string?> { ["status"] = status, ["to"] = To, ["before"] = before?.ToString() }.Where(pair => pair.Value is { Length: > 0 }));

    public static (string Word, string Color) Pill(string status) => status switch
    {
        "pending" => (Say("Waiting"), "azure"),
        "sent" => (Say("Sent"), "green"),
        _ => (Say("Given up"), "red"),
    };
}
