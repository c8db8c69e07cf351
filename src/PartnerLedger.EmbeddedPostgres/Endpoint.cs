using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>Where the server listens, and who may come in.</summary>
/// <remarks>
/// On a private socket directory (mode 0700, the server's account) every local role is trusted: whoever can enter the directory is that
/// account or root, and could read the cluster's files anyway, so a password kept beside them would guard nothing. Roles still bound what
/// the service can do by mistake. Windows has no such directory: there it is a random loopback port and a random password.
/// </remarks>
internal sealed record Endpoint(string Host, int Port, string? Password)
{
    // The system's limit on a socket's path is 108 bytes with its end on Linux and 104 on macOS.
    private const int LongestSocketPath = 103;
    private const string SocketName = "/.s.PGSQL.5432";

    internal bool IsSocket => Password is null;

    internal IReadOnlyList<string> Settings => IsSocket
        ? ["listen_addresses=", $"unix_socket_directories={Host}", "unix_socket_permissions=0700", $"port={Port}"]
        : [$"listen_addresses={Host}", "unix_socket_directories=", $"port={Port}"];

    internal static async Task<Endpoint> OpenAsync(string passwordFile, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            return new Endpoint("127.0.0.1", FreePort(), await File.ReadAllTextAsync(passwordFile, cancellation));

        // A name that nobody can guess, mode 0700 from its first moment.
        var directory = Directory.CreateTempSubdirectory("pgsql-").FullName;
        if (directory.Length + SocketName.Length > LongestSocketPath)
        {
            Directory.Delete(directory);
            directory = "/tmp/pgsql-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
            if (Directory.Exists(directory))
                throw new PostgresClusterException($"{directory} exists, though its name is random: start again.");
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await ServerAccount.GiveAsync(directory, cancellation);
        return new Endpoint(directory, 5432, null);
    }

    internal void Close()
    {
        if (IsSocket && Directory.Exists(Host))
            Directory.Delete(Host, recursive: true);
    }

    internal string ConnectionString(string role, string database)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = role,
            Database = database,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        if (Password is not null)
            connection.Password = Password;
        return connection.ConnectionString;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
