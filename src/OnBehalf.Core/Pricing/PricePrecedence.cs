namespace OnBehalf.Pricing;

/// <summary>
/// In which order the sources of prices count: "contract > list = promotion > base". The first that has a price decides; of sources that an equals sign
/// joins the lowest price. Every source stands in it once.
/// </summary>
public sealed class PricePrecedence
{
    public const string Text = "contract > company-product > list > group > promotion > company = category = volume > base";

    public static readonly PricePrecedence Default = Parse(Text)!;

    private readonly int[] _ranks;

    private PricePrecedence(int[] ranks, string source) => (_ranks, Source) = (ranks, source);

    /// <summary>What it was read from.</summary>
    public string Source { get; }

    /// <summary>0 counts first.</summary>
    public int RankOf(PriceSource source) => _ranks[(int)source];

    /// <summary>Null: it does not name every source once.</summary>
    public static PricePrecedence? Parse(string text)
    {
        var ranks = new int[PriceSources.All.Count];
        Array.Fill(ranks, -1);
        var rank = 0;
        foreach (var equals in text.Split('>'))
        {
            foreach (var word in equals.Split('='))
            {
                var source = PriceSources.All.Where(known => PriceSources.Code(known) == word.Trim()).Select(known => (int?)known).FirstOrDefault();
                if (source is not { } place || ranks[place] >= 0)
                {
                    return null;
                }

                ranks[place] = rank;
            }

            rank++;
        }

        return Array.TrueForAll(ranks, known => known >= 0) ? new PricePrecedence(ranks, text) : null;
    }

    public override string ToString() => string.Join(
        " > ", PriceSources.All.GroupBy(RankOf).OrderBy(rank => rank.Key).Select(rank => string.Join(" = ", rank.Select(PriceSources.Code))));
}
