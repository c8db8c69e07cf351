using Npgsql;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Feed;
using PartnerLedger.Api.Frameworks;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Partnerships.List;
using PartnerLedger.Api.Sample;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.Api.Operations;

/// <summary>Puts the ledger together: store, queue, projections, and what commands need.</summary>
internal static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services, LedgerDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton(provider => database.Connect(provider.GetServices<Projection>().Select(projection => projection.Schema)));
        services.AddSingleton<EventStore>().AddSingleton<People>();
        services.AddSingleton(new AppendQueueOptions()).AddSingleton<AppendQueue>();
        services.AddSingleton(provider => provider.GetRequiredService<AppendQueue>().Committed);
        services.AddSingleton(provider => provider.GetRequiredService<AppendQueue>().Recent);
        services.AddSingleton<LedgerListener>();

        services.AddProjection<PartnershipListProjection>();
        services.AddSingleton<ReadModels>().AddHostedService<LedgerHost>();
        services.AddHealthChecks().AddCheck<ReadModels>("read-models", tags: [Health.Ready]).AddCheck<DatabaseCheck>("database", tags: [Health.Ready]);

        services.AddSingleton<RequestRules>().AddSingleton<CommandRunner>().AddSingleton<PartnershipCommands>().AddSingleton<CatalogueCommands>().AddSingleton<FrameworkCommands>();
        services.AddSingleton<EventFeed>().AddSingleton<SampleSeed>();
        return services;
    }

    public static IServiceCollection AddProjection<T>(this IServiceCollection services)
        where T : Projection
    {
        services.AddSingleton<T>().AddSingleton<Projection>(provider => provider.GetRequiredService<T>());
        return services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProjectionDaemon>(provider, (Projection)provider.GetRequiredService<T>()));
    }
}
