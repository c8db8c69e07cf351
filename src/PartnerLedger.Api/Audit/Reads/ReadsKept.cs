using System.Globalization;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>For how many days the record of a read is kept, as the owner of the ledger has set it.</summary>
internal sealed record ReadsKept(int Days)
{
    private const string Setting = "Ledger:ReadsKeptDays";

    public static ReadsKept Of(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => new(730),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 36_500 => new(days),
        _ => throw new StartRefusedException($"{Setting} must be a whole number of days from 1 to 36500."),
    };
}
