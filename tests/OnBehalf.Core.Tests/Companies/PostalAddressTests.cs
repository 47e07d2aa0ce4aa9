using OnBehalf.Kernel;

namespace OnBehalf.Companies;

public sealed class PostalAddressTests
{
    private static readonly AddressDraft Kiel = new("Nordlicht GmbH", " Hafenstraße 1 ", "", "24103", "Kiel", null, "DE");

    [Theory]
    [InlineData("DE", "Holstein", "Nordlicht GmbH|Hafenstraße 1|24103 Kiel|Holstein|Germany")]
    [InlineData("US", "Washington", "Nordlicht GmbH|Hafenstraße 1|Kiel, Washington 24103|United States")]
    [InlineData("US", null, "Nordlicht GmbH|Hafenstraße 1|Kiel 24103|United States")]
    [InlineData("GB", null, "Nordlicht GmbH|Hafenstraße 1|Kiel|24103|United Kingdom")]
    public void It_is_written_in_the_order_of_its_country(string country, string? region, string lines) =>
        Assert.Equal(lines.Replace('|', '\n'), PostalAddress.Read(Kiel with { Country = country, Region = region }).Address!.ToString());

    [Fact]
    public void Everything_that_is_missing_is_said_at_once()
    {
        var (address, refusals) = PostalAddress.Read(new AddressDraft(null, " ", null, null, "", null, "Germany"));

        Assert.Null(address);
        Assert.Equal(["Line1", "City", "Country"], refusals.Select(refusal => refusal.Field));
    }

    [Theory]
    [InlineData("Recipient")]
    [InlineData("Line1")]
    [InlineData("Line2")]
    [InlineData("PostalCode")]
    [InlineData("City")]
    [InlineData("Region")]
    public void A_field_takes_no_line_break_and_no_novel(string field)
    {
        foreach (var text in new[] { "Haupt\nstraße", "Haupt\u0000straße", new string('x', 101) })
        {
            var draft = field switch
            {
                "Recipient" => Kiel with { Recipient = text },
                "Line1" => Kiel with { Line1 = text },
                "Line2" => Kiel with { Line2 = text },
                "PostalCode" => Kiel with { PostalCode = text },
                "City" => Kiel with { City = text },
                _ => Kiel with { Region = text },
            };
            Assert.Equal(field, Assert.Single(PostalAddress.Read(draft).Refusals).Field);
        }
    }
}
