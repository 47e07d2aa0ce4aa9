using OnBehalf.Data;
using OnBehalf.Host;

try
{
    return await CommandLine.Run(args);
}
catch (NewerDatabaseException newer)
{
    Console.Error.WriteLine(newer.Message);
    return 3;
}
