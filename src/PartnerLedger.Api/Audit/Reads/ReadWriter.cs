using System.Text;
using Npgsql;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>
/// Keeps the reads of this node beside the requests, a batch at a time; while the database is away they wait. Before the service stops
/// it keeps what still waits.
/// </summary>
internal sealed partial class ReadWriter(ReadQueue queue, ReadTable table, TimeProvider clock, ILogger<ReadWriter> logger) : BackgroundService
{
    private const int LargestBatch = 2_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RestWhileAway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetsEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    // Taken from the queue, and not kept yet: the same ones are tried again.
    private readonly List<Read> batch = new(LargestBatch);
    private ReadGap? gap;
    private bool isAway;
    private long? forgot;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Try(KeepAll, stoppingToken);
            await Try(ForgetOld, stoppingToken);
            await Task.Delay(isAway ? RestWhileAway : Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Requests have ended by now.
        using var patience = new CancellationTokenSource(LastPatience);
        while (!await Try(KeepAll, patience.Token) && !patience.IsCancellationRequested)
        {
            await Task.Delay(Rest, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Left() is > 0 and var left)
        {
            Lost(logger, left);
        }
    }

    private async Task<bool> Try(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
            isAway = false;
            return true;
        }
        catch (Exception exception)
        {
            if (!isAway && !cancellationToken.IsCancellationRequested)
            {
                Away(logger, exception);
                isAway = true;
            }

            return false;
        }
    }

    private async Task KeepAll(CancellationToken cancellationToken)
    {
        while (Fill())
        {
            await KeepBatch(cancellationToken);
        }

        if ((gap ??= queue.TakeGap()) is { } missing)
        {
            await table.Keep(missing, cancellationToken);
            Dropped(logger, missing.Reads, missing.Since, missing.Until);
            gap = null;
        }
    }

    private async Task KeepBatch(CancellationToken cancellationToken)
    {
        try
        {
            await table.Keep(batch, cancellationToken);
            batch.Clear();
        }
        catch (Exception exception) when (IsOfARead(exception))
        {
            await KeepSingly(cancellationToken);
        }
    }

    // Whatever one read has that the database does not take, the others are kept.
    private async Task KeepSingly(CancellationToken cancellationToken)
    {
        while (batch.Count > 0)
        {
            try
            {
                await table.Keep([batch[^1]], cancellationToken);
            }
            catch (Exception exception) when (IsOfARead(exception))
            {
                Refused(logger, exception, batch[^1].Route);
                queue.Drop(batch[^1]);
            }

            batch.RemoveAt(batch.Count - 1);
        }
    }

    private async Task ForgetOld(CancellationToken cancellationToken)
    {
        if (forgot is null || clock.GetElapsedTime(forgot.Value) >= ForgetsEvery)
        {
            var isMore = await table.Forget(cancellationToken);
            forgot = isMore ? null : clock.GetTimestamp();
        }
    }

    private bool Fill()
    {
        while (batch.Count < LargestBatch && queue.TryTake(out var read))
        {
            batch.Add(read);
        }

        return batch.Count > 0;
    }

    private long Left()
    {
        var left = 0L;
        while (Fill())
        {
            left += batch.Count;
            batch.Clear();
        }

        return left + ((gap ?? queue.TakeGap())?.Reads ?? 0);
    }

    private static bool IsOfARead(Exception exception) =>
        exception is EncoderFallbackException || (exception is PostgresException refused && refused.SqlState[..2] is "22" or "23" or "54");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reads cannot be kept now; they wait, and it is tried again")]
    private static partial void Away(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} reads from {Since:O} to {Until:O} are missing in the record")]
    private static partial void Dropped(ILogger logger, long count, DateTime since, DateTime until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not take a read of {Route}")]
    private static partial void Refused(ILogger logger, Exception exception, string route);

    [LoggerMessage(Level = LogLevel.Error, Message = "The service stops, and {Count} reads could not be kept")]
    private static partial void Lost(ILogger logger, long count);
}
