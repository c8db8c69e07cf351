using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Imports;

/// <summary>Reads lines beside each other, and gives them in their order.</summary>
internal sealed class ImportReader(RequestRules rules)
{
    public async IAsyncEnumerable<ImportLine[]> Read(IAsyncEnumerable<RawLine[]> file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<Task<ImportLine[]>>(2 * Environment.ProcessorCount);
        var feeding = Feed(file, batches.Writer, stopping.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                yield return await batch;
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await feeding;
        }
    }

    // Whoever reads the batches learns of a fault; this task itself never fails.
    private async Task Feed(IAsyncEnumerable<RawLine[]> file, ChannelWriter<Task<ImportLine[]>> batches, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var lines in file.WithCancellation(cancellationToken))
            {
                await batches.WriteAsync(Task.Run(() => Array.ConvertAll(lines, line => ImportLine.Read(line, rules)), CancellationToken.None), cancellationToken);
            }

            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
        }
    }
}
