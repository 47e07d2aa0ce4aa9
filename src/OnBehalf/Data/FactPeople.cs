using System.Collections.Concurrent;
using System.Reflection;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>Of whom a fact speaks, and whose the strings are that it brings.</summary>
internal sealed class FactPeople
{
    private static readonly ConcurrentDictionary<Type, FactPeople> Known = new();

    private readonly (string Name, Func<object, object?> Of, Whose Whose, Func<object, object?>[] Named)[] _strings;
    private readonly Func<object, object?>? _company;
    private readonly Func<object, object?>[] _subjects;
    private readonly Func<object, object?>[] _people;

    private FactPeople(Type type)
    {
        var properties = type.GetProperties().Where(property => property.Name is not ("Name" or "EqualityContract")).ToList();
        _strings = [.. properties.Where(property => property.PropertyType == typeof(string))
            .Select(property => (property.Name, (Func<object, object?>)property.GetValue, property.GetCustomAttribute<PersonalAttribute>()?.Whose ?? Whose.Subject,
                (property.GetCustomAttribute<PersonalAttribute>()?.Of ?? []).Select(name => (Func<object, object?>)properties.Single(other => other.Name == name).GetValue).ToArray()))];
        _company = properties.Find(property => property.Name == "Company") is { } company ? company.GetValue : null;

        _people = [.. properties.Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type
            && (type == typeof(BuyerId) || type == typeof(MembershipId) || type == typeof(StaffId))).Select(property => (Func<object, object?>)property.GetValue)];

        // The nearest first: the one for whom it is, his place, and last the staff member whom it is about.
        _subjects = [.. new[] { "Buyer", "Membership", "Staff", "Operator", "OperatorBuyer" }
            .Select(name => properties.Find(property => property.Name == name)).OfType<PropertyInfo>().Select(property => (Func<object, object?>)property.GetValue)];
    }

    public static FactPeople Of(Fact fact) => Known.GetOrAdd(fact.GetType(), static type => new FactPeople(type));

    /// <summary>Everybody of whom these facts speak, and whose their strings are.</summary>
    public static IReadOnlyCollection<KeyOwner> In(Caller caller, IEnumerable<Fact> facts, DateTimeOffset now)
    {
        var owners = new HashSet<KeyOwner>();
        foreach (var fact in facts)
        {
            if (owners.Count == 0)
            {
                AddCaller(owners, caller, now);
            }

            var people = Of(fact);
            foreach (var person in people._people)
            {
                if (OwnerOf(person(fact)) is { } owner)
                {
                    owners.Add(owner);
                }
            }

            foreach (var (name, of, _, _) in people._strings)
            {
                if (of(fact) is not null)
                {
                    owners.Add(people.OwnerOf(caller, fact, name, now));
                }
            }
        }

        return owners;
    }

    /// <summary>Whose a string property is.</summary>
    public KeyOwner OwnerOf(Caller caller, Fact fact, string property, DateTimeOffset now)
    {
        var text = Array.Find(_strings, one => one.Name == property);
        return text.Whose switch
        {
            Whose.Actor => ActorOf(caller) ?? SubjectOf(caller, fact) ?? KeyOwner.Of(now),
            Whose.Named => text.Named.Select(of => OwnerOf(of(fact))).FirstOrDefault(owner => owner is not null) ?? KeyOwner.Of(now),
            Whose.Nobody => KeyOwner.Of(now),
            _ => SubjectOf(caller, fact) ?? CompanyOf(fact) ?? ActorOf(caller) ?? KeyOwner.Of(now),
        };
    }

    private static void AddCaller(HashSet<KeyOwner> owners, Caller caller, DateTimeOffset now)
    {
        if (caller.Request is { Device: not null } or { Network: not null })
        {
            owners.Add(KeyOwner.Of(now));
        }

        if (ActorOf(caller) is { } actor)
        {
            owners.Add(actor);
        }

        if (caller.Buyer is { } buyer)
        {
            owners.Add(KeyOwner.Of(buyer.Id));
            owners.Add(KeyOwner.Of(buyer.Membership));
        }
    }

    private static KeyOwner? OwnerOf(object? id) => id switch
    {
        BuyerId buyer => KeyOwner.Of(buyer),
        MembershipId membership => KeyOwner.Of(membership),
        StaffId staff => KeyOwner.Of(staff),
        _ => null,
    };

    // What staff write down about a company is not theirs, and stays when they are forgotten.
    private KeyOwner? CompanyOf(Fact fact) => _company?.Invoke(fact) is CompanyId company ? new KeyOwner(company.Value, "company") : null;

    private static KeyOwner? ActorOf(Caller caller) => caller.Actor switch
    {
        Actor.Staff staff => KeyOwner.Of(staff.Id),
        Actor.Buyer buyer => KeyOwner.Of(buyer.Id),
        _ => null,
    };

    // In a session all is about him who is acted for; otherwise about whomever the fact names.
    private KeyOwner? SubjectOf(Caller caller, Fact fact)
    {
        var ofCaller = caller.Buyer is { } buyer ? KeyOwner.Of(buyer.Id) : (KeyOwner?)null;
        if (caller.IsAssisting && ofCaller is not null)
        {
            return ofCaller;
        }

        foreach (var subject in _subjects)
        {
            if (OwnerOf(subject(fact)) is { } owner)
            {
                return owner;
            }
        }

        return ofCaller;
    }
}
