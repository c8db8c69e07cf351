using System.Diagnostics;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>What a load came to.</summary>
/// <param name="Rate">Accepted requests a second.</param>
/// <param name="Latency">Of each accepted request, in milliseconds, ascending.</param>
/// <param name="ServiceCost">Processor time of the service for a request, in microseconds.</param>
/// <param name="GeneratorCost">Processor time of the generator for a request, in microseconds.</param>
internal sealed record LoadResult(double Rate, double[] Latency, double ServiceCost, double GeneratorCost);

/// <summary>Notes factors of random partnerships over connections that each wait for an answer before they ask again, as pgbench's clients do.</summary>
internal static class ClosedLoop
{
    /// <summary>Sends for a time, over as many connections at once.</summary>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public static async Task<LoadResult> Run(Service service, Guid[] partnerships, int connections, TimeSpan duration)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => HttpConnection.Open(service.Address)));
        using var own = Process.GetCurrentProcess();
        var (serviceBefore, ownBefore) = (service.ProcessorTime, own.TotalProcessorTime);
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var unexpected = new UnexpectedAnswers();
        var sent = await Task.WhenAll(open.Select(connection => Send(connection, new NoteRequest(service.Token), partnerships, until, unexpected)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        own.Refresh();
        var (serviceCost, ownCost) = (service.ProcessorTime - serviceBefore, own.TotalProcessorTime - ownBefore);
        foreach (var connection in open)
        {
            connection.Dispose();
        }

        unexpected.MustBeNone();
        var latency = sent.SelectMany(each => each).Order().ToArray();
        return new LoadResult(
            latency.Length / elapsed.TotalSeconds, latency,
            serviceCost.TotalMicroseconds / latency.Length, ownCost.TotalMicroseconds / latency.Length);
    }

    private static async Task<List<double>> Send(HttpConnection connection, NoteRequest request, Guid[] partnerships, long until, UnexpectedAnswers unexpected)
    {
        var latency = new List<double>();
        for (var before = Stopwatch.GetTimestamp(); before < until;)
        {
            var answer = await connection.Send(request.For(partnerships[Random.Shared.Next(partnerships.Length)]));
            var after = Stopwatch.GetTimestamp();
            if (answer.IsAccepted)
            {
                latency.Add(Stopwatch.GetElapsedTime(before, after).TotalMilliseconds);
            }
            else
            {
                unexpected.Add(answer);
            }

            before = after;
        }

        return latency;
    }
}
