using PartnerLedger.Api.Audit.Reads;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Audit;

/// <summary>What proves the ledger: its tree, its notes, who signs them, and who read what.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHealthChecks().AddCheck<NotesKept>("notes", tags: [Health.Ready]);
        return services.AddSingleton<TreeStore>().AddSingleton<NoteStore>().AddSingleton<Standing>().AddSingleton<NoteKeeper>().AddSingleton<KitWriter>().AddSingleton<LedgerVerifier>().AddSingleton<RepeatedErasures>().AddSingleton<Erasures>()
            .AddReads(configuration);
    }
}
