using PartnerLedger.EmbeddedPostgres;

if (args is not ["serve", var directory, .. var kind])
    return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

await using var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions { DataDirectory = directory, Durable = false, Temporary = kind is ["temporary"] });
Console.WriteLine(cluster.ProcessId);
Console.WriteLine(cluster.OwnerConnectionString);
await Console.In.ReadToEndAsync();
return 0;
