using OnBehalf.Companies;

namespace OnBehalf.Core.Tests.Companies;

public sealed class VatNumberTests
{
    // Numbers of companies as they print them, or examples of the tax offices.
    [Theory]
    [InlineData("AT", "ATU13585627")]
    [InlineData("BE", "BE0428759497")]
    [InlineData("BG", "BG175074752")]
    [InlineData("CY", "CY10259033P")]
    [InlineData("CZ", "CZ25123891")]
    [InlineData("DE", "DE136695976")]
    [InlineData("DK", "DK13585628")]
    [InlineData("EE", "EE100931558")]
    [InlineData("GR", "EL094259216")]
    [InlineData("ES", "ESB58378431")]
    [InlineData("ES", "ES54362315K")]
    [InlineData("ES", "ESX2482300W")]
    [InlineData("FI", "FI20774740")]
    [InlineData("FR", "FR40303265045")]
    [InlineData("HR", "HR33392005961")]
    [InlineData("HU", "HU12892312")]
    [InlineData("IE", "IE6433435F")]
    [InlineData("IE", "IE6433435OA")]
    [InlineData("IE", "IE8D79739I")]
    [InlineData("IT", "IT00743110157")]
    [InlineData("LT", "LT119511515")]
    [InlineData("LT", "LT100001919017")]
    [InlineData("LU", "LU15027442")]
    [InlineData("LV", "LV40003521600")]
    [InlineData("MT", "MT11679112")]
    [InlineData("NL", "NL004495445B01")]
    [InlineData("NL", "NL000099998B57")]
    [InlineData("PL", "PL8567346215")]
    [InlineData("PT", "PT501964843")]
    [InlineData("RO", "RO18547290")]
    [InlineData("SE", "SE556188840401")]
    [InlineData("SI", "SI50223054")]
    [InlineData("SK", "SK2022749619")]
    [InlineData("GB", "XI980780684")]
    public void A_number_of_a_country_is_taken_and_one_with_a_wrong_digit_is_not(string country, string number)
    {
        Assert.Equal((number, null), VatNumber.Read(number, country));
        Assert.NotNull(VatNumber.Read(number + "99999999", country).Wrong);

        // The last but one digit that is a digit of the number itself, not of its suffix.
        var place = number.LastIndexOfAny([.. "0123456789"], number.Length - (number.StartsWith("NL", StringComparison.Ordinal) || number.StartsWith("SE", StringComparison.Ordinal) ? 4 : 1));
        var mistyped = number.Remove(place, 1).Insert(place, number[place] == '9' ? "8" : ((char)(number[place] + 1)).ToString());
        Assert.NotNull(VatNumber.Read(mistyped, country).Wrong);
    }

    [Fact]
    public void What_is_typed_without_the_prefix_or_with_the_code_of_Greece_gets_it()
    {
        Assert.Equal("DE136695976", VatNumber.Read(" 136.695 976", "DE").TaxId);
        Assert.Equal("EL094259216", VatNumber.Read("GR 094259216", "GR").TaxId);
        Assert.Equal("ESB58378431", VatNumber.Read("B58378431", "ES").TaxId);
    }

    [Fact]
    public void A_company_may_be_registered_in_another_country_of_the_Union_but_its_number_must_be_one_of_there()
    {
        Assert.Equal("ATU13585627", VatNumber.Read("ATU13585627", "DE").TaxId);
        Assert.Contains("Austria", VatNumber.Read("ATU13585628", "DE").Wrong);
        Assert.Contains("DE and 9 digits", VatNumber.Read("47/110", "DE").Wrong);
    }

    [Fact]
    public void Elsewhere_letters_and_digits_will_do()
    {
        Assert.Equal("CHE123456788", VatNumber.Read("CHE-123.456.788", "CH").TaxId);
        Assert.Equal("BEA680524P76", VatNumber.Read("BEA680524P76", "MX").TaxId);
        Assert.NotNull(VatNumber.Read("?!", "MX").Wrong);
    }
}
