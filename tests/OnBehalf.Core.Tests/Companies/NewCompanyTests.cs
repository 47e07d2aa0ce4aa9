using OnBehalf.Companies;

namespace OnBehalf.Core.Tests.Companies;

public sealed class NewCompanyTests
{
    private static readonly NewCompanyDraft Weserblick = new(
        " Weserblick GmbH ", null, "DE", "EUR", "de 123.456.788", "orders@weserblick.example", "Am Deich 7", null, "28195", "Bremen", null);

    [Fact]
    public void A_company_is_read_as_it_is_kept()
    {
        var (company, refusals) = NewCompany.Read(Weserblick);
        Assert.Empty(refusals);
        Assert.Equal(("Weserblick GmbH", null, "DE123456788", "Weserblick GmbH"), (company!.Name, company.Number, company.TaxId, company.Address.Recipient));
    }

    [Theory]
    [InlineData("new", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("N-1001", true)]
    public void A_number_can_stand_in_an_address_of_the_shop(string number, bool isOne) =>
        Assert.Equal(isOne ? [] : ["Number"], NewCompany.Read(Weserblick with { Number = number }).Refusals.Select(refusal => refusal.Field));

    [Fact]
    public void Everything_that_is_wrong_is_told_with_its_field() => Assert.Equal(
        ["Name", "Number", "Currency", "TaxId", "OrderEmail", "Line1", "City", "Country"],
        NewCompany.Read(new NewCompanyDraft(" ", "?", "XX", "eur", "1", "orders", "", null, null, "", null)).Refusals.Select(refusal => refusal.Field));

    [Theory]
    [InlineData("Nordlicht GmbH & Co. KG", "NORDLICHT", true)]
    [InlineData("Südwind AG", "Sudwind", true)]
    [InlineData("Nordlicht GmbH", "Nordlicht Handel GmbH", false)]
    [InlineData("GmbH", "AG", false)]
    public void Names_are_alike_that_differ_in_case_accents_and_legal_form_alone(string one, string other, bool areAlike) =>
        Assert.Equal(areAlike, CustomerWords.AreAlike(one, other));
}
