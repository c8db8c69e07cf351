using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>An audit kit as it was fetched, in a folder of its own where it may be tampered with, and the stock programs that verify it.</summary>
internal sealed class AuditKit : IDisposable
{
    private static readonly Lazy<bool> AreThere = new(() => IsThere("python3", "--version") && IsThere("openssl", "version"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("partnerledger-kit-");

    public AuditKit(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        archive.ExtractToDirectory(folder.FullName);
    }

    public string this[string file] => Path.Combine(folder.FullName, file);

    public List<string> Events
    {
        get => [.. File.ReadAllText(this["events.ndjson"]).TrimEnd('\n').Split('\n')];
        set => File.WriteAllText(this["events.ndjson"], string.Concat(value.Select(line => $"{line}\n")));
    }

    public static void NeedsItsPrograms() => Assert.SkipUnless(AreThere.Value, "python3 and openssl are missing: apt-get install python3 openssl");

    /// <summary>Makes leaves and note anew for the events that stand here now, signed by a key: as whoever holds both could.</summary>
    public void SignAnew(NoteSigner signer)
    {
        var tree = new TreeBuilder();
        using (var leaves = File.Create(this["leaves"]))
        {
            foreach (var line in Events)
            {
                var leaf = MerkleTree.Leaf(Encoding.UTF8.GetBytes(line));
                tree.Add(leaf);
                leaves.Write(leaf.ToArray());
            }
        }

        File.WriteAllText(this["checkpoint"], SignedNote.Sign(new TreeHead(signer.Verifier.Name, tree.Size, tree.Root).ToText(), signer).ToString());
        File.WriteAllText(this["key.pem"], signer.Verifier.Pem);
    }

    /// <summary>What verify.py says, and whether it exits with 0.</summary>
    public async Task<(bool IsVerified, string Said)> Verify(params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["verify.py", .. arguments])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        })!;
        var errors = python.StandardError.ReadToEndAsync();
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal("", await errors);
        Assert.Equal(python.ExitCode == 0, said.StartsWith("VERIFIED", StringComparison.Ordinal));
        return (python.ExitCode == 0, said);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static bool IsThere(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
