using Microsoft.AspNetCore.Connections;
using PartnerLedger.Api;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Audit.Reads;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Imports;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Pages;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Sample;
using PartnerLedger.Api.Security;

try
{
    var isToSeed = SampleSeed.IsAskedFor(args);
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHosting();
    builder.AddSignIn();
    builder.AddRateLimits();
    builder.Services.AddProblems();
    builder.Services.AddDescription();
    builder.Services.AddSingleton(Regions.Of(builder.Configuration));

    await using var database = await LedgerDatabase.Start(builder.Configuration, Console.WriteLine, CancellationToken.None);
    if (args is [HandOverCommand.Name, ..])
    {
        return await HandOverCommand.Run(database, CancellationToken.None);
    }

    builder.Services.AddLedger(database);
    builder.Services.AddAnalysis(builder.Configuration);
    builder.Services.AddAudit(builder.Configuration);
    builder.Services.AddImports();
    builder.Services.AddPages();

    await using var app = builder.Build();
    await database.Migrate(app.Logger, CancellationToken.None);
    if (args is [VerifyCommand.Name, ..])
    {
        return await VerifyCommand.Run(app.Services, CancellationToken.None);
    }

    await (isToSeed ? app.Services.GetRequiredService<SampleSeed>().Sow(CancellationToken.None) : Task.CompletedTask);
    app.UsePages();
    app.UseMiddleware<NoteReads>();
    app.UseEdge();
    app.MapEndpoints();

    app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app.Services));
    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.");
    return 1;
}
