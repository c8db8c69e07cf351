using PartnerLedger.EmbeddedPostgres;

if (args is not ["serve", var directory])
    return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

await using var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions { DataDirectory = directory, Durable = false });
Console.WriteLine(cluster.ProcessId);
Console.WriteLine(cluster.OwnerConnectionString);
await Console.In.ReadToEndAsync();
return 0;
