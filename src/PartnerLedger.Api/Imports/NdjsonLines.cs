using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Imports;

/// <summary>Cuts a stream of bytes into lines, without ever holding all of it.</summary>
internal static class NdjsonLines
{
    public const string MediaType = "application/x-ndjson";

    // Several batches are under way at once, and what they hold outlives each collection of garbage.
    private const int LinesABatch = 256;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The lines in batches; blank ones are left out, but counted.</summary>
    public static async IAsyncEnumerable<RawLine[]> Read(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cutter = new Cutter();
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            cutter.Cut(ref rest, read.IsCompleted);
            input.AdvanceTo(rest.Start, rest.End);
            if (cutter.Lines.Count >= LinesABatch || (read.IsCompleted && cutter.Lines.Count > 0))
            {
                foreach (var batch in cutter.Lines.Chunk(LinesABatch))
                {
                    yield return batch;
                }

                cutter.Lines.Clear();
            }

            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private sealed class Cutter
    {
        private long number;
        private bool isSkipping;

        public List<RawLine> Lines { get; } = [];

        /// <summary>Takes whole lines off the front; what is left is the beginning of the next one.</summary>
        public void Cut(ref ReadOnlySequence<byte> buffer, bool isLast)
        {
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                Take(buffer.Slice(0, end));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (isLast && !buffer.IsEmpty)
            {
                Take(buffer);
                buffer = buffer.Slice(buffer.End);
            }
            else if (buffer.Length > BodyBytes.Largest)
            {
                isSkipping = true;
                buffer = buffer.Slice(buffer.End);
            }
        }

        private void Take(ReadOnlySequence<byte> line)
        {
            number++;
            if (isSkipping || line.Length > BodyBytes.Largest)
            {
                isSkipping = false;
                Lines.Add(new RawLine(null, number, default, [new ImportFault(null, number, "", "A line may have up to 1 MiB.")]));
                return;
            }

            var bytes = line.ToArray().AsMemory();
            if (number == 1 && bytes.Span.StartsWith(ByteOrderMark))
            {
                bytes = bytes[ByteOrderMark.Length..];
            }

            if (bytes.Span.ContainsAnyExcept(" \t\r"u8))
            {
                Lines.Add(new RawLine(null, number, bytes));
            }
        }
    }
}
