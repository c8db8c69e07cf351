namespace PartnerLedger.Api.Pages.Operations;

/// <summary>What is to be erased, as somebody writes it in a form.</summary>
public sealed class ErasureForm
{
    /// <summary>Of a partnership or a person; or a framework's code.</summary>
    public string? Id { get; set; }

    public bool HasId => !string.IsNullOrWhiteSpace(Id);

    /// <summary>Which versions' texts: numbers and ranges, such as 1, 4-6.</summary>
    public string? Versions { get; set; }

    public string? Ground { get; set; }

    public bool HasGround => !string.IsNullOrWhiteSpace(Ground);

    /// <summary>Whether it was read what erasing does.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Made when the form was shown, so that what is sent twice is recorded once.</summary>
    public string Key { get; set; } = Guid.CreateVersion7().ToString();

    /// <summary>The id; null where it is none.</summary>
    public Guid? ReadId() => Guid.TryParseExact(Id?.Trim(), "D", out var id) ? id : null;

    /// <summary>Each version once, in order; null where they cannot be read, or are more than one command takes.</summary>
    public IReadOnlyList<long>? ReadVersions()
    {
        const int Most = 500;
        var versions = new SortedSet<long>();
        foreach (var part in (Versions ?? "").Split([',', ';', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !long.TryParse(ends[0], out var first) || !long.TryParse(ends[^1], out var last) || first < 1 || last < first || last - first >= Most)
            {
                return null;
            }

            for (var version = first; version <= last; version++)
            {
                versions.Add(version);
            }
        }

        return versions.Count is 0 or > Most ? null : [.. versions];
    }
}
