using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>The reads of this node that wait to be kept; what finds no place is counted.</summary>
internal sealed partial class ReadQueue(ILogger<ReadQueue> logger)
{
    public const int Capacity = 50_000;

    private readonly Channel<Read> waiting = Channel.CreateBounded<Read>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Lock counting = new();
    private ReadGap? gap;

    public void Add(Read read)
    {
        if (!waiting.Writer.TryWrite(read))
        {
            Drop(read);
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out Read read) => waiting.Reader.TryRead(out read);

    /// <summary>Counts a read that is not kept.</summary>
    public void Drop(Read read)
    {
        lock (counting)
        {
            if (gap is null)
            {
                Dropping(logger, waiting.Reader.Count);
                gap = new ReadGap(read.Id, read.At, read.At, 1);
            }
            else
            {
                gap = gap with { Since = read.At < gap.Since ? read.At : gap.Since, Until = read.At > gap.Until ? read.At : gap.Until, Reads = gap.Reads + 1 };
            }
        }
    }

    /// <summary>What was dropped since this was last asked; null for nothing.</summary>
    public ReadGap? TakeGap()
    {
        lock (counting)
        {
            var taken = gap;
            gap = null;
            return taken;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reads are being dropped from the record: {Waiting} wait to be kept")]
    private static partial void Dropping(ILogger logger, int waiting);
}
