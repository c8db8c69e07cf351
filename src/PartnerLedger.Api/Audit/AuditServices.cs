namespace PartnerLedger.Api.Audit;

/// <summary>What proves the ledger: its tree, its notes, and who signs them.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<TreeStore>().AddSingleton<NoteStore>().AddSingleton<Standing>().AddSingleton<NoteKeeper>().AddSingleton<KitWriter>().AddSingleton<LedgerVerifier>().AddSingleton<Erasures>();
}
