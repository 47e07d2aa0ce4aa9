using OnBehalf.Data;

namespace OnBehalf.Modules.Exports;

/// <summary>A destination as the Back Office shows it: everything but what is secret.</summary>
/// <param name="Behind">Leaves that were not acknowledged yet.</param>
/// <param name="LagSeconds">How long the oldest of them has been waiting.</param>
public sealed record ShownStream(
    Guid Id, string Name, string Kind, string Address, string Form, bool HasToken, bool HasAuthority, bool IsOn, string MadeBy, DateTimeOffset MadeAt, long NextIndex, long Behind, int LagSeconds,
    int Failures, DateTimeOffset NextAttemptAt, DateTimeOffset? SentAt, string? LastError)
{
    public string State => !IsOn ? Say("Off") : Failures > 0 ? Say("Does not arrive") : Behind > 0 ? Say("Sending") : Say("All sent");

    public string Color => !IsOn ? "secondary" : Failures > 0 ? "red" : Behind > 0 ? "azure" : "green";
}

/// <summary>How far the log has got elsewhere.</summary>
public sealed class StreamQueries(Database database)
{
    private readonly string _all = $"""
        select a.id as "Id", a.name as "Name", a.kind as "Kind", a.address as "Address", a.form as "Form", a.token is not null as "HasToken", a.authority is not null as "HasAuthority",
            a.is_on as "IsOn", s.first_name || ' ' || s.last_name as "MadeBy", a.made_at as "MadeAt", a.next_index as "NextIndex",
            case when t.size > a.next_index then t.size - a.next_index else 0 end as "Behind",
            coalesce((select {database.SecondsSince("e.at")} from audit_leaf l join audit_event e on e.id = l.event_id where l.leaf_index = a.next_index), 0) as "LagSeconds",
            a.failures as "Failures", a.next_attempt_at as "NextAttemptAt", a.sent_at as "SentAt", a.last_error as "LastError"
        from audit_stream a join staff s on s.id = a.made_by_id, audit_tree t order by a.made_at
        """;

    private readonly string _due = $"select id as \"Value\" from audit_stream where is_on and next_attempt_at <= {database.Now} and next_index < (select published from audit_tree where trouble is null) order by id";

    public async Task<IReadOnlyList<ShownStream>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ShownStream>(_all).ToListAsync(cancel);
    }

    /// <summary>To which something has to be sent now.</summary>
    public async Task<IReadOnlyList<Guid>> Due(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Guid>(_due).ToListAsync(cancel);
    }

    /// <summary>How many receive nothing although they should.</summary>
    public async Task<int> Troubled(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<int>("select cast(count(*) as integer) as \"Value\" from audit_stream where is_on and failures > 2").ToListAsync(cancel))[0];
    }
}
