using System.CommandLine;
using OnBehalf.Verify;

try
{
    var root = new RootCommand("Checks the audit log of an OnBehalf shop without trusting the shop.")
    {
        Commands.Mirror(), Commands.Verify(), Commands.Entries(), Commands.Receipt(), Commands.Open(), Commands.Witness(), Commands.Key(),
    };
    var parsed = root.Parse(args);
    var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    // 1 is a verdict; a command that could not be understood must not look like one.
    return parsed.Errors.Count > 0 ? (int)Answer.NotChecked : code;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or HttpRequestException or PlatformNotSupportedException or OperationCanceledException)
{
    Console.Error.WriteLine($"COULD NOT BE CHECKED. {error.Message}");
    return (int)Answer.NotChecked;
}
