namespace PartnerLedger.Api.Pages.Analysis;

/// <summary>Which partnerships and factors an address speaks of: that stays when another question is asked of them, as far as it can be asked.</summary>
internal static class KeptView
{
    /// <summary>The parameters that choose rows.</summary>
    public static readonly string[] Rows = ["framework", "factor", "topic", "polarity"];

    private static readonly string[] Common = ["sector", "region", "from", "to", "asOf"];

    // Of these a row speaks of a factor.
    private static readonly string[] ByFactor = ["/", "/analysis", "/analysis/contrast", "/analysis/cooccurrence", "/analysis/trend"];

    /// <summary>The address of a question, asked of what the present one is about.</summary>
    public static string Address(HttpContext http, string href) =>
        href + LedgerPage.QueryOf(http, ByFactor.Contains(href, StringComparer.Ordinal) ? Common.Concat(Rows) : Common);
}
