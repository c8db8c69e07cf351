using System.Globalization;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>After which read a page begins; the newest come first.</summary>
internal readonly record struct ReadsStart(DateTime At, Guid Id)
{
    public static string After(ListedRead read) => string.Create(CultureInfo.InvariantCulture, $"{read.At.Ticks}/{read.Id}");

    /// <summary>Null for the first page; false where the cursor is not one of ours.</summary>
    public static bool TryParse(string? cursor, out ReadsStart? start)
    {
        start = null;
        if (cursor is null)
        {
            return true;
        }

        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !long.TryParse(cursor.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks
            || !Guid.TryParseExact(cursor.AsSpan(slash + 1), "D", out var id))
        {
            return false;
        }

        start = new ReadsStart(new DateTime(ticks, DateTimeKind.Utc), id);
        return true;
    }
}
