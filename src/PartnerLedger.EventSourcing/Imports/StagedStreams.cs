using System.Threading.Channels;
using Npgsql;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>
/// The streams of an import that are still to be moved, in their order. They are read ahead, in short statements on a connection of their own, while those
/// before them are written: a transaction that stayed open would keep the server from clearing away the head's old versions.
/// </summary>
internal sealed class StagedStreams : IAsyncDisposable
{
    private const int RowsAPage = 64;
    private const int PagesAhead = 8;

    // Only ever the next rows of a large table, whatever its statistics say.
    private const string ByIndex = "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off";
    private const string AsBefore = "reset enable_seqscan; reset enable_bitmapscan; reset enable_sort";

    private readonly NpgsqlDataSource database;
    private readonly Guid import;
    private readonly Channel<List<Row>> pages = Channel.CreateBounded<List<Row>>(PagesAhead);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task reading;
    private readonly List<StagedStream> ahead = [];
    private bool isAtEnd;

    public StagedStreams(NpgsqlDataSource database, ImportRun run)
    {
        (this.database, import) = (database, run.Id);
        reading = Read(run.ThroughStream ?? long.MinValue, stopping.Token);
    }

    /// <summary>The next streams: as many whole ones as make up so many events, at least one; and those that existed before the file all together.</summary>
    public async Task<IReadOnlyList<StagedStream>> Peek(int events, CancellationToken cancellationToken)
    {
        while (!isAtEnd && !IsEnough(events))
        {
            await Fill(cancellationToken);
        }

        var (count, sum) = (0, 0L);
        foreach (var stream in ahead)
        {
            sum += stream.Events;
            if (count > 0 && stream.Number > 0 && (sum > events || ahead[count - 1].Number <= 0))
            {
                break;
            }

            count++;
        }

        return ahead.GetRange(0, count);
    }

    /// <summary>So many of them were moved.</summary>
    public void Drop(int streams) => ahead.RemoveRange(0, streams);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    // Of the last stream more may follow, and of those that existed before, too, until there is one of the file's own.
    private bool IsEnough(int events) => ahead is [.., { Number: > 0 }] && (ahead[0].Number <= 0 || ahead.SkipLast(1).Sum(stream => (long)stream.Events) >= events);

    private async Task Fill(CancellationToken cancellationToken)
    {
        if (!await pages.Reader.WaitToReadAsync(cancellationToken))
        {
            isAtEnd = true;
            return;
        }

        foreach (var row in await pages.Reader.ReadAsync(cancellationToken))
        {
            if (ahead.Count == 0 || ahead[^1].Number != row.Stream)
            {
                ahead.Add(new StagedStream(row.Stream, row.StreamId, row.Version));
            }

            ahead[^1].Add(row.Events, row.Packed);
        }
    }

    // Whoever reads the pages learns of a fault; this task itself never fails.
    private async Task Read(long after, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await connection.Execute(ByIndex, cancellationToken);
            var last = (Stream: after, Version: long.MaxValue);
            while (await Page(connection, last.Stream, last.Version, cancellationToken) is { Count: > 0 } page)
            {
                last = (page[^1].Stream, page[^1].Version);
                await pages.Writer.WriteAsync(page, cancellationToken);
            }

            await connection.Execute(AsBefore, cancellationToken);
            pages.Writer.Complete();
        }
        catch (Exception exception)
        {
            pages.Writer.Complete(exception);
        }
    }

    private async Task<List<Row>> Page(NpgsqlConnection connection, long stream, long version, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select stream, version, stream_id, events, packed from ledger_import_event
            where import = $1 and (stream, version) > ($2, $3) order by stream, version limit {RowsAPage}
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<Row>(RowsAPage);
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2), reader.GetInt32(3), (byte[])reader[4]));
        }

        return page;
    }

    private sealed record Row(long Stream, long Version, Guid StreamId, int Events, byte[] Packed);
}
