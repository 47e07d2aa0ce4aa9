using System.Collections.Concurrent;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// Keeps in the log who looked at which customer. Once an hour is enough: what a node has noted it does not note again, so leafing back and forth costs
/// nothing; another node may note it once more.
/// </summary>
public sealed class OpenedCustomers(Database database, TimeProvider clock)
{
    private const int MostKept = 100_000;

    private readonly ConcurrentDictionary<(StaffId Staff, Guid Customer), long> _noted = new();

    public async Task Note(Caller caller, CompanyId? company, BuyerId? buyer, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return;
        }

        var key = (staff.Id, company?.Value ?? buyer!.Value.Value);
        if (_noted.TryGetValue(key, out var at) && clock.GetElapsedTime(at) < TimeSpan.FromHours(1))
        {
            return;
        }

        await database.Record(caller, new CustomerOpened(company, buyer), cancel);
        if (_noted.Count >= MostKept)
        {
            _noted.Clear();
        }

        _noted[key] = clock.GetTimestamp();
    }
}
