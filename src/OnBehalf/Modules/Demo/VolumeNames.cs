using System.Text;

namespace OnBehalf.Modules.Demo;

/// <summary>Names put together from syllables: tens of thousands of surnames and companies, the first of each list more often than the
/// last, so that three typed letters find sometimes a handful and sometimes thousands, as with real customers.</summary>
internal static class VolumeNames
{
    private static readonly string[] First = List(
        """
        Anna Peter Maria Thomas Julia Michael Laura Andreas Sophie Martin Katrin Stefan Eva Jan Lena Paul Sarah Daniel Nina
        Lukas Clara Felix Ida Jonas Emma Max Lisa Tim José Zoë Łukasz Åsa Björn Chloé Jürgen Élodie Renée Søren Inés Ángel Noël
        François Céline Ondřej Jiří Małgorzata Paweł Siobhán Róisín Göran Linnéa Pierre Camille Antoine Manon Hugo Lea Giulia
        Marco Chiara Luca Paola Davide Carmen Javier Nuria Pablo Marta Diego Femke Bram Sanne Ruben Lotte Jeroen Ewa Tomasz
        Joanna Piotr Zofia Adam Lars Nils Maja Erik Ebba Oskar Karin Mikkel Freja Anders Hana Petr Lenka Radek Eliška Karel
        Aoife Declan Niamh Eoin Orla Cormac Amira Yusuf Leyla Emre Priya Arjun Mei Hiro Fatima Omar Elena Ivan Milica Dragan
        Ioana Andrei Katalin László Maarja Tarmo Aino Mikko Helmi Väinö
        """);

    private static readonly string[] Start = List(
        """
        Berg Stein Linden Hof Wald Al Bern Karl Hart Mei Sand Win Kel Ros Grün Nord Ast Fried Gold Hag Eich Feld Brand Wes Ost
        Lau Mor Bel Del Fon Mar Cas Ver Val Mon Kow Nov Wis Dąb Zie Svo Dvo Krá Ek Lind Sjö Lund Hol Dahl Jen Sør Van Dek Hoek
        Pos Vis Kui Mur Doy Bren Nol Kav Tav Fer Iba Nun Gar Rom Ric Esp Col Gre Bar Tho Zim
        """);

    private static readonly string[] Middle = List(
        """
        an er el in on ar en ol ist el ad or ing ell ber man ten ler ach iv ow ov ek os as ing ild und am ert
        """);

    private static readonly string[] End = List(
        """
        mann er ke sen son berg feld bach ski wicz ová ek ini etti ard eau ier stra dijk ström gren dahl ez es eira ig hofer ner
        lein rup thal by
        """);

    private static readonly string[] Trades = List(
        """
        Elektro Bau Technik Metall Haustechnik Solar Werkzeuge Montage Anlagen Service Logistik Holz Stahl Energie Licht Klima
        Sanitär Installation Electric Industrie Garten Maschinen Systems Supply
        """);

    private static readonly string[] Streets = List(
        """
        Mill Station Market Garden Harbour Church Forge Canal Meadow Park Castle Copper Tanner Weaver Orchard Quarry Bridge
        Foundry
        """);

    private static readonly string[] PlaceEnds = List(
        """
        burg stadt haven ville wijk by ów ice ona ino ach au heim kirchen bro ford
        """);

    private static readonly string[] Nouns =
        """
        drill|grinder|circular saw|battery pack|charger|screwdriver|bit set|combination pliers|side cutters|spanner|hammer|
        spirit level|tape measure|multimeter|voltage tester|laser meter|sheathed cable|patch cable|cable drum|power strip|
        wall socket|rocker switch|dimmer|circuit breaker|residual current breaker|distribution board|LED lamp|LED panel|
        LED batten|floodlight|head torch|copper pipe|elbow|tee piece|ball valve|pressure gauge|hose|assembly gloves|
        welding gloves|safety helmet|safety glasses|ear muffs|respirator|knee pads|chipboard screws|wall plugs|threaded rod|
        washer|stacking bin|tool case|ladder|workbench|vice|heat gun|soldering iron|cable tie|junction box|conduit|motor|
        contactor|relay|sensor|enclosure|terminal block|cable gland|fan heater|sealant|adhesive tape|marking paint|grease|
        cleaning wipes|broom|padlock
        """.Split(['|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Series = List(
        """
        Kestrel Merlin Osprey Harrier Sparrow Finch Heron Stork Swift Plover Curlew Owl Eagle Badger Otter Lark Guard Lumen
        Beacon Firefly Mill Wren Dome Lens Anchor Stow Raven Crane Tern Robin
        """);

    private static readonly string[] Colors = List("Black Grey White Red Blue Green Yellow Orange Teal");

    private static readonly string[] Sizes =
        ["XS", "S", "M", "L", "XL", "6 mm", "8 mm", "10 mm", "12 mm", "16 mm", "20 mm", "25 mm", "1 m", "2 m", "5 m", "10 m", "25 m", "50 m", "100 m"];

    private static readonly string[] Prefixes = ["AB-", "BX-", "CT-", "DR-", "EL-", "FX-", "GR-", "HV-", "KB-", "LM-", "MT-", "PN-", "RS-", "SK-", "TR-", "WZ-"];

    public static (string First, string Last) Person(Chance chance) => (First[chance.Skewed(First.Length)], Surname(chance));

    public static string Company(Chance chance, string country)
    {
        var form = country switch
        {
            "DE" or "AT" => chance.Percent(70) ? "GmbH" : "KG",
            "FR" => chance.Percent(60) ? "SARL" : "SAS",
            "NL" => "B.V.",
            "BE" => "BV",
            "IT" => "S.r.l.",
            "ES" => "S.L.",
            "PL" => "Sp. z o.o.",
            "SE" => "AB",
            "DK" => "ApS",
            "CZ" => "s.r.o.",
            _ => "Ltd",
        };
        var name = chance.Percent(30) ? Place(chance) : Surname(chance);
        return chance.Below(10) switch
        {
            0 => $"{name} & {Surname(chance)} {form}",
            1 => $"{chance.Pick(Trades)} {name} {form}",
            _ => $"{name} {Trades[chance.Skewed(Trades.Length)]} {form}",
        };
    }

    public static string Place(Chance chance) => chance.Pick(Start) + (chance.Percent(50) ? chance.Pick(Middle) : "") + chance.Pick(PlaceEnds);

    public static string Street(Chance chance) => $"{chance.Pick(Streets)} Street {PackageFile.Text(chance.Between(1, 240))}";

    public static (string Name, string Model, string Color, string Size, string Text) Article(Chance chance)
    {
        var model = $"{Series[chance.Skewed(Series.Length)]} {PackageFile.Text(chance.Between(10, 999))}";
        var (noun, color, size) = (chance.Pick(Nouns), chance.Pick(Colors), chance.Pick(Sizes));
        var shade = color.ToLowerInvariant();
        var text = $"{model} range, {noun}: {shade}, {size}. Made for daily use in workshops and on site.";
        return ($"{model} {noun}, {shade}, {size}", model, color, size, text);
    }

    public static string Group(int i) => $"{Trades[i]} range";

    public static string Category(int i) => char.ToUpperInvariant(Nouns[i][0]) + Nouns[i][1..];

    public static string SkuPrefix(int product) => Prefixes[product * 7 % Prefixes.Length];

    /// <summary>Thousands of mail domains, of which a few are very common.</summary>
    public static string Domain(int i)
    {
        var chance = Chance.For(0xD0, i);
        return chance.Percent(30) ? "mail" : Plain(Start[chance.Skewed(Start.Length)] + chance.Pick(Middle) + chance.Pick(Trades));
    }

    /// <summary>ASCII letters of a name in lower case.</summary>
    public static string Plain(string name)
    {
        if (Ascii.IsValid(name)) return name.ToLowerInvariant();
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (letter is >= 'a' and <= 'z') plain.Append(letter);
            else if (letter is 'ł') plain.Append('l');
            else if (letter is 'ø') plain.Append('o');
        }
        return plain.ToString();
    }

    private static string Surname(Chance chance) =>
        Start[chance.Skewed(Start.Length)] + (chance.Percent(55) ? chance.Pick(Middle) : "") + chance.Pick(End);

    private static string[] List(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
