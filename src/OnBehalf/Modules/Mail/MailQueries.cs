using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>A mail in the list of the Back Office.</summary>
public sealed record MailLine(Guid Id, string Kind, string ToAddress, string? ToName, string Subject, string Status, int Attempts, DateTimeOffset CreatedAt, string? LastError);

/// <summary>A mail as the Back Office shows it: the one-time link or code in it is never shown to anybody.</summary>
public sealed record ShownMail(
    Guid Id, string Kind, string ToAddress, string? ToName, string Subject, string Body, string Status, int Attempts, DateTimeOffset CreatedAt,
    DateTimeOffset NextAttemptAt, DateTimeOffset? SentAt, string? LastError)
{
    public string MaskedBody => Body.Replace(Outbox.SecretPlace, "••••••", StringComparison.Ordinal);
}

/// <summary>What the shop has sent, newest first.</summary>
public sealed class MailQueries(Database database)
{
    public const int PageSize = 50;

    private const string Columns = """
        select id as "Id", kind as "Kind", to_address as "ToAddress", to_name as "ToName", subject as "Subject", status as "Status", attempts as "Attempts",
            created_at as "CreatedAt", last_error as "LastError"
        from mail
        """;

    private const string OneSql = """
        select id as "Id", kind as "Kind", to_address as "ToAddress", to_name as "ToName", subject as "Subject", body as "Body", status as "Status",
            attempts as "Attempts", created_at as "CreatedAt", next_attempt_at as "NextAttemptAt", sent_at as "SentAt", last_error as "LastError"
        from mail where id = {0}
        """;

    private static readonly Guid Newest = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>One line more than a page, so that the page knows whether there is another.</summary>
    /// <param name="status">`pending`, `sent`, `failed`, or null for all.</param>
    /// <param name="to">The whole address, or null for all.</param>
    public async Task<IReadOnlyList<MailLine>> Page(string? status, string? to, Guid? before, CancellationToken cancel)
    {
        var sql = $"{Columns} where id < {{0}}{(status is null ? "" : " and status = {1}")}{(to is null ? "" : " and to_address = {2}")} order by id desc limit {PageSize + 1}";
        await using var db = database.Read();
        return await db.Rows<MailLine>(sql, before ?? Newest, status ?? "", to ?? "").ToListAsync(cancel);
    }

    public async Task<ShownMail?> One(MailId id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownMail>(OneSql, id.Value).ToListAsync(cancel)).SingleOrDefault();
    }
}
