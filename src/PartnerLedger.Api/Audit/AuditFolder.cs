using System.Text;
using PartnerLedger.Api.Operations;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>
/// What vouches for one log and is kept outside its database: the key that signs, the keys that signed before, and the last note.
/// Nodes of one ledger share the folder, or only the one that has it signs.
/// </summary>
internal sealed class AuditFolder
{
    private readonly string _path;

    private AuditFolder(string path, string origin) => (_path, Origin) = (path, origin);

    public string Origin { get; }

    /// <summary>The last note that was signed, word for word; null before the first.</summary>
    public string? LastNote => Read("last-note");

    /// <summary>Every key that has signed, the current one last.</summary>
    public IReadOnlyList<NoteVerifier> Verifiers =>
        [.. (Read("keys") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => NoteVerifier.Parse(line)!).Append(Signer.Verifier).DistinctBy(key => key.ToString())];

    public NoteSigner Signer => NoteSigner.FromPem(Origin, Read("key.pem")!);

    /// <summary>The key that takes over with the next note; null where none waits.</summary>
    public NoteSigner? NextSigner => Read("next-key.pem") is { } pem ? NoteSigner.FromPem(Origin, pem) : null;

    /// <summary>The folder of a log; null where this machine does not have its key.</summary>
    public static AuditFolder? Find(string dataDirectory, string origin)
    {
        var folder = new AuditFolder(PathOf(dataDirectory, origin), origin);
        return folder.Read("key.pem") is null ? null : folder;
    }

    /// <summary>Makes the key of a log that has signed nothing yet, unless it is there.</summary>
    public static AuditFolder Make(string dataDirectory, string origin)
    {
        var folder = new AuditFolder(PathOf(dataDirectory, origin), origin);
        Directory.CreateDirectory(folder._path);
        PrivateFile.WriteNew(folder.PathOf("key.pem"), Encoding.ASCII.GetBytes(NoteSigner.Create(origin).ToPem()));
        return folder;
    }

    /// <summary>Where the folders of all logs lie.</summary>
    public static string AllIn(string dataDirectory) => Path.Combine(dataDirectory, "audit");

    /// <summary>Where a file of a log lies, whether or not its key is on this machine.</summary>
    public static string FileOf(string dataDirectory, string origin, string file)
    {
        Directory.CreateDirectory(PathOf(dataDirectory, origin));
        return Path.Combine(PathOf(dataDirectory, origin), file);
    }

    public void KeepLastNote(string note) => PrivateFile.Write(PathOf("last-note"), Encoding.UTF8.GetBytes(note));

    /// <summary>Makes the key that takes over with the next note; where one waits already, it stays.</summary>
    public void MakeNextKey() => PrivateFile.WriteNew(PathOf("next-key.pem"), Encoding.ASCII.GetBytes(NoteSigner.Create(Origin).ToPem()));

    /// <summary>The next key is the current one from now on; of the one before, the public part is kept.</summary>
    public void TakeOver()
    {
        PrivateFile.Write(PathOf("keys"), Encoding.ASCII.GetBytes(string.Concat(Verifiers.Select(verifier => $"{verifier}\n"))));
        File.Move(PathOf("next-key.pem"), PathOf("key.pem"), overwrite: true);
    }

    private static string PathOf(string dataDirectory, string origin) => Path.Combine(AllIn(dataDirectory), origin[(origin.LastIndexOf('/') + 1)..]);

    private string PathOf(string file) => Path.Combine(_path, file);

    private string? Read(string file)
    {
        try
        {
            return File.ReadAllText(PathOf(file));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
