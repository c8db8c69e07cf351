using PartnerLedger.Api.Exports;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>Puts import and export together.</summary>
internal static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton(new ImportOptions())
        .AddSingleton<ImportRuns>()
        .AddSingleton<ImportMover>()
        .AddSingleton<ImportReader>()
        .AddSingleton<Importer>()
        .AddSingleton<ExportQuery>()
        .AddSingleton<ImportRunner>()
        .AddHostedService(provider => provider.GetRequiredService<ImportRunner>());
}
