namespace OnBehalf.Modules.Assistance;

/// <summary>What the last step before a session shows where a customer has to agree first.</summary>
/// <param name="Who">Who is asked, inside a sentence: "Ines", "the administrator".</param>
/// <param name="Ask">What was asked last; null when nothing that matters still.</param>
/// <param name="Way">Where the answer can be heard of.</param>
/// <param name="Minutes">For how long he is asked; null: as usual.</param>
/// <param name="Administrators">Of a company as a whole: who can be asked; null for a person.</param>
public sealed record ConsentForm(string Who, OwnAsk? Ask, string Way, int? Minutes, IReadOnlyList<Choice>? Administrators)
{
    public bool IsOpen => Ask is { IsOpen: true };

    public bool CanAsk => Administrators is not { Count: 0 };

    /// <summary>The same at the beginning of a sentence.</summary>
    public string First => char.ToUpperInvariant(Who[0]) + Who[1..];

    public string Sentence => !CanAsk ? Say("An administrator of the company has to agree before you act, and it has none.")
        : Ask?.Status == "refused" ? Say($"{First} refused. You can ask again when you have talked about it.")
        : Say($"{(Administrators is null ? First : "An administrator of the company")} has to agree before you act. Nothing has begun yet.");
}
