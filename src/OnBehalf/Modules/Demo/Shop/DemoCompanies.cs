namespace OnBehalf.Modules.Demo.Shop;

internal static class DemoCompanies
{
    public static readonly Company[] All =
    [
        new("C10001", "Nordlicht GmbH", "DE", "nordlicht", 12, Cast.Karim, Contract: "FC-2021-014")
        {
            Sites =
            [
                new("Head office", "Am Speicherkai 12", "Hamburg", "20457", true, true),
                new("Central store", "Lagerring 3", "Norderstedt", "22848", false, true, "Gate 2"),
                new("Site Baakenpark", "Kranallee 40", "Hamburg", "20457", false, true, "Ask for the site manager"),
            ],
        },
        new("C10002", "Nordlicht Service GmbH", "DE", "nordlicht", 6, Cast.Karim, Parent: "C10001", Contract: "FC-2021-014")
        { Sites = [new("Head office", "Weserdeich 88", "Bremen", "28195", true, true)] },
        new("C10003", "Nordlicht Service Lübeck", "DE", "nordlicht", 3, Cast.Karim, Parent: "C10002", Contract: "FC-2021-014")
        {
            Sites =
            [
                new("Branch", "Travezeile 5", "Lübeck", "23552", false, true),
                new("Invoices", "Weserdeich 88", "Bremen", "28195", true, false),
            ],
        },
        new("C10004", "Elektro Hagedorn KG", "DE", "hagedorn", 4, Cast.Karim, Kind: "dealer")
        { Sites = [new("Head office", "Kupfergasse 21", "Hannover", "30159", true, true)] },
        new("C10005", "Müller & Söhne Haustechnik GmbH", "DE", "mueller-soehne", 9, Cast.Karim, "key-eur", Contract: "FC-2019-002")
        {
            Sites =
            [
                new("Head office", "Rebenweg 7", "Stuttgart", "70173", true, true),
                new("Store south", "Gleisstraße 114", "Esslingen", "73728", false, true),
            ],
        },
        new("C10006", "Küstenbau Petersen GmbH", "DE", "kuestenbau", 3, Cast.Karim, Status: "on-hold")
        { Sites = [new("Head office", "Fördeblick 2", "Kiel", "24103", true, true)] },
        new("C10007", "Werkstattkollektiv Leipzig eG", "DE", "werkstattkollektiv", 2, "", PriceList: "")
        { Sites = [new("Workshop", "Spinnereihof 9", "Leipzig", "04179", true, true)] },
        new("C10008", "Alpenstrom Installationen GmbH", "AT", "alpenstrom", 5, Cast.Sofia)
        { Sites = [new("Zentrale", "Murgasse 30", "Graz", "8010", true, true)] },
        new("C10009", "Brandner Bau GmbH", "AT", "brandner", 4, Cast.Sofia, Status: "blocked")
        { Sites = [new("Zentrale", "Donaulände 61", "Linz", "4020", true, true)] },
        new("C10010", "Bergmann Gebäudetechnik AG", "CH", "bergmann", 10, Cast.Bruno, "trade-chf", Contract: "RV-118")
        {
            Sites =
            [
                new("Hauptsitz", "Limmatquai 218", "Zürich", "8001", true, true),
                new("Lager", "Industriestrasse 46", "Dietikon", "8953", false, true),
            ],
        },
        new("C10011", "Bergmann Romandie SA", "CH", "bergmann", 5, Cast.Bruno, "trade-chf", Parent: "C10010", Contract: "RV-118")
        { Sites = [new("Siège", "Avenue du Funiculaire 14", "Lausanne", "1003", true, true, Region: "Vaud")] },
        new("C10012", "Ticino Impianti SA", "CH", "ticino-impianti", 3, Cast.Bruno, "trade-chf")
        { Sites = [new("Sede", "Via ai Castagni 6", "Lugano", "6900", true, true, Region: "Ticino")] },
        new("C10013", "Säntis Elektro AG", "CH", "saentis", 4, Cast.Bruno, "trade-chf")
        { Sites = [new("Hauptsitz", "Gallusplatz 33", "St. Gallen", "9000", true, true)] },
        new("C10014", "Ateliers Beaumont SARL", "FR", "beaumont", 6, Cast.Amelie)
        { Sites = [new("Siège", "18 quai des Forges", "Lyon", "69002", true, true)] },
        new("C10015", "Électricité Marchand SAS", "FR", "marchand", 3, Cast.Amelie)
        { Sites = [new("Siège", "5 rue du Paratonnerre", "Nantes", "44000", true, true)] },
        new("C10016", "Van der Meer Installatietechniek B.V.", "NL", "vandermeer", 8, Cast.Amelie, "key-eur", Contract: "FC-2023-007")
        {
            Sites =
            [
                new("Kantoor", "Singelkade 77", "Utrecht", "3511 AB", true, true),
                new("Magazijn", "Houtwal 2", "Amersfoort", "3812 CD", false, true),
            ],
        },
        new("C10017", "Instalacje Wiśniewski Sp. z o.o.", "PL", "wisniewski", 6, Cast.Sofia)
        { Sites = [new("Biuro", "ul. Miedziana 15", "Kraków", "30-001", true, true)] },
        new("C10018", "Åkerlund El AB", "SE", "akerlund", 5, Cast.Sofia)
        { Sites = [new("Kontor", "Lyktgatan 4", "Göteborg", "411 01", true, true)] },
        new("C10019", "Sørensen VVS ApS", "DK", "sorensen", 4, Cast.Sofia)
        { Sites = [new("Kontor", "Rørvej 23", "Aarhus", "8000", true, true)] },
        new("C10020", "Talleres Ibarra S.L.", "ES", "ibarra", 4, Cast.Jose)
        { Sites = [new("Sede", "Calle del Torno 11", "Bilbao", "48001", true, true, Region: "Bizkaia")] },
        new("C10021", "Oficina Tavares Lda", "PT", "tavares", 1, Cast.Jose)
        { Sites = [] },
        new("C10022", "Officine Ferrante S.r.l.", "IT", "ferrante", 5, Cast.Jose)
        { Sites = [new("Sede", "Via dell'Incudine 8", "Torino", "10121", true, true, Region: "Piemonte")] },
        new("C10023", "Dvořák Elektro s.r.o.", "CZ", "dvorak", 4, Cast.Sofia)
        { Sites = [new("Kancelář", "Drátová 19", "Brno", "602 00", true, true)] },
        new("C10024", "Liffey Maintenance Ltd", "IE", "liffey", 3, Cast.Amelie)
        { Sites = [new("Office", "9 Copper Alley Court", "Dublin", "D08 X0X0", true, true)] },
        new("C10025", "Verlinden Techniek BV", "BE", "verlinden", 5, Cast.Amelie)
        { Sites = [new("Kantoor", "Koperstraat 36", "Gent", "9000", true, true)] },
        new("C10026", "Schaack Bâtiment S.à r.l.", "LU", "schaack", 2, "")
        { Sites = [new("Siège", "22 rue de la Soudure", "Luxembourg", "1111", true, true)] },
        new("C10027", "Järvinen Sähkö Oy", "FI", "jarvinen", 1, Cast.Sofia)
        { Sites = [new("Toimisto", "Johtokatu 17", "Tampere", "33100", true, true)] },
        new(Cast.EndCustomer, "Tischlerei Wendland", "DE", "wendland", 1, Cast.Karim, Parent: "C10004", Kind: "end-customer")
        { Sites = [new("Workshop", "Hobelgasse 3", "Celle", "29221", true, true)] },
    ];
}
