namespace PartnerLedger.Api.Analysis;

/// <summary>A count of partnerships that an answer, or the unfiltered summary beside it, tells or hides: of which kinds it is the sum.</summary>
internal sealed class Margin(bool[] counts, long count)
{
    /// <summary>For each kind of partnerships, whether it is counted here.</summary>
    public bool[] Counts { get; } = counts;

    public long Count { get; } = count;

    /// <summary>The same count, where more is told apart beside the kinds of partnerships.</summary>
    public Margin Over(int columns) => new([.. Counts, .. new bool[columns - Counts.Length]], Count) { IsHidden = IsHidden };

    public bool IsHidden { get; set; }

    /// <summary>Whether it may be hidden: not what the unfiltered summary says, which was decided before, nor what follows from that.</summary>
    public bool MayBeHidden { get; set; }

    /// <summary>Whether it is told in how many of its partnerships factors were noted, and not just how many there are.</summary>
    public bool TellsNotes { get; set; }

    /// <summary>Whether that may be kept back, where its count may not be hidden because it is known.</summary>
    public bool MayBeSilent { get; init; }

    /// <summary>Whether its row's being there tells that there is a partnership.</summary>
    public bool IsThere { get; init; }

    /// <summary>By how much less, and more, it was seen to be possible.</summary>
    public long Least { get; set; }

    public long Most { get; set; }

    /// <summary>Whether it was seen that enough of its partnerships can be in no row that is shown.</summary>
    public bool HasRoom { get; set; }
}
