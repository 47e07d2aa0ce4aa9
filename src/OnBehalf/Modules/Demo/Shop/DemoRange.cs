namespace OnBehalf.Modules.Demo.Shop;

internal static class DemoRange
{
    /// <summary>Parents stand before their children.</summary>
    public static readonly (string Code, string Parent, string Name)[] Categories =
    [
        ("power-tools", "", "Power tools"),
        ("drills", "power-tools", "Drills and drivers"),
        ("grinders-saws", "power-tools", "Grinders and saws"),
        ("batteries", "power-tools", "Batteries and chargers"),
        ("hand-tools", "", "Hand tools"),
        ("screwdrivers", "hand-tools", "Screwdrivers and bits"),
        ("pliers", "hand-tools", "Pliers, spanners, hammers"),
        ("measuring", "hand-tools", "Measuring and testing"),
        ("electrical", "", "Electrical installation"),
        ("cables", "electrical", "Cables"),
        ("installation-cables", "cables", "Installation and extension cables"),
        ("data-cables", "cables", "Data cables"),
        ("sockets", "electrical", "Sockets and switches"),
        ("protection", "electrical", "Breakers and boards"),
        ("lighting", "", "Lighting"),
        ("lamps", "lighting", "LED lamps and luminaires"),
        ("work-lights", "lighting", "Work lights"),
        ("pipes", "", "Pipes and fittings"),
        ("safety", "", "Work safety"),
        ("gloves", "safety", "Gloves"),
        ("head-protection", "safety", "Head, eye and ear protection"),
        ("fasteners", "", "Fasteners and storage"),
    ];

    public static readonly Product[] Products =
    [
        .. new[] { ToolRange.Families, ElectricalRange.Families, SiteRange.Families }
            .SelectMany(families => families)
            .SelectMany(family => family.Items, (family, item) => new Product(family, item)),
    ];
}
