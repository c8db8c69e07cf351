using System.Reflection;

namespace PartnerLedger.EventSourcing;

/// <summary>The SQL files embedded in an assembly, by file name.</summary>
public static class SqlFiles
{
    public static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"No SQL file {name} is embedded in {assembly.GetName().Name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The numbered migrations (<c>0001_name.sql</c>) in order.</summary>
    internal static IEnumerable<(int Number, string Name, string Sql)> Migrations()
    {
        var assembly = typeof(SqlFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.Length > 5 && name[4] == '_' && name.Take(4).All(char.IsAsciiDigit))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(0, 4)), Path.GetFileNameWithoutExtension(name), Read(assembly, name)));
    }
}
