using System.CommandLine;
using System.Globalization;
using OnBehalf.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("Measures OnBehalf on this machine.") { JourneyBench.Command(), WritersBench.Command(), ImportBench.Command(), LogBench.Command(), AuditBench.Command(), SearchBench.Command(), VolumeBench.Command() };
return await root.Parse(args is [] ? ["journey", "--write"] : args).InvokeAsync();
