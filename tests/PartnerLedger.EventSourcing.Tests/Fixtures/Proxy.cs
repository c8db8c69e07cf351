using System.Net.Sockets;
using Npgsql;

namespace PartnerLedger.EventSourcing.Tests.Fixtures;

/// <summary>Stands between a node and the server, so that a connection can be cut at a chosen moment.</summary>
public sealed class Proxy : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("proxy-").FullName;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint server;
    private readonly List<Socket> sockets = [];
    private volatile bool refuses;
    private volatile TaskCompletionSource? nextAnswer;

    public Proxy(string connections)
    {
        var target = new NpgsqlConnectionStringBuilder(connections);
        server = new UnixDomainSocketEndPoint(Path.Combine(target.Host!, $".s.PGSQL.{target.Port}"));
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, $".s.PGSQL.{target.Port}")));
        listener.Listen();
        Connections = new NpgsqlConnectionStringBuilder(connections) { Host = directory }.ConnectionString;
        _ = Accept();
    }

    /// <summary>The connection string that leads through this proxy.</summary>
    public string Connections { get; }

    /// <summary>
    /// Cuts all connections in place of the next answer on the oldest, which is the writer's; an answer comes after the commit.
    /// On the others a node tells of what it committed, whenever it gets to that.
    /// </summary>
    public Task CutAtNextAnswer() => (nextAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Cuts all connections towards the node; the server does not notice before it answers.</summary>
    public void Cut()
    {
        lock (sockets)
        {
            sockets.ForEach(socket => socket.Dispose());
            sockets.Clear();
        }
    }

    /// <summary>Lets no connection through until told otherwise.</summary>
    public void Refuse(bool all) => refuses = all;

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        Directory.Delete(directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var node = await listener.AcceptAsync();
                if (refuses)
                {
                    node.Dispose();
                    continue;
                }

                var behind = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await behind.ConnectAsync(server);
                lock (sockets)
                {
                    sockets.AddRange([node, behind]);
                }

                _ = Pump(node, behind, answers: false);
                _ = Pump(behind, node, answers: true);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private bool IsOldest(Socket behind)
    {
        lock (sockets)
        {
            return sockets.ElementAtOrDefault(1) == behind;
        }
    }

    private async Task Pump(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                if (answers && IsOldest(from) && Interlocked.Exchange(ref nextAnswer, null) is { } cut)
                {
                    Cut();
                    cut.SetResult();
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, length));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }
}
