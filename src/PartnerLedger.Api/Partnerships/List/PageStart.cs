using System.Globalization;

namespace PartnerLedger.Api.Partnerships.List;

/// <summary>In which order partnerships are listed.</summary>
internal enum ListSort
{
    /// <summary>Those changed last come first.</summary>
    Recent,

    /// <summary>Those unchanged for longest come first.</summary>
    Oldest,

    /// <summary>By name, without regard to case.</summary>
    Name,
}

/// <summary>After which row a page begins; all null for the first.</summary>
internal readonly record struct PageStart(long? Position, string? Name, Guid? Id)
{
    public static string After(ListSort sort, PartnershipRow row) =>
        sort == ListSort.Name ? $"{row.Id}{PartnershipRow.Fold(row.Name)}" : row.Position.ToString(CultureInfo.InvariantCulture);

    public static bool TryParse(ListSort sort, string? cursor, out PageStart start)
    {
        const int idLength = 36;
        start = default;
        if (cursor is null)
        {
            return true;
        }

        if (sort == ListSort.Name)
        {
            var read = cursor.Length >= idLength && Guid.TryParseExact(cursor.AsSpan(0, idLength), "D", out var id)
                ? new PageStart(null, cursor[idLength..], id)
                : (PageStart?)null;
            start = read ?? default;
            return read is not null;
        }

        var isPosition = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        start = new PageStart(position, null, null);
        return isPosition;
    }
}
