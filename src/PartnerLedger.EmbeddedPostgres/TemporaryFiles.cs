namespace PartnerLedger.EmbeddedPostgres;

/// <summary>Where files lie that need not outlast the machine's next start: in its memory where there is room, which spares the disk many small ones.</summary>
internal static class TemporaryFiles
{
    private const string Memory = "/dev/shm";

    // Several times what the databases of a test run come to, in bytes; of what a container may use, its share counts.
    private const long Room = 8L << 30;

    public static string Directory { get; } = HasRoom() ? Memory : Path.GetTempPath();

    private static bool HasRoom() =>
        System.IO.Directory.Exists(Memory)
        && new DriveInfo(Memory).AvailableFreeSpace >= Room
        && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 2 * Room;
}
