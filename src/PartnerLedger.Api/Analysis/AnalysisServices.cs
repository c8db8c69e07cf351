using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Analysis;

/// <summary>Puts the analysis together: its read model, its queries, and what may be seen of their answers.</summary>
internal static class AnalysisServices
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services, IConfiguration configuration) => services
        .AddProjection<AnalysisProjection>()
        .AddSingleton(DisclosureRules.Of(configuration))
        .AddSingleton<Catalogues>()
        .AddSingleton<SummaryQuery>()
        .AddSingleton<FactorsQuery>()
        .AddSingleton<CooccurrenceQuery>()
        .AddSingleton<ProfilesQuery>()
        .AddSingleton<TrendQuery>()
        .AddSingleton<CoursesQuery>()
        .AddSingleton<MovesQuery>()
        .AddSingleton<BriefQuery>()
        .AddSingleton<RecentAnswers>()
        .AddSingleton<QuestionReader>();
}
