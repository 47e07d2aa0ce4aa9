using OnBehalf.Companies;

namespace OnBehalf.Modules.Companies;

/// <summary>An address as it is typed, on whichever form; the names of the fields are those of <see cref="AddressDraft"/>.</summary>
public class TypedAddress
{
    public string? Line1 { get; set; }

    public string? Line2 { get; set; }

    public string? PostalCode { get; set; }

    public string? City { get; set; }

    public string? Region { get; set; }

    public string? Country { get; set; }

    /// <summary>It may be left out; not to be said by a form.</summary>
    internal bool MayBeEmpty { get; set; }

    internal bool IsTyped => new[] { Line1, Line2, PostalCode, City, Region }.Any(text => !string.IsNullOrWhiteSpace(text));

    internal AddressDraft For(string? recipient) => new(recipient, Line1, Line2, PostalCode, City, Region, Country);
}
