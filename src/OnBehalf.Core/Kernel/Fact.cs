namespace OnBehalf.Kernel;

/// <summary>
/// Something that happened, in past tense. Its public properties are what the audit log keeps: ids, enums, numbers, money, times and <see cref="Code"/>
/// go into the entry itself; a <see cref="string"/> is taken for personal and goes to the private side, from which it can be erased.
/// </summary>
public abstract record Fact
{
    /// <summary>The dotted name of the log: `orders.placed`.</summary>
    public abstract string Name { get; }
}

/// <summary>Whose a string of a fact is: under his key it is kept, and with him it is erased.</summary>
public enum Whose
{
    /// <summary>Of whom the fact names (buyer, membership, staff member); else of the buyer for whom it is done; else of the company that it names; else of who did it.</summary>
    Subject,

    /// <summary>Of who did it.</summary>
    Actor,

    /// <summary>Of nobody whom the shop knows: an address that somebody typed.</summary>
    Nobody,

    /// <summary>Of the first of <see cref="PersonalAttribute.Of"/> that is somebody; of nobody when none is.</summary>
    Named,
}

/// <summary>Says whose a string of a fact is where <see cref="Whose.Subject"/> is wrong: `[property: Personal(Whose.Actor)] string? NetworkAddress`.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute(Whose whose, params string[] of) : Attribute
{
    public Whose Whose { get; } = whose;

    /// <summary>Names of properties of the fact that hold ids of people.</summary>
    public IReadOnlyList<string> Of { get; } = of;
}

/// <summary>Not part of the entry: it only says whose another value is, and the log does not tell it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UntoldAttribute : Attribute;

/// <summary>A short word from a list of our own or a number for people (`phone-order`, `SO-2026-000123`), safe to stand in an audit entry for ever.</summary>
public readonly record struct Code(string Value)
{
    public static implicit operator Code(string value) => new(value);

    public override string ToString() => Value;
}
