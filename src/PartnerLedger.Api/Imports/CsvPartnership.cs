namespace PartnerLedger.Api.Imports;

/// <summary>The rows of one partnership in both files: its changes in their order, and each note behind as many of them as it says, else behind all.</summary>
internal sealed class CsvPartnership
{
    private readonly List<CsvRow> changes = [];
    private readonly List<CsvRow> notes = [];

    public void Add(CsvRow row, bool isNote) => (isNote ? notes : changes).Add(row);

    /// <summary>The commands in the order in which they are recorded.</summary>
    public IEnumerable<RawLine> Lines()
    {
        var stated = changes.Concat(notes).Select(row => row.Number(CsvTemplate.Version)).FirstOrDefault(version => version is not null) ?? 0;
        var behind = notes.ToLookup(note => note[CsvTemplate.After] is null ? changes.Count : note.Number(CsvTemplate.After) is { } after and >= 0 && after <= changes.Count ? after : -1);
        var versions = new List<long>();
        var version = stated;
        for (var done = 0; done <= changes.Count; done++)
        {
            foreach (var note in behind[done])
            {
                version++;
                yield return note.ToLine(null);
            }

            if (done < changes.Count)
            {
                version++;
                versions.Add(version);
                yield return Change(changes[done], stated, versions);
            }
        }

        foreach (var note in behind[-1])
        {
            yield return note.Refuse(CsvTemplate.After, $"Must be a whole number from 0 to {changes.Count}, of rows of this partnership in the other file.");
        }
    }

    // Who joined by a row of the file is known by that row's number, counted on from the version at which the partnership was found.
    private static RawLine Change(CsvRow row, long stated, List<long> versions)
    {
        if (row[CsvTemplate.Change] != CsvTemplate.Left)
        {
            return row[CsvTemplate.JoinedWith] is null ? row.ToLine(null) : row.Refuse(CsvTemplate.JoinedWith, "Is for rows that say left.");
        }

        var number = row.Number(CsvTemplate.JoinedWith);
        return number is null or < 1 || number - stated > versions.Count
            ? row.Refuse(CsvTemplate.JoinedWith, "Must be the number of the row, among those of this partnership, with which the partner joined: 1 for the first.")
            : row.ToLine(number <= stated ? number : versions[(int)(number.Value - stated) - 1]);
    }
}
