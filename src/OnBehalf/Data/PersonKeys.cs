using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// What stands for a person (buyer, membership, staff member) in the audit log: a reference of 128 random bits, and the key of his personal values, wrapped by
/// one that lies outside the database. Without this row the reference is nobody's and the values are noise: to delete it is to erase.
/// </summary>
public sealed class PersonKeyRow
{
    public required Guid PersonId { get; init; }
    public required string Kind { get; init; }
    public required Guid Ref { get; init; }
    public required byte[] Wrapped { get; set; }
    public required string WrappedBy { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PersonKeyTable : IEntityTypeConfiguration<PersonKeyRow>
{
    public void Configure(EntityTypeBuilder<PersonKeyRow> builder) => builder.ToTable("person_key").HasKey(row => row.PersonId);
}

/// <summary>A reference and the key that belongs to it.</summary>
internal sealed record PersonKey(Guid Ref, byte[] Key);

/// <summary>Somebody for whom a reference is wanted: his id, and what it is an id of.</summary>
internal readonly record struct KeyOwner(Guid Id, string Kind)
{
    public static KeyOwner Of(BuyerId buyer) => new(buyer.Value, "buyer");

    public static KeyOwner Of(MembershipId membership) => new(membership.Value, "membership");

    public static KeyOwner Of(StaffId staff) => new(staff.Value, "staff");

    /// <summary>Nobody whom the shop knows: such values have the key of their month, with which they can go.</summary>
    public static KeyOwner Of(DateTimeOffset month) => new(new Guid(0, (short)month.UtcDateTime.Year, (short)month.UtcDateTime.Month, new byte[8]), "month");
}

/// <summary>A personal value of an event, opened.</summary>
/// <param name="Salt">With it the commitment of the entry can be made again.</param>
public sealed record PersonalValue(Guid Event, string Field, string Value, byte[] Salt)
{
    /// <summary>What the entry has to say of it.</summary>
    public byte[] Commitment() => AuditDraft.Commitment(Salt, Field, Value);
}

/// <summary>Gives people their references and keys, made when they are first spoken of, and opens what was sealed under them.</summary>
public sealed class PersonKeys
{
    // What is remembered is emptied when it is full: it is a saving and no truth.
    private const int MostKnown = 50_000;
    private const int SaltBytes = 32;

    /// <summary>So long a node may go on with the key of somebody whom another one has erased: what it writes is noise, and it may have it in its memory.</summary>
    internal static readonly TimeSpan Remembers = TimeSpan.FromMinutes(10);

    private const string Add = """
        insert into person_key (person_id, kind, ref, wrapped, wrapped_by, created_at) values ({0}, {1}, {2}, {3}, {4}, {5})
        on conflict (person_id) do nothing returning 1 as "Value"
        """;

    private static readonly Caller Self = Caller.Machine("person-keys");

    private readonly PersonKeyFile _file;
    private readonly ConcurrentDictionary<Guid, (PersonKey Key, long Since)> _known = new();
    private readonly ConcurrentDictionary<Guid, byte> _erased = new();
    private readonly TimeProvider _clock;

    internal PersonKeys(PersonKeyFile file, TimeProvider? clock = null) => (_file, _clock) = (file, clock ?? TimeProvider.System);

    internal PersonKeyFile File => _file;

    /// <summary>References and keys of all of them, in the transaction of what speaks of them.</summary>
    internal async Task<Dictionary<Guid, PersonKey>> Of(Tx tx, IReadOnlyCollection<KeyOwner> owners)
    {
        var found = new Dictionary<Guid, PersonKey>(owners.Count);
        var missing = new List<KeyOwner>();
        foreach (var owner in owners)
        {
            if (Remembered(owner.Id) is { } key)
            {
                found[owner.Id] = key;
            }
            else
            {
                missing.Add(owner);
            }
        }

        if (missing.Count > 0)
        {
            var stored = await Stored(tx, missing);
            foreach (var owner in missing.OrderBy(owner => owner.Id))
            {
                found[owner.Id] = stored.GetValueOrDefault(owner.Id) ?? await Make(tx, owner);
            }

            // Before the commit it may still come to nothing.
            tx.AfterCommit(() => missing.ForEach(owner => Remember(owner.Id, found[owner.Id])));
        }

        return found;
    }

    /// <summary>The same for an event that has no transaction of the door: mostly out of memory, and without a command.</summary>
    internal async ValueTask<IReadOnlyDictionary<Guid, PersonKey>> Known(Database database, IReadOnlyCollection<KeyOwner> owners, CancellationToken cancel)
    {
        var known = new Dictionary<Guid, PersonKey>(owners.Count);
        foreach (var owner in owners)
        {
            if (Remembered(owner.Id) is { } key)
            {
                known[owner.Id] = key;
            }
        }

        return known.Count == owners.Count ? known : (await database.Write<Dictionary<Guid, PersonKey>>(Self, async tx => await Of(tx, owners), cancel)).Value;
    }

    /// <summary>Personal values of events by event and field, in one command; those whose key is gone are not among them.</summary>
    public async Task<IReadOnlyList<PersonalValue>> Values(Database database, ShopDb db, IReadOnlyCollection<EventId> events, CancellationToken cancel)
    {
        var rows = await db.Rows<SealedValue>(
            $"""
            select p.event_id as "Event", p.field as "Field", p.value as "Value", k.person_id as "Person", k.ref as "Ref", k.wrapped as "Wrapped", k.wrapped_by as "WrappedBy"
            from audit_private p join person_key k on k.ref = p.key_ref
            where {database.OneOf("p.event_id", "{0}")} order by p.event_id, p.field
            """,
            database.List(events)).ToListAsync(cancel);
        var opened = new Dictionary<Guid, PersonKey>();
        var values = new List<PersonalValue>(rows.Count);
        foreach (var row in rows)
        {
            if (!opened.TryGetValue(row.Ref, out var key))
            {
                opened[row.Ref] = key = Unwrap(new StoredKey(row.Person, row.Ref, row.Wrapped, row.WrappedBy));
            }

            if (Envelope.Open(key.Key, row.Value, Place(new EventId(row.Event), row.Field)) is { } plain)
            {
                values.Add(new PersonalValue(row.Event, row.Field, Encoding.UTF8.GetString(plain.AsSpan(SaltBytes)), plain[..SaltBytes]));
            }
        }

        return values;
    }

    /// <summary>Salt and value, sealed for this field of this event.</summary>
    internal static byte[] Seal(PersonKey key, EventId id, string field, byte[] salt, string value) =>
        Envelope.Seal(key.Key, (byte[])[.. salt, .. Encoding.UTF8.GetBytes(value)], Place(id, field));

    /// <summary>Throws when the file does not fit the database; makes it where there is neither file nor key yet.</summary>
    internal async Task Demand(Database database, CancellationToken cancel)
    {
        await using var db = database.Read();
        var used = await db.Rows<string>("select distinct wrapped_by as \"Value\" from person_key").ToListAsync(cancel);
        var keys = _file.Read() ?? (used.Count == 0 ? _file.Create() : throw Missing());
        if (used.Where(id => keys.Find(id) is null).ToList() is { Count: > 0 } unknown)
        {
            throw Unknown(unknown);
        }
    }

    /// <summary>Wraps up to so many keys anew that another key than the newest has wrapped; returns how many those were.</summary>
    internal async Task<int> Rewrap(Tx tx, int most)
    {
        var keys = _file.Read() ?? throw Missing();
        var newest = keys.Newest;
        var rows = await tx.Db.Set<PersonKeyRow>().Where(row => row.WrappedBy != newest.Id).OrderBy(row => row.WrappedBy).Take(most).ToListAsync(tx.Cancel);
        foreach (var row in rows)
        {
            var key = Unwrap(new StoredKey(row.PersonId, row.Ref, row.Wrapped, row.WrappedBy));
            (row.Wrapped, row.WrappedBy) = (Envelope.Seal(newest.Bytes, key.Key, Place(row.PersonId, row.Ref)), newest.Id);
        }

        return rows.Count;
    }

    /// <summary>Removes references, keys and values of a person in all his places; entries stay, and speak of nobody. Returns how many rows went.</summary>
    internal async Task<int> Erase(Tx tx, ErasedPerson person)
    {
        var gone = await tx.Db.Rows<GoneKey>(
            """
            delete from person_key where person_id = {0} or person_id in (select id from membership where buyer_id = {0}) returning person_id as "Person", ref as "Ref"
            """,
            person.Id).ToListAsync(tx.Cancel);
        tx.AfterCommit(() => gone.ForEach(key => Forget(key.Person)));
        var rows = gone.Count;
        foreach (var key in gone)
        {
            rows += (await tx.Db.Rows<int>("""delete from audit_private where key_ref = {0} returning 1 as "Value" """, key.Ref).ToListAsync(tx.Cancel)).Count;
        }

        return rows;
    }

    /// <summary>Up to so many months, the oldest of those before the given time: their keys go, and with them all that was nobody's then. Returns how many rows went.</summary>
    internal static async Task<int> EraseMonths(Tx tx, DateTimeOffset before, int most)
    {
        var gone = await tx.Db.Rows<GoneKey>(
            """
            delete from person_key where person_id in (select k.person_id from person_key k where k.kind = 'month' and k.created_at < {0} order by k.created_at limit {1})
            returning person_id as "Person", ref as "Ref"
            """,
            before, most).ToListAsync(tx.Cancel);
        var rows = gone.Count;
        foreach (var key in gone)
        {
            rows += (await tx.Db.Rows<int>("""delete from audit_private where key_ref = {0} returning 1 as "Value" """, key.Ref).ToListAsync(tx.Cancel)).Count;
        }

        return rows;
    }

    private static byte[] Place(Guid person, Guid reference) => [.. person.ToByteArray(bigEndian: true), .. reference.ToByteArray(bigEndian: true)];

    private static byte[] Place(EventId id, string field) => [.. id.Value.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(field)];

    private async Task<Dictionary<Guid, PersonKey>> Stored(Tx tx, IReadOnlyCollection<KeyOwner> owners) =>
        (await tx.Db.Rows<StoredKey>(
            $"""
            select person_id as "Person", ref as "Ref", wrapped as "Wrapped", wrapped_by as "WrappedBy" from person_key where {tx.Database.OneOf("person_id", "{0}")}
            """,
            tx.Database.List([.. owners.Select(owner => owner.Id)])).ToListAsync(tx.Cancel)).ToDictionary(row => row.Person, Unwrap);

    private async Task<PersonKey> Make(Tx tx, KeyOwner owner)
    {
        var wrapping = await Wrapping(tx);
        var key = new PersonKey(new Guid(RandomNumberGenerator.GetBytes(16)), RandomNumberGenerator.GetBytes(Envelope.KeyBytes));
        var wrapped = Envelope.Seal(wrapping.Bytes, key.Key, Place(owner.Id, key.Ref));
        var isMade = await tx.Db.Rows<int>(Add, owner.Id, owner.Kind, key.Ref, wrapped, wrapping.Id, tx.Now).ToListAsync(tx.Cancel) is [_];

        // Somebody else was first and has committed: his counts.
        return isMade ? key : (await Stored(tx, [owner]))[owner.Id];
    }

    private async Task<WrappingKey> Wrapping(Tx tx)
    {
        if (_file.Read() is { } keys)
        {
            return keys.Newest;
        }

        return await tx.Db.Rows<int>("select 1 as \"Value\" from person_key limit 1").ToListAsync(tx.Cancel) is [] ? _file.Create().Newest : throw Missing();
    }

    private PersonKey Unwrap(StoredKey stored)
    {
        if (Remembered(stored.Person) is { } known && known.Ref == stored.Ref)
        {
            return known;
        }

        var wrapping = (_file.Read() ?? throw Missing()).Find(stored.WrappedBy) ?? throw Unknown([stored.WrappedBy]);
        var key = Envelope.Open(wrapping.Bytes, stored.Wrapped, Place(stored.Person, stored.Ref))
            ?? throw new PersonKeyException($"A key in the table person_key was changed from outside: that of {stored.Person}. Restore the row from a backup.");
        return new PersonKey(stored.Ref, key);
    }

    private PersonKey? Remembered(Guid person) => _known.TryGetValue(person, out var known) && _clock.GetElapsedTime(known.Since) < Remembers ? known.Key : null;

    // First that he is erased, then what is remembered: whoever remembers him in between finds the one or is found by the other.
    private void Forget(Guid person)
    {
        _erased[person] = 0;
        _known.TryRemove(person, out _);
    }

    private void Remember(Guid person, PersonKey key)
    {
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        _known[person] = (key, _clock.GetTimestamp());
        if (_erased.ContainsKey(person))
        {
            _known.TryRemove(person, out _);
        }
    }

    private PersonKeyException Missing() => new(
        $"The key file {_file.Path} is missing, and the database holds personal values that only its keys can read. Put its copy there, or name its place with PersonKeysFile. Nothing was changed.");

    private PersonKeyException Unknown(IEnumerable<string> ids) => new(
        $"The key file {_file.Path} is not the one of this database: it does not hold the key {string.Join(" and ", ids)}. Put the right one in its place, with all its lines. Nothing was changed.");

    private sealed record StoredKey(Guid Person, Guid Ref, byte[] Wrapped, string WrappedBy);

    private sealed record GoneKey(Guid Person, Guid Ref);

    private sealed record SealedValue(Guid Event, string Field, byte[] Value, Guid Person, Guid Ref, byte[] Wrapped, string WrappedBy);
}

/// <summary>Before anything else starts: without the keys of its people the shop stays closed.</summary>
internal sealed class PersonKeyCheck(Database database) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => database.Keys.Demand(database, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
