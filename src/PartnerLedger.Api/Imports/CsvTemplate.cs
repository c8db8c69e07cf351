namespace PartnerLedger.Api.Imports;

/// <summary>The two files in which partnerships come as CSV, column by column.</summary>
internal static class CsvTemplate
{
    public const string Partnerships = "partnerships";
    public const string Notes = "notes";

    public const string Partnership = "partnership";
    public const string Version = "version";
    public const string Change = "change";
    public const string JoinedWith = "joinedWith";
    public const string After = "after";

    public static readonly string[] PartnershipColumns =
    [
        Partnership, Version, Change, "occurredOn", "name", "stage", "partners", "sectorsComplete", "sector", "country", "regions", JoinedWith, "partner",
        "purpose", "reason", "informant", "informantRegion",
    ];

    public static readonly string[] NoteColumns = [Partnership, Version, After, "factor", "note", "informant", "informantRegion", "occurredOn"];

    /// <summary>The words of the column change that differ from a command's.</summary>
    public const string Joined = "joined";

    public const string Left = "left";

    private const string PartnershipExample = """
        p-001,,open,2022-03,Care at home,,nonprofit|NL|Red Cross;government,true,,,eu-plus,,,Fewer readmissions,,,
        p-001,,joined,2022-06,Homecare Ltd,,,,industry,NL,,,,,,,
        p-001,,active,2022-09,,,,,,,,,,,The grant came through,interview-12,eu-plus
        p-001,,left,2023-05,,,,,,,,2,,,Budget cuts,,
        p-001,,name,,Care at home (north),,,,,,,,,,,,
        p-001,,regions,,,,,,,,eu-plus;africa,,,,,,
        p-001,,successful,2024,,,,,,,,,,,,,

        """;

    private const string NoteExample = """
        p-001,,3,N-FUND,The grant ended in May,interview-12,eu-plus,2023-05
        p-001,,,S-TRUST,,interview-13,eu-plus,2024

        """;

    /// <summary>A file as one would send it: the header and an example; null where there is no such file.</summary>
    public static string? Of(string file) => file switch
    {
        Partnerships => Lines(PartnershipColumns, PartnershipExample),
        Notes => Lines(NoteColumns, NoteExample),
        _ => null,
    };

    private static string Lines(string[] columns, string example) => (string.Join(',', columns) + "\n" + example).ReplaceLineEndings("\r\n");
}
