using PartnerLedger.Api.Imports;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Exports;

/// <summary>A partnership as it stands, corrections applied, as the rows of the two CSV files of an import.</summary>
internal sealed class StandingRows
{
    private readonly Func<Guid, string> informants;
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, string?>> changes = [];
    private readonly List<Dictionary<string, string?>> notes = [];

    private StandingRows(ExportedHistory history, Func<Guid, string> informants)
    {
        this.informants = informants;
        var events = history.Events.Select(e => EventVocabulary.Partnership.Read(e.Recorded.Type, e.Recorded.Data)).ToList();
        foreach (var (exported, pointer, text) in history.Events.SelectMany(e => e.Texts, (e, text) => (e, text.Key, text.Value)))
        {
            texts[Commitment(exported, pointer)] = text;
        }

        Add(history.Id, Partnership.Fold(events)!);
    }

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Changes => changes;

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Notes => notes;

    public static StandingRows Of(ExportedHistory history, Func<Guid, string> informants) => new(history, informants);

    private static string Commitment(ExportedEvent exported, string pointer)
    {
        using var data = System.Text.Json.JsonDocument.Parse(exported.Recorded.Data);
        var value = data.RootElement;
        foreach (var member in pointer.Split('/').Skip(1))
        {
            value = value.GetProperty(member);
        }

        return value.GetProperty("sha256").GetString()!;
    }

    private void Add(Guid id, Partnership partnership)
    {
        var rows = new Dictionary<long, int>();
        foreach (var (version, standing) in (IEnumerable<StandingEvent>)partnership.Standing)
        {
            var row = Row(standing, version, rows);
            row[CsvTemplate.Partnership] = id.ToString();
            row["occurredOn"] = (standing as IOccurrence)?.OccurredOn.ToString();
            if (standing is IInformed informed)
            {
                row["informant"] = informed.Informant is { } who ? informants(who) : null;
                row["informantRegion"] = informed.InformantRegion;
            }

            if (standing is FactorNoted)
            {
                row[CsvTemplate.After] = changes.Count.ToString();
                notes.Add(row);
            }
            else
            {
                changes.Add(row);
                rows.Add(version, changes.Count);
            }
        }
    }

    private Dictionary<string, string?> Row(IPartnershipEvent standing, long version, Dictionary<long, int> rows) => standing switch
    {
        FactorNoted note => new() { ["factor"] = note.Factor, ["note"] = Text(note.Note) },
        StageEvent opening when version == 1 => new()
        {
            [CsvTemplate.Change] = ImportCommands.Open,
            ["name"] = opening.Name,
            ["stage"] = Lifecycle.StateAfter(opening).ToWord(),
            ["partners"] = opening.Partners is { Count: > 0 } partners ? CsvPartners.Write(partners) : null,
            ["sectorsComplete"] = Word(opening.SectorsComplete),
            ["regions"] = opening.Regions is { Count: > 0 } regions ? string.Join(';', regions) : null,
            ["purpose"] = Text(opening.Purpose),
        },
        LifecycleEvent step => new() { [CsvTemplate.Change] = Lifecycle.StateAfter(step).ToWord(), ["reason"] = Text(step.Reason) },
        PartnerJoined joined => new()
        {
            [CsvTemplate.Change] = CsvTemplate.Joined,
            ["name"] = joined.Name,
            ["sector"] = joined.Sector.ToWord(),
            ["country"] = joined.Country,
            ["sectorsComplete"] = Word(joined.SectorsComplete),
        },
        PartnerLeft left => new()
        {
            [CsvTemplate.Change] = CsvTemplate.Left,
            [CsvTemplate.JoinedWith] = rows.GetValueOrDefault(left.Partner).ToString(),
            ["partner"] = left.Index?.ToString(),
            ["reason"] = Text(left.Reason),
        },
        PartnershipRenamed renamed => new() { [CsvTemplate.Change] = "name", ["name"] = renamed.Name },
        RegionsChanged changed => new() { [CsvTemplate.Change] = "regions", ["regions"] = string.Join(';', changed.Regions) },
        _ => [],
    };

    private string? Text(FreeText? text) => text is null ? null : texts.GetValueOrDefault(text.Sha256);

    private static string? Word(bool? flag) => flag is null ? null : flag.Value ? "true" : "false";
}
