using System.Text;

namespace PartnerLedger.Api.Pages.Framing;

/// <summary>The body of a page whose frame may have been sent before: of what is written from then on, what that had goes nowhere.</summary>
internal sealed class RestOfPage(Stream body) : Stream
{
    /// <summary>Behind it the content begins.</summary>
    public const string Opening = """<main id="main" tabindex="-1">""";

    private static readonly byte[] OpeningBytes = Encoding.UTF8.GetBytes(Opening);

    private MemoryStream? repeated;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what stands before the content.</summary>
    public async Task SendBefore(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        repeated = new();
        await body.WriteAsync(frame, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Throws where the content never came.</summary>
    public void CheckWhole()
    {
        if (repeated is not null)
        {
            throw new InvalidOperationException($"A page was framed, and then written without {Opening}.");
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => body.WriteAsync(Rest(buffer), cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => body.Write(Rest(buffer.AsMemory(offset, count)).Span);

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    public override void Flush() => body.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private ReadOnlyMemory<byte> Rest(ReadOnlyMemory<byte> written)
    {
        if (repeated is null)
        {
            return written;
        }

        repeated.Write(written.Span);
        var all = repeated.GetBuffer().AsMemory(0, (int)repeated.Length);
        if (all.Span.IndexOf(OpeningBytes) is not (>= 0 and var at))
        {
            return default;
        }

        repeated = null;
        return all[(at + OpeningBytes.Length)..];
    }
}
