using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What a mandate allows, as short phrases for people.</summary>
public static class MandateWords
{
    public static IReadOnlyList<string> Of(Mandate mandate, TimeZoneInfo zone)
    {
        var words = new List<string>
        {
            mandate.Highest switch { Mode.View => Say("only look"), Mode.Cart => Say("look and fill the cart"), _ => Say("look, fill the cart and order") },
        };
        words.AddRange(MandateDraft.Extra.Where(right => mandate.Rights.Has(right) && mandate.Highest == Mode.Order).Select(right => right.Sentence.ToString()));
        words.AddRange(mandate.PerOrder.Select(amount => Say($"at most {amount} an order")));
        words.AddRange(mandate.PerMonth.Select(amount => Say($"at most {amount} a month")));
        words.AddRange(mandate.ApprovalAbove.Select(amount => Say($"orders above {amount} wait for approval")));
        if (mandate.Days.Count > 0)
        {
            words.Add(Say($"only on {string.Join(", ", mandate.Days.Order().Select(day => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day)))}"));
        }

        if (mandate.Until is { } until)
        {
            words.Add(Say($"until {MandateDraft.LastDay(until, zone):d MMM yyyy}"));
        }

        return words;
    }
}
