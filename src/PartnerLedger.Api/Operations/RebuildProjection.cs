using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Operations;

/// <summary>Builds a read model anew from the events, beside the one in use, and swaps it in; reads go on.</summary>
internal static partial class RebuildProjection
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/operations/projections/{name}/rebuild", Handle)
        .RequireRoles(Role.Operator)
        .WithTags("Operations")
        .WithSummary("Rebuild a read model")
        .WithDescription("Runs in the background; GET /api/operations/projections shows how far it has come.")
        .Produces(StatusCodes.Status202Accepted)
        .MayRefuse(Problems.Conflict);

    private static IResult Handle(string name, ReadModels models, IHostApplicationLifetime lifetime, ILogger<ReadModels> logger)
    {
        if (models.Find(name) is not { } daemon)
        {
            return Problems.NotFound.Because($"There is no projection {name}.");
        }

        if (daemon.Rebuilding is not null)
        {
            return Problems.Conflict.Because($"A rebuild of {name} is under way.");
        }

        _ = Watch(daemon.RebuildNow(lifetime.ApplicationStopping), name, logger);
        return TypedResults.Accepted("/api/operations/projections");
    }

    private static async Task Watch(Task<bool> rebuilding, string name, ILogger logger)
    {
        try
        {
            await rebuilding;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed(logger, exception, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rebuild of {Name} failed; the read model in use is untouched")]
    private static partial void Failed(ILogger logger, Exception exception, string name);
}
