using System.Text.Json.Serialization;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

/// <summary>That a version's texts were erased: by whom, when, and with which event.</summary>
internal sealed record Erasure(string? By, DateTime At, long Position)
{
    /// <summary>The erasure that this one repeats after a backup was restored that did not have it; left out for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EarlierErasure? Earlier { get; init; }

    /// <summary>The erasures in a history by the versions whose texts they took; erasing a version takes its corrections' texts, too.</summary>
    public static IReadOnlyDictionary<long, Erasure> In(IReadOnlyList<RecordedEvent> events)
    {
        var erased = new Dictionary<long, Erasure>();
        var corrections = new List<(long Version, long Of)>();
        foreach (var recorded in events)
        {
            switch (EventVocabulary.Partnership.Read(recorded.Type, recorded.Data))
            {
                case EventCorrected correction:
                    corrections.Add((recorded.Version, correction.Version));
                    break;
                case EventWithdrawn withdrawal:
                    corrections.Add((recorded.Version, withdrawal.Version));
                    break;
                case TextErased erasure:
                    foreach (var version in erasure.Versions.SelectMany(v => corrections.Where(c => c.Of == v).Select(c => c.Version).Prepend(v)))
                    {
                        erased.TryAdd(version, new Erasure(recorded.Actor, recorded.RecordedAt, recorded.Position) { Earlier = erasure.Earlier });
                    }

                    break;
            }
        }

        return erased;
    }
}
