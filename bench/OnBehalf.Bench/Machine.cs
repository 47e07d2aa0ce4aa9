using System.Globalization;

namespace OnBehalf.Bench;

/// <summary>What the kernel says about this machine and about processes on it. Linux only: CPU time comes from /proc.</summary>
internal static class Machine
{
    // USER_HZ, which Linux promises to be 100 whatever the kernel's own tick is.
    private const double MillisecondsPerTick = 10;

    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        return $"{Environment.ProcessorCount} cores ({model}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>Load of the last minute: how many others wanted the cores.</summary>
    public static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>CPU time of a process since its start, in ms.</summary>
    public static double Cpu(int process)
    {
        var stat = Stat(process);
        return (long.Parse(stat[11], CultureInfo.InvariantCulture) + long.Parse(stat[12], CultureInfo.InvariantCulture)) * MillisecondsPerTick;
    }

    /// <summary>CPU time of a process with its children, those that have ended included: PostgreSQL with its backends.</summary>
    public static double CpuOfTree(int process)
    {
        var stat = Stat(process);
        var ended = (long.Parse(stat[13], CultureInfo.InvariantCulture) + long.Parse(stat[14], CultureInfo.InvariantCulture)) * MillisecondsPerTick;
        return Cpu(process) + ended + Children(process).Sum(child => Try(() => Cpu(child)));
    }

    /// <summary>Memory of a process in MB: now, and the most it ever had.</summary>
    public static (double Now, double Most) Memory(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        return (Of("VmRSS:"), Of("VmHWM:"));

        double Of(string name) => long.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    public static int Threads(int process) => Directory.GetDirectories($"/proc/{process}/task").Length;

    public static int ParentOf(int process) => int.Parse(Stat(process)[1], CultureInfo.InvariantCulture);

    private static IEnumerable<int> Children(int process) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        let id = int.Parse(name, CultureInfo.InvariantCulture)
        where Try(() => ParentOf(id)) == process
        select id;

    // The fields after the name, which may hold blanks: state, parent, ...; utime is the twelfth of them.
    private static string[] Stat(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    // A process may end while we look at it.
    private static T Try<T>(Func<T> look)
        where T : struct
    {
        try
        {
            return look();
        }
        catch (IOException)
        {
            return default;
        }
    }
}
