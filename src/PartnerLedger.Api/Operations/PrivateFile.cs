namespace PartnerLedger.Api.Operations;

/// <summary>Files that the service's user alone may read, written aside and moved into place: whole, or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the file, and has it on the disk before it returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => File.Move(Aside(path, bytes), path, overwrite: true);

    /// <summary>Writes the file unless it is there: of several who try, one has written it whole.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        var aside = Aside(path, bytes);
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    /// <summary>Adds to the end of a file, and has it on the disk before it returns.</summary>
    public static void Append(string path, ReadOnlySpan<byte> bytes) => WriteThrough(path, FileMode.Append, bytes);

    private static string Aside(string path, ReadOnlySpan<byte> bytes)
    {
        var aside = $"{path}.{Guid.CreateVersion7():N}";
        WriteThrough(aside, FileMode.CreateNew, bytes);
        return aside;
    }

    private static void WriteThrough(string path, FileMode mode, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
