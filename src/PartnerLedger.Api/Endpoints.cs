using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Audit.Reads;
using PartnerLedger.Api.Exports;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Feed;
using PartnerLedger.Api.Frameworks;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Imports;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Pages;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Partnerships.Diff;
using PartnerLedger.Api.Partnerships.List;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api;

/// <summary>The table of contents: every endpoint of the service, in reading order.</summary>
internal static class Endpoints
{
    public static void MapEndpoints(this WebApplication app)
    {
        var api = app.MapApi();
        api.AddEndpointFilter<MinPosition>();
        api.NoteReads();

        OpenPartnership.Map(api);
        MovePartnership.Map(api);
        NoteFactors.Map(api);
        AddPartner.Map(api);
        PartnerLeaves.Map(api);
        RenamePartnership.Map(api);
        ChangeRegions.Map(api);
        CorrectEvent.Map(api);
        EraseTexts.Map(api);

        ListPartnerships.Map(api);
        GetPartnership.Map(api);
        GetHistory.Map(api);
        GetDiff.Map(api);
        ListRegions.Map(api);

        ListFactors.Map(api);
        GetFactor.Map(api);
        DefineFactor.Map(api);
        ReviseFactor.Map(api);

        ListFrameworks.Map(api);
        GetFramework.Map(api);
        DefineFramework.Map(api);
        ReviseFramework.Map(api);
        EraseFrameworkTexts.Map(api);

        GetSummary.Map(api);
        GetFactors.Map(api);
        GetContrast.Map(api);
        GetCooccurrence.Map(api);
        GetComplementarity.Map(api);
        GetTrend.Map(api);
        GetIncidence.Map(api);
        GetTransitions.Map(api);
        GetBrief.Map(api);

        GetEvents.Map(api);

        GetCheckpoint.Map(api);
        GetKey.Map(api);
        GetInclusionProof.Map(api);
        GetConsistencyProof.Map(api);
        GetTile.Map(api);
        GetKit.Map(api);
        VerifyLedger.Map(api);
        ListReads.Map(api);

        PostImport.Map(api);
        GetImport.Map(api);
        GetTemplate.Map(api);
        GetExports.Map(api);

        ListProjections.Map(api);
        RebuildProjection.Map(api);
        RetryParked.Map(api);
        RotateKey.Map(api);
        AcceptDatabase.Map(api);
        ErasePerson.Map(api);

        if (app.Environment.IsDevelopment())
        {
            CreateDevelopmentToken.Map(api);
        }

        Health.Map(app);
        ApiDescription.Map(app);
        app.MapPages();
    }
}
