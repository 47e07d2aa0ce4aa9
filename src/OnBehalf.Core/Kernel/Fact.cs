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

/// <summary>A short word from a list of our own or a number for people (`phone-order`, `SO-2026-000123`), safe to stand in an audit entry for ever.</summary>
public readonly record struct Code(string Value)
{
    public static implicit operator Code(string value) => new(value);

    public override string ToString() => Value;
}
