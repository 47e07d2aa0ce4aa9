namespace OnBehalf.Carts;

public sealed class PastedLinesTests
{
    [Theory]
    [InlineData("P-100 5", "P-100|5")]
    [InlineData("P-100", "P-100|1")]
    [InlineData("  P-100\t5\tCordless drill\t90.00  ", "P-100|5")]
    [InlineData("P-100;5;a, b", "P-100|5")]
    [InlineData("\"P-100\",\"5\"", "P-100|5")]
    [InlineData("\"A, \"\"B\"\"\",2", "A, \"B\"|2")]
    [InlineData("P-100;", "P-100|")]
    [InlineData(";5", "|5")]
    [InlineData(";;;", "")]
    [InlineData("BK-R93R 62 3", "BK-R93R 62|3")]
    [InlineData("sku;quantity\r\nP-100;5\r\n\r\nP-200;x\r\n", "P-100|5 P-200|x")]
    [InlineData("Artikelnummer\tMenge\nP-100\t5", "P-100|5")]
    [InlineData("\uFEFFnumber,Qty.\nP-100,5", "P-100|5")]
    [InlineData("P-100;quantity\nP-200;quantity", "P-200|quantity")]
    [InlineData("", "")]
    [InlineData("\"", "|1")]
    [InlineData("\"unfinished;5", "unfinished;5|")]
    public void A_list_is_read_as_people_have_it(string text, string lines) =>
        Assert.Equal(lines, string.Join(' ', PastedLines.Read(text).Select(line => $"{line.Sku}|{line.Quantity}")));

    [Fact]
    public void Lines_keep_the_number_that_they_have_in_the_text() =>
        Assert.Equal([2, 4], PastedLines.Read("number;quantity\nP-100;1\n\nP-200;2").Select(line => line.Number));
}
