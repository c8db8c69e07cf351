using PartnerLedger.Api;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Security;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHosting();
    builder.AddSignIn();
    builder.Services.AddProblems();
    builder.Services.AddDescription();
    builder.Services.AddHealthChecks();
    builder.Services.AddSingleton(Regions.Of(builder.Configuration));

    var app = builder.Build();
    app.UseEdge();
    app.MapEndpoints();

    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
