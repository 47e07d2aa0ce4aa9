using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Alerts;

/// <summary>Switches rules and changes their thresholds; each change is a fact.</summary>
public sealed class AlertRules(Database database)
{
    public async Task<Outcome<Done>> Change(Caller caller, IReadOnlyList<(string Rule, bool IsOn, long Threshold)> wanted, CancellationToken cancel)
    {
        foreach (var (code, _, threshold) in wanted)
        {
            if (AlertRule.Of(code) is not { } rule)
            {
                return Refusal.Invalid("alerts.no-such-rule", "There is no such rule. Reload the page and try again.");
            }

            if (threshold < (rule.HasThreshold ? 1 : 0) || threshold > AlertRule.Most)
            {
                return Refusal.Invalid("alerts.threshold-out-of-range", $"{rule.Title}: a whole number from 1 on.");
            }
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var now = (await AlertQueries.Rules(tx.Db, tx.Cancel)).ToDictionary(rule => rule.Rule.Code);
                var rows = await tx.Db.Set<AlertRuleRow>().ToDictionaryAsync(row => row.Rule, tx.Cancel);
                foreach (var (code, isOn, threshold) in wanted)
                {
                    var before = now[code];
                    if (before.IsOn == isOn && before.Threshold == threshold)
                    {
                        continue;
                    }

                    if (rows.TryGetValue(code, out var row))
                    {
                        (row.IsOn, row.Threshold, row.ChangedAt) = (isOn, threshold, tx.Now);
                    }
                    else
                    {
                        tx.Db.Add(new AlertRuleRow { Rule = code, IsOn = isOn, Threshold = threshold, ChangedAt = tx.Now });
                    }

                    tx.Add(new AlertRuleChanged(code, isOn, before.Threshold, threshold));
                }

                return Done.It;
            },
            cancel);
    }
}
