namespace PartnerLedger.Api.Audit.Reads;

/// <summary>Puts the record of reads together.</summary>
internal static class ReadServices
{
    public static IServiceCollection AddReads(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ReadsKept.Of(configuration))
        .AddSingleton<ReadQueue>()
        .AddSingleton<ReadTable>()
        .AddHostedService<ReadWriter>();

    /// <summary>Every GET of the group is noted.</summary>
    public static void NoteReads(this RouteGroupBuilder routes) => ((IEndpointConventionBuilder)routes).Finally(ReadRoute.Add);
}
