using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>One event of the audit log. The entry holds ids, codes and commitments only; what is personal lies in <see cref="AuditPrivateRow"/>.</summary>
public sealed class AuditEventRow
{
    public long Seq { get; init; }
    public required EventId Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Name { get; init; }
    public StaffId? OperatorStaffId { get; init; }
    public BuyerId? OperatorBuyerId { get; init; }
    public string? ActorPart { get; init; }
    public BuyerId? BuyerId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public AssistedSessionId? SessionId { get; init; }
    public OrderId? OrderId { get; init; }
    public required string Outcome { get; init; }
    public required string Entry { get; init; }
}

/// <summary>A personal value of an event; the entry holds HMAC-SHA256(salt, field ‖ 0 ‖ value), so that it can be proved and erased.</summary>
public sealed class AuditPrivateRow
{
    public required EventId EventId { get; init; }
    public required string Field { get; init; }

    /// <summary>Salt and text, sealed for this field of this event.</summary>
    public required byte[] Value { get; init; }

    /// <summary>The reference of whose key opens it.</summary>
    public required Guid KeyRef { get; init; }
}

internal sealed class AuditEventTable : IEntityTypeConfiguration<AuditEventRow>
{
    public void Configure(EntityTypeBuilder<AuditEventRow> builder)
    {
        builder.ToTable("audit_event").HasKey(row => row.Seq);
        builder.HasAlternateKey(row => row.Id);
    }
}

internal sealed class AuditPrivateTable : IEntityTypeConfiguration<AuditPrivateRow>
{
    public void Configure(EntityTypeBuilder<AuditPrivateRow> builder)
    {
        builder.ToTable("audit_private").HasKey(row => new { row.EventId, row.Field });
        builder.HasOne<AuditEventRow>().WithMany().HasForeignKey(row => row.EventId).HasPrincipalKey(row => row.Id);
    }
}

/// <summary>Turns a fact into its row: who acted for whom comes from the caller, what happened from the fact's own properties.</summary>
internal static class AuditEntries
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static PropertyInfo[] PropertiesOf(Fact fact) => Properties.GetOrAdd(fact.GetType(), static type =>
        [.. type.GetProperties().Where(p => p.Name is not ("Name" or "EqualityContract")).OrderBy(p => p.Name, StringComparer.Ordinal)]);

    public static void Store(ShopDb db, Caller caller, DateTimeOffset now, EventId id, Fact fact, IReadOnlyDictionary<Guid, PersonKey> keys)
    {
        var properties = PropertiesOf(fact);
        var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", id.Value);
            json.WriteString("name", fact.Name);
            json.WriteString("at", now.UtcDateTime);
            WriteCaller(json, caller);
            foreach (var property in properties)
            {
                if (property.GetValue(fact) is string personal)
                {
                    var key = keys[FactPeople.Of(fact).OwnerOf(caller, fact, property.Name, now).Id];
                    var (salt, name) = (RandomNumberGenerator.GetBytes(32), Words.Kebab(property.Name));
                    db.Add(new AuditPrivateRow { EventId = id, Field = name, Value = PersonKeys.Seal(key, id, name, salt, personal), KeyRef = key.Ref });
                    json.WriteBase64String(name + "#", Commitment(salt, name, personal));
                }
                else
                {
                    Write(json, Words.Kebab(property.Name), property.GetValue(fact));
                }
            }

            json.WriteEndObject();
        }

        db.Add(new AuditEventRow
        {
            Id = id,
            At = now,
            Name = fact.Name,
            // A buyer who ends a session did that himself; whose session it was stands in the entry.
            OperatorStaffId = (caller.Actor as Actor.Staff)?.Id ?? (caller.Actor is Actor.Buyer ? null : Find<StaffId>(properties, fact, "Operator")),
            OperatorBuyerId = (caller.Actor as Actor.Buyer)?.Id ?? (caller.Actor is Actor.Staff ? null : Find<BuyerId>(properties, fact, "OperatorBuyer")),
            ActorPart = (caller.Actor as Actor.Machine)?.Part,
            // In a session all is about him who is acted for; otherwise about whomever the fact names.
            BuyerId = Subject(caller, caller.Buyer?.Id, Find<BuyerId>(properties, fact, "Buyer")),
            CompanyId = Subject(caller, caller.Company?.Id, Find<CompanyId>(properties, fact, "Company")),
            SessionId = caller.Session?.Id ?? Find<AssistedSessionId>(properties, fact, "Session"),
            OrderId = Find<OrderId>(properties, fact, "Order"),
            Outcome = fact is IRefusedFact ? "refused" : "done",
            Entry = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length),
        });
    }

    private static TId? Subject<TId>(Caller caller, TId? ofCaller, TId? ofFact)
        where TId : struct =>
        caller.IsAssisting ? ofCaller ?? ofFact : ofFact ?? ofCaller;

    private static void WriteCaller(Utf8JsonWriter json, Caller caller)
    {
        switch (caller.Actor)
        {
            case Actor.Staff staff:
                json.WriteString("operator-staff", staff.Id.Value);
                json.WriteString("operator-role", Words.Kebab(staff.Role));
                break;
            case Actor.Buyer buyer:
                json.WriteString("operator-buyer", buyer.Id.Value);
                break;
            case Actor.Machine machine:
                json.WriteString("part", machine.Part);
                break;
        }

        if (caller.Buyer is { } subject)
        {
            json.WriteString("for-buyer", subject.Id.Value);
            json.WriteString("for-membership", subject.Membership.Value);
        }

        if (caller.Company is { } company)
        {
            json.WriteString("for-company", company.Id.Value);
        }

        if (caller.Session is { } session)
        {
            json.WriteString("in-session", session.Id.Value);
            json.WriteString("mode", Words.Kebab(session.Mode));
            json.WriteString("session-reason", session.ReasonCode);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long:
                json.WriteNumber(name, Convert.ToInt64(value, null));
                break;
            case DateTimeOffset time:
                json.WriteString(name, time.UtcDateTime);
                break;
            case Enum word:
                json.WriteString(name, Words.Kebab(word.ToString()));
                break;
            case Guid guid:
                json.WriteString(name, guid);
                break;
            default:
                // Ids, codes, money, quantities, rights: their plain text says all.
                json.WriteString(name, value.ToString());
                break;
        }
    }

    internal static byte[] Commitment(byte[] salt, string field, string value) =>
        HMACSHA256.HashData(salt, (byte[])[.. Encoding.UTF8.GetBytes(field), 0, .. Encoding.UTF8.GetBytes(value)]);

    private static T? Find<T>(PropertyInfo[] properties, Fact fact, string name)
        where T : struct => Array.Find(properties, p => p.Name == name)?.GetValue(fact) is T value ? value : null;
}

/// <summary>Marks facts that say "this was tried and refused".</summary>
public interface IRefusedFact;
