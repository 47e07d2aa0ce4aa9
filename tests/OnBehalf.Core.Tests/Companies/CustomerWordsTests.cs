namespace OnBehalf.Companies;

public sealed class CustomerWordsTests
{
    [Theory]
    [InlineData("Nordlicht", "nordlicht")]
    [InlineData("Ines  Albrecht", "ines albrecht")]
    [InlineData("N-1001", "n 1001")]
    [InlineData("Nordlicht-GmbH", "nordlicht gmbh")]
    [InlineData("ines@buyers.example", "inesbuyersexample")]
    [InlineData("ines@buy", "inesbuy")]
    [InlineData("O'Donnell", "o donnell")]
    [InlineData("Ines ines INES", "ines")]
    [InlineData("  ,; ", "")]
    public void What_is_typed_becomes_the_words_that_are_meant(string typed, string words) =>
        Assert.Equal(words, string.Join(' ', CustomerWords.Asked(typed)));

    [Fact]
    public void A_person_is_known_by_names_and_address_and_nothing_twice() => Assert.Equal(
        ["duarte", "e7", "jose", "joseduarteonbehalfexample"],
        CustomerWords.OfPerson("José", "Duarte", "josé.duarte@onbehalf.example", "E7").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Whoever_types_the_whole_address_of_somebody_finds_his_words()
    {
        var stored = CustomerWords.OfPerson("José", "Duarte", "josé.duarte@onbehalf.example", null);
        foreach (var typed in new[] { "José Duarte", "josé.duarte@onbehalf.example", "jose.duarte@onb", "josé.duarte" })
        {
            Assert.All(CustomerWords.Asked(typed), asked => Assert.Contains(stored.Keys, word => word.StartsWith(asked, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("C10001", "10001,c10001")]
    [InlineData("N-1001", "1001,n,n1001")]
    [InlineData("K12", "k12")]
    [InlineData("A12B34", "a12b34")]
    [InlineData("10001", "10001")]
    public void A_customer_is_found_by_the_digits_of_his_number_alone(string number, string words) =>
        Assert.Equal(words, string.Join(',', CustomerWords.OfCompany(number, null, "", null).Keys.Order(StringComparer.Ordinal)));
}
