using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>
/// Rows on their way into a table in COPY's binary format. They are gathered in one buffer while the other is sent: for many small
/// rows the driver's own writer, which may wait at every field, costs several times as much.
/// </summary>
internal sealed class CopyRows : IAsyncDisposable
{
    private const int Enough = 128 * 1024;
    private const short Trailer = -1;

    // The signature, no flags, no extension.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly NpgsqlRawCopyStream copy;
    // Lent: made anew for each table of each transaction, arrays of this size would have the whole heap collected time and again.
    private byte[] filling = ArrayPool<byte>.Shared.Rent(2 * Enough);
    private byte[] sent = ArrayPool<byte>.Shared.Rent(2 * Enough);
    private int length;
    private Task sending = Task.CompletedTask;
    private bool isCompleted;

    private CopyRows(NpgsqlRawCopyStream copy) => this.copy = copy;

    public static async Task<CopyRows> Begin(NpgsqlConnection connection, string table, string columns, CancellationToken cancellationToken)
    {
        var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) from stdin (format binary)", cancellationToken);
        // Whoever sends the file may take longer over a piece of it than a command may over its answer.
        copy.WriteTimeout = Timeout.Infinite;
        var rows = new CopyRows(copy);
        Header.CopyTo(rows.Take(Header.Length));
        return rows;
    }

    /// <summary>Begins a row of so many fields; sends what was gathered, once it is enough.</summary>
    public async ValueTask Row(short fields, CancellationToken cancellationToken)
    {
        if (length >= Enough)
        {
            await Send(cancellationToken);
        }

        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), fields);
    }

    public void Write(Guid value) => value.TryWriteBytes(Field(16), bigEndian: true, out _);

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), value);

    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), value);

    /// <summary>A moment in UTC: microseconds since 2000.</summary>
    public void Write(DateTime value) => Write((value.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    public void Write(ReadOnlySpan<byte> value) => value.CopyTo(Field(value.Length));

    /// <summary>JSON in UTF-8, as jsonb.</summary>
    public void WriteJson(ReadOnlySpan<byte> value)
    {
        var field = Field(1 + value.Length);
        field[0] = 1;
        value.CopyTo(field[1..]);
    }

    /// <summary>A text; null is no value.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Field(bytes));
    }

    /// <summary>Ends the COPY.</summary>
    public async Task Complete(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), Trailer);
        await Send(cancellationToken);
        await sending;
        isCompleted = true;
        await copy.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!isCompleted)
        {
            // To dispose of it would complete it.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await copy.CancelAsync();
        }

        ArrayPool<byte>.Shared.Return(filling);
        ArrayPool<byte>.Shared.Return(sent);
        (filling, sent) = ([], []);
    }

    private async Task Send(CancellationToken cancellationToken)
    {
        await sending;
        (filling, sent) = (sent, filling);
        sending = copy.WriteAsync(sent.AsMemory(0, length), cancellationToken).AsTask();
        length = 0;
    }

    private Span<byte> Field(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), bytes);
        return Take(bytes);
    }

    private Span<byte> Take(int bytes)
    {
        if (length + bytes > filling.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * filling.Length, length + bytes));
            filling.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(filling);
            filling = larger;
        }

        length += bytes;
        return filling.AsSpan(length - bytes, bytes);
    }
}
