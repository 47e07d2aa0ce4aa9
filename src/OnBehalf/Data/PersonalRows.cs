using System.Text.RegularExpressions;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>Somebody who is being erased: how he is called until then.</summary>
/// <param name="Kind">`buyer` or `staff`.</param>
public sealed record ErasedPerson(Guid Id, string Kind, string Name, string Email)
{
    /// <summary>What stands for his name where a name has to stand.</summary>
    public const string StandIn = "Erased person";

    /// <summary>The one buyer who stands for all who are erased, and his place, where a row has to point at somebody.</summary>
    public static readonly Guid Nobody = new("0E0E0E0E-0000-7000-8000-000000000000");

    public static readonly Guid NobodysPlace = new("0E0E0E0E-0000-7000-8000-000000000001");

    /// <summary>What stands for his address: it is his alone, and no mail can go there.</summary>
    public string StandInEmail => $"erased-{Id:N}@erased.invalid";
}

/// <summary>
/// What a module keeps of people of one kind, and how it forgets one. Registered by the module that owns the rows. The statements end with `returning 1 as "Value"`
/// and name what they need: `{person}`, `{email}`, `{name}`, `{stand-in}`, `{stand-in-email}`, `{nobody}`, `{nobodys-place}`; they run in one transaction and in their order.
/// </summary>
/// <param name="Kind">`buyer` or `staff`.</param>
/// <param name="Goes">What goes, for who decides about it; null: not worth a word.</param>
/// <param name="Stays">What stays, and why; null: nothing.</param>
public sealed partial record PersonalRows(string Kind, Phrase? Goes, Phrase? Stays, params string[] Statements)
{
    // What was answered once holds names and numbers; nobody asks for it again.
    internal static readonly PersonalRows RepetitionsOfBuyers = new(
        "buyer", null, null,
        """
        delete from idempotency where principal in (select 'membership:' || lower(cast(m.id as text)) from membership m where m.buyer_id = {person}) returning 1 as "Value"
        """);

    internal static readonly PersonalRows RepetitionsOfStaff = new(
        "staff", null, null, """delete from idempotency where principal = 'staff:' || lower(cast({person} as text)) returning 1 as "Value" """);

    /// <summary>What SQL of both databases cannot say; runs last, and returns how many rows it changed.</summary>
    public Func<Tx, ErasedPerson, Task<int>>? Beyond { get; init; }

    /// <summary>How many rows were removed or changed.</summary>
    public async Task<int> Erase(Tx tx, ErasedPerson person)
    {
        var rows = 0;
        foreach (var statement in Statements)
        {
            var arguments = new List<object?>();
            var sql = Named().Replace(statement, match =>
            {
                arguments.Add(Value(person, match.Groups[1].Value));
                return $"{{{arguments.Count - 1}}}";
            });
            rows += (await tx.Db.Rows<int>(sql, [.. arguments]).ToListAsync(tx.Cancel)).Count;
        }

        return Beyond is null ? rows : rows + await Beyond(tx, person);
    }

    private static object Value(ErasedPerson person, string name) => name switch
    {
        "person" => person.Id,
        "email" => person.Email,
        "name" => person.Name,
        "stand-in" => ErasedPerson.StandIn,
        "stand-in-email" => person.StandInEmail,
        "nobody" => ErasedPerson.Nobody,
        "nobodys-place" => ErasedPerson.NobodysPlace,
        _ => throw new InvalidOperationException($"Nothing of a person is called {name}."),
    };

    [GeneratedRegex(@"\{([a-z-]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
