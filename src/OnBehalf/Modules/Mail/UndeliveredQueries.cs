using OnBehalf.Data;

namespace OnBehalf.Modules.Mail;

/// <summary>The newest mail to an address that was tried, where it did not arrive.</summary>
/// <param name="Status">`failed` when it was given up, else it is tried again.</param>
/// <param name="Reason">What the mail server said.</param>
public sealed record Undelivered(Guid Id, string Address, string Status, string? Reason, DateTimeOffset CreatedAt)
{
    public bool IsGivenUp => Status == "failed";
}

/// <summary>Whose mail does not arrive. A later mail that does says that the address is right again.</summary>
public static class UndeliveredQueries
{
    // What was never tried says nothing about the address, nor does what lies with the worker for the first time.
    private const string Sql = """
        select id as "Id", to_address as "Address", status as "Status", last_error as "Reason", created_at as "CreatedAt"
        from mail where to_address = {0} and attempts > 0 and (status <> 'pending' or last_error is not null) order by id desc limit 1
        """;

    public static Func<Undelivered?> To(SqlTogether together, string address)
    {
        var rows = together.Rows<Undelivered>(Sql, address);
        return () => rows() is [{ Status: not "sent" } last] ? last : null;
    }
}
