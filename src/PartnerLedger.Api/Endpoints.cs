using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Pages;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api;

/// <summary>The table of contents: every endpoint of the service, in reading order.</summary>
internal static class Endpoints
{
    public static void MapEndpoints(this WebApplication app)
    {
        var api = app.MapApi();

        ListRegions.Map(api);

        if (app.Environment.IsDevelopment())
        {
            CreateDevelopmentToken.Map(api);
        }

        Health.Map(app);
        ApiDescription.Map(app);
        ProblemPages.Map(app);
    }
}
