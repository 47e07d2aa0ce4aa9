namespace OnBehalf.Companies;

/// <summary>The check digits of the numbers of <see cref="VatNumber"/>, each for what stands behind the prefix and has the form already.</summary>
/// <remarks>Published by the tax offices of the countries and collected by the European Commission (algorithms of VIES).</remarks>
internal static class VatChecks
{
    public static bool At(string text)
    {
        var sum = 4;
        for (var i = 1; i < 8; i++)
        {
            var product = D(text, i) * (i % 2 == 0 ? 2 : 1);
            sum += (product / 10) + (product % 10);
        }

        return (10 - (sum % 10)) % 10 == D(text, 8);
    }

    public static bool Be(string text) => text[0] is '0' or '1' && 97 - (Number(text[..8]) % 97) == Number(text[8..]);

    public static bool Bg(string text)
    {
        if (text.Length == 10)
        {
            return true;
        }

        var first = Sum(text, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        return (first < 10 ? first : Sum(text, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10) == D(text, 8);
    }

    public static bool Cy(string text)
    {
        int[] odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            sum += i % 2 == 0 ? odd[D(text, i)] : D(text, i);
        }

        return 'A' + (sum % 26) == text[8];
    }

    public static bool Cz(string text) => text.Length != 8 || (11 - (Sum(text, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10 == D(text, 7);

    public static bool Dk(string text) => Sum(text, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;

    public static bool Ee(string text) => (10 - (Sum(text, 3, 7, 1, 3, 7, 1, 3, 7) % 10)) % 10 == D(text, 8);

    public static bool El(string text) => Sum(text, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == D(text, 8);

    public static bool Es(string text)
    {
        const string letters = "TRWAGMYFPDXBNJZSQVHLCKE";
        var middle = text[1..8];
        if (!middle.All(char.IsAsciiDigit))
        {
            return false;
        }

        if (char.IsAsciiDigit(text[0]) || text[0] is 'X' or 'Y' or 'Z')
        {
            var first = char.IsAsciiDigit(text[0]) ? text[0] - '0' : text[0] - 'X';
            return letters[(int)(((first * 10_000_000L) + Number(middle)) % 23)] == text[8];
        }

        if (text[0] is 'K' or 'L' or 'M')
        {
            return char.IsAsciiLetterUpper(text[8]);
        }

        var sum = 0;
        for (var i = 0; i < 7; i++)
        {
            var product = (middle[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += (product / 10) + (product % 10);
        }

        var check = (10 - (sum % 10)) % 10;
        return "ABCDEFGHJNPQRSUVW".Contains(text[0]) && (text[8] == '0' + check || text[8] == "JABCDEFGHI"[check]);
    }

    public static bool Fi(string text) => (11 - (Sum(text, 7, 9, 10, 5, 8, 4, 2) % 11)) % 11 == D(text, 7);

    // Keys with letters are given out too, and their rule is not public.
    public static bool Fr(string text) =>
        !text[..2].All(char.IsAsciiDigit) || Number(text[..2]) == (12 + (3 * (Number(text[2..]) % 97))) % 97;

    public static bool Hu(string text) => (10 - (Sum(text, 9, 7, 3, 1, 9, 7, 3) % 10)) % 10 == D(text, 7);

    public static bool Ie(string text)
    {
        // The form of old has a letter in the second place.
        var digits = char.IsAsciiDigit(text[1]) ? text : $"0{text[2..7]}{text[0]}{text[7..]}";
        if (!digits[..7].All(char.IsAsciiDigit))
        {
            return false;
        }

        var sum = Sum(digits, 8, 7, 6, 5, 4, 3, 2) + (digits.Length == 9 ? (digits[8] - 'A' + 1) * 9 : 0);
        return "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == digits[7];
    }

    public static bool Lt(string text)
    {
        var (sum, second) = (0, 0);
        for (var i = 0; i < text.Length - 1; i++)
        {
            sum += D(text, i) * (1 + (i % 9));
            second += D(text, i) * (1 + ((i + 2) % 9));
        }

        return text[^2] == '1' && (sum % 11 < 10 ? sum % 11 : second % 11 % 10) == D(text, text.Length - 1);
    }

    public static bool Lu(string text) => Number(text[..6]) % 89 == Number(text[6..]);

    // Of a person it begins with the day of birth.
    public static bool Lv(string text) => text[0] <= '3' || Sum(text, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3;

    public static bool Mt(string text) => 37 - (Sum(text, 3, 4, 6, 7, 8, 9) % 37) == Number(text[6..]);

    public static bool Nl(string text)
    {
        // Of a company its register's number; of one man a number that is checked as a whole, with N as 23 and L as 21 and B as 11.
        var sum = Sum(text, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return sum == D(text, 8) || Number("2321" + text[..9] + "11" + text[10..]) % 97 == 1;
    }

    public static bool Pl(string text) => Sum(text, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == D(text, 9);

    public static bool Pt(string text) => (11 - (Sum(text, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) switch { > 9 => 0, var check => check } == D(text, 8);

    public static bool Ro(string text) => Sum(text.PadLeft(10, '0'), 7, 5, 3, 2, 1, 7, 5, 3, 2) * 10 % 11 % 10 == D(text, text.Length - 1);

    public static bool Se(string text) => Luhn(text[..10]) && Number(text[10..]) is >= 1 and <= 94;

    public static bool Si(string text) => text[0] != '0' && 11 - (Sum(text, 8, 7, 6, 5, 4, 3, 2) % 11) is < 11 and var check && check % 10 == D(text, 7);

    public static bool Sk(string text) => text[0] != '0' && Number(text) % 11 == 0;

    public static bool Xi(string text)
    {
        var sum = Sum(text, 8, 7, 6, 5, 4, 3, 2) + Number(text[7..9]);
        return sum % 97 == 0 || (sum + 55) % 97 == 0;
    }

    /// <summary>ISO 7064, Mod 11,10: Germany and Croatia.</summary>
    public static bool Mod11And10(string text)
    {
        var product = 10;
        for (var i = 0; i < text.Length - 1; i++)
        {
            var sum = (D(text, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == D(text, text.Length - 1);
    }

    public static bool Luhn(string text)
    {
        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var product = D(text, text.Length - 1 - i) * (i % 2 == 1 ? 2 : 1);
            sum += (product / 10) + (product % 10);
        }

        return sum % 10 == 0;
    }

    private static int D(string text, int place) => text[place] - '0';

    private static long Number(string digits) => long.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    private static int Sum(string text, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += D(text, i) * weights[i];
        }

        return sum;
    }
}
