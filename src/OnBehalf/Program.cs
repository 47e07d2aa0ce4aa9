using OnBehalf.Data;
using OnBehalf.Host;

try
{
    return await CommandLine.Run(args);
}
catch (ConfigurationException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (PersonKeyException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 2;
}
catch (NewerDatabaseException newer)
{
    Console.Error.WriteLine(newer.Message);
    return 3;
}
catch (Exception error) when (error is System.Data.Common.DbException or IOException or UnauthorizedAccessException)
{
    // The database does not answer, a disk is full, a folder is not ours: what to do is in the message, not in our code.
    Console.Error.WriteLine(error.Message);
    return 4;
}
