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
            mandate.Highest switch { Mode.View => "only look", Mode.Cart => "look and fill the cart", _ => "look, fill the cart and order" },
        };
        words.AddRange(MandateDraft.Extra.Where(right => mandate.Rights.Has(right) && mandate.Highest == Mode.Order).Select(right => right.Sentence));
        words.AddRange(mandate.PerOrder.Select(amount => $"at most {amount} an order"));
        words.AddRange(mandate.PerMonth.Select(amount => $"at most {amount} a month"));
        words.AddRange(mandate.ApprovalAbove.Select(amount => $"orders above {amount} wait for approval"));
        if (mandate.Days.Count > 0)
        {
            words.Add("only on " + string.Join(", ", mandate.Days.Order().Select(day => day + "s")));
        }

        if (mandate.Until is { } until)
        {
            words.Add("until " + MandateDraft.LastDay(until, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture));
        }

        return words;
    }
}
