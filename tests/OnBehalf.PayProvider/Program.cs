using OnBehalf.PayProvider;

// A payment provider to try the shop with: dotnet run --project tests/OnBehalf.PayProvider -- http://127.0.0.1:5090 KEY SECRET
if (args is not [var address, var key, var secret])
{
    await Console.Error.WriteLineAsync("Address to listen on, key of the shop, secret of the callbacks.");
    return 2;
}

await using var provider = await TestProvider.Start(key, secret, address);
Console.WriteLine($"Payments__Address={provider.Address} Payments__Key=… Payments__Secret=… and the shop sends its buyers here. Nothing is charged. Ctrl+C ends it.");
await provider.Ended;
return 0;
