using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

public sealed class TaxTreatmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Directive 2006/112/EC, Article 138: goods that leave for another country of the Union, to somebody who has a VAT number in another country than that of departure.</summary>
    [Theory]
    [InlineData("DE", "AT", "ATU12345675", true)]
    [InlineData("DE", "FR", "ATU12345675", true)]
    [InlineData("DE", "DE", "ATU12345675", false)]
    [InlineData("DE", "AT", "DE136695976", false)]
    [InlineData("DE", "AT", "ATU12345678", false)]
    [InlineData("DE", "AT", "ATU", false)]
    [InlineData("DE", "AT", null, false)]
    [InlineData("DE", "CH", "CHE123456788", false)]
    [InlineData("DE", null, "ATU12345675", false)]
    [InlineData(null, "AT", "ATU12345675", false)]
    [InlineData("US", "AT", "ATU12345675", false)]
    public void To_a_company_in_another_country_of_the_Union_the_recipient_owes_the_tax(string? shop, string? destination, string? taxId, bool isReversed)
    {
        var note = TaxTreatment.NoteOf(new TaxSituation(shop, destination, taxId, null, Now));

        Assert.Equal(isReversed, note is not null);
        if (note is not null)
        {
            Assert.Contains("Reverse charge", note);
            Assert.Contains(taxId!, note);
        }
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2026-03-01T12:00:00Z", null, true)]
    [InlineData("2026-03-01T12:00:01Z", null, false)]
    [InlineData(null, "2026-03-01T12:00:01Z", true)]
    [InlineData(null, "2026-03-01T12:00:00Z", false)]
    public void A_certificate_counts_from_its_first_moment_up_to_its_last(string? from, string? until, bool counts)
    {
        var exemption = new TaxExemption("C-77", Time(from), Time(until));

        Assert.Equal(counts ? "Without tax: certificate of exemption C-77." : null, TaxTreatment.NoteOf(new TaxSituation("DE", "DE", null, exemption, Now)));
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
