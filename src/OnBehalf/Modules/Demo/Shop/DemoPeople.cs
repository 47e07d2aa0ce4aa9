using System.Globalization;
using System.Text;

namespace OnBehalf.Modules.Demo.Shop;

/// <summary>Fills the companies up with invented employees: names as they are usual in the country, every role in turn.</summary>
internal static class DemoPeople
{
    private static readonly string[] Roles = ["administrator", "purchaser", "approver", "purchaser", "viewer", "purchaser"];

    /// <summary>Women's first names, men's first names, surnames.</summary>
    private static readonly Dictionary<string, (string[] Women, string[] Men, string[] Surnames)> Names = new(StringComparer.Ordinal)
    {
        ["DE"] = Of(
            "Katrin, Silke, Heike, Maren, Lena, Ulrike, Antje, Wiebke, Petra, Franziska",
            "Bernd, Uwe, Florian, Matthias, Timo, Jürgen, Kai, Holger, Sönke, Dirk",
            "Behrens, Kröger, Lorenz, Reinhardt, Voigt, Schäfer, Böhm, Lindner, Ziegler, Groß, Clausen, Friedrichs, Jessen, Radtke, Stahl, Wulff"),
        ["CH"] = Of(
            "Regula, Ursina, Nadja, Corinne, Seraina, Tamara",
            "Urs, Reto, Luca, Andri, Jürg, Fabio",
            "Ammann, Bühler, Caduff, Frei, Gerber, Wüthrich, Rossi, Favre, Hürlimann, Stocker, Tobler, Zbinden"),
        ["FR"] = Of(
            "Céline, Élodie, Margaux, Sylvie",
            "Benoît, Gaël, Théo, François",
            "Aubert, Delorme, Lefèvre, Perrin, Renaud, Vasseur, Noël"),
        ["NL"] = Of(
            "Anouk, Femke, Lotte, Sanne, Marijke",
            "Bram, Jeroen, Maarten, Ruben",
            "Bakker, De Vries, Dekker, Hoekstra, Kuipers, Postma, Van Dijk, Peeters, Smit, Verhoeven"),
        ["PL"] = Of(
            "Ewa, Joanna, Małgorzata, Zofia",
            "Bartosz, Paweł, Stanisław, Tomasz",
            "Dąbrowski, Jabłoński, Kamiński, Sikora, Wójcik, Zając"),
        ["SE"] = Of(
            "Ebba, Kerstin, Linnéa, Maja",
            "Björn, Göran, Lars, Nils",
            "Bergström, Dahl, Ekström, Holm, Sjöberg, Öberg"),
        ["ES"] = Of(
            "Carmen, Inés, Leire, Nuria",
            "Álvaro, Íñigo, Javier, Rubén",
            "Etxeberria, García, Núñez, Ortega, Peña, Vázquez, Silva"),
        ["IT"] = Of(
            "Chiara, Giulia, Noemi, Paola",
            "Davide, Enrico, Niccolò, Sandro",
            "Barbieri, Colombo, Fontana, Marchetti, Pellegrini, Rinaldi"),
        ["CZ"] = Of(
            "Eliška, Hana, Lenka, Věra",
            "Jiří, Ondřej, Radek, Tomáš",
            "Beneš, Černý, Havel, Kříž, Růžička, Šimek"),
        ["IE"] = Of(
            "Aisling, Niamh, Orla, Róisín",
            "Cormac, Declan, Eoin, Padraig",
            "Brennan, Doyle, Kavanagh, Nolan, Quinn, Walsh"),
    };

    public static List<Person> Contacts()
    {
        var people = new List<Person>();
        var taken = Cast.Named.Select(person => person.Email).ToHashSet(StringComparer.Ordinal);
        foreach (var company in DemoCompanies.All)
        {
            var employees = Cast.Named.Where(person => person.Company == company.Number).ToList();
            var chance = Chance.For(0x9E091E, long.Parse(company.Number.AsSpan(1), CultureInfo.InvariantCulture));
            while (employees.Count < company.People)
            {
                var role = employees.Exists(person => person.Role == "administrator") ? Roles[employees.Count % Roles.Length] : "administrator";
                employees.Add(Invent(company, role, employees, chance, taken));
            }
            people.AddRange(employees);
        }
        return [.. people, .. Cast.Consumers];
    }

    /// <summary>
    /// Numbers that ring nowhere: the ranges that regulators keep for films where there are any, else a block of zeros that is
    /// never given out.
    /// </summary>
    public static string Phone(string country, int nth) => country switch
    {
        "DE" => Of($"+49 40 66969 {nth % 1000:000}"),
        "FR" => Of($"+33 1 99 00 {nth / 100 % 100:00} {nth % 100:00}"),
        "SE" => Of($"+46 8 465 004 {nth % 100:00}"),
        "IE" => Of($"+353 20 910 {nth % 10000:0000}"),
        "AT" => Of($"+43 1 000 {nth:0000}"),
        "CH" => Of($"+41 44 000 {nth / 100 % 100:00} {nth % 100:00}"),
        "NL" => Of($"+31 30 000 {nth:0000}"),
        "BE" => Of($"+32 9 000 {nth / 100 % 100:00} {nth % 100:00}"),
        "PL" => Of($"+48 12 000 {nth / 100 % 100:00} {nth % 100:00}"),
        "DK" => Of($"+45 00 00 {nth / 100 % 100:00} {nth % 100:00}"),
        "ES" => Of($"+34 940 00 {nth / 100 % 100:00} {nth % 100:00}"),
        "PT" => Of($"+351 210 000 {nth % 1000:000}"),
        "IT" => Of($"+39 011 000 {nth:0000}"),
        "CZ" => Of($"+420 500 000 {nth % 1000:000}"),
        "LU" => Of($"+352 20 00 {nth / 100 % 100:00} {nth % 100:00}"),
        "FI" => Of($"+358 3 000 {nth:0000}"),
        _ => "",
    };

    private static Person Invent(Company company, string role, List<Person> colleagues, Chance chance, HashSet<string> taken)
    {
        var (women, men, surnames) = Names[Tongue(company.Country)];
        while (true)
        {
            var woman = chance.Percent(50);
            var (first, last) = (chance.Pick(woman ? women : men), chance.Pick(surnames));
            if (colleagues.Exists(person => person.First == first || person.Last == last)) continue;
            var email = $"{Mailbox(first)}.{Mailbox(last)}@{company.Domain}.example";
            if (taken.Add(email)) return new(email, woman ? "Ms" : "Mr", first, last, company.Number, role);
        }
    }

    private static string Tongue(string country) => country switch
    {
        "AT" => "DE",
        "BE" => "NL",
        "LU" => "FR",
        "DK" or "FI" => "SE",
        "PT" => "ES",
        _ => country,
    };

    /// <summary>What a mail administrator makes of a name: lower case, no accents, no blanks.</summary>
    private static string Mailbox(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            plain.Append(letter switch
            {
                'ä' => "ae",
                'ö' => "oe",
                'ü' => "ue",
                'ß' => "ss",
                'ł' => "l",
                _ => letter.ToString().Normalize(NormalizationForm.FormD),
            });
        }

        return string.Concat(plain.ToString().Where(char.IsAsciiLetterLower));
    }

    private static (string[] Women, string[] Men, string[] Surnames) Of(string women, string men, string surnames) =>
        (women.Split(", "), men.Split(", "), surnames.Split(", "));

    private static string Of(FormattableString number) => FormattableString.Invariant(number);
}
