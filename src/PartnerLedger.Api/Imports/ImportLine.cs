using System.Text.Json;
using PartnerLedger.Api.Http;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Imports;

/// <summary>A line that was read for itself, without knowing of those before: which partnership it names, and what it asks for.</summary>
internal sealed class ImportLine
{
    private const string NoObject = "Must be an object.";
    private const int LongestReference = 200;
    private const string NotMine = "Is not a member of a line: those are partnership, version, command and body.";

    private static readonly ReadOnlyMemory<byte> EmptyBody = "{}"u8.ToArray();

    private ImportLine(RawLine raw) => Raw = raw;

    public RawLine Raw { get; }

    /// <summary>The line in canonical form, by which a repeated file is known.</summary>
    public ReadOnlyMemory<byte> Canonical { get; private set; }

    /// <summary>What the file calls the partnership; null where the line does not say.</summary>
    public string? Reference { get; private set; }

    /// <summary>The version at which a partnership that exists is expected.</summary>
    public long? Version { get; private set; }

    public CommandTraits Traits { get; private set; }

    /// <summary>Null where the line has faults.</summary>
    public LineCommand? Command { get; private set; }

    public List<(string Member, string Reason)> Faults { get; } = [];

    public static ImportLine Read(RawLine raw, RequestRules rules)
    {
        var line = new ImportLine(raw);
        if (raw.Faults is { } faults)
        {
            line.Faults.AddRange(faults.Select(fault => (fault.Member, fault.Reason)));
            return line;
        }

        var parsed = CanonicalJson.Parse(raw.Json.Span);
        if (!parsed.IsValid)
        {
            line.Faults.AddRange(parsed.Faults.Select(fault => (fault.Pointer, fault.Message)));
            return line;
        }

        line.Canonical = parsed.Utf8;
        line.ReadMembers(rules);
        return line;
    }

    private void ReadMembers(RequestRules rules)
    {
        var reader = new Utf8JsonReader(Canonical.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Faults.Add(("", NoObject));
            return;
        }

        string? word = null;
        var body = EmptyBody;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "body" when reader.TokenType == JsonTokenType.StartObject:
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    body = Canonical[start..(int)reader.BytesConsumed];
                    break;
                case "body":
                    Faults.Add(("/body", NoObject));
                    break;
                case "command":
                    word = Text(ref reader, "/command");
                    break;
                case "partnership":
                    Reference = Text(ref reader, "/partnership");
                    break;
                case "version" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var version) && version > 0:
                    Version = version;
                    break;
                case "version":
                    Faults.Add(("/version", "Must be a whole number above 0."));
                    break;
                default:
                    Faults.Add((JsonPointer.Append("", name), NotMine));
                    break;
            }

            reader.Skip();
        }

        ReadCommand(word, body, rules);
    }

    private string? Text(ref Utf8JsonReader reader, string pointer)
    {
        var errors = new Errors();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        errors.Require(pointer, text, LongestReference);
        Faults.AddRange(errors.All);
        return errors.Any ? null : text;
    }

    private void ReadCommand(string? word, ReadOnlyMemory<byte> body, RequestRules rules)
    {
        if (Reference is null && Faults.TrueForAll(fault => fault.Member != "/partnership"))
        {
            Faults.Add(("/partnership", "Is required."));
        }

        if (word is null)
        {
            if (Faults.TrueForAll(fault => fault.Member != "/command"))
            {
                Faults.Add(("/command", "Is required."));
            }
        }
        else if (ImportCommands.TraitsOf(word) is not { } traits)
        {
            Faults.Add(("/command", $"There is no command {word}."));
            Traits = CommandTraits.ChangesState;
        }
        else
        {
            Traits = traits;
            var command = ImportCommands.Read(word, body, rules, out var errors);
            Faults.AddRange(errors.All.Select(error => ("/body" + error.Pointer, error.Message)));
            Command = Faults.Count == 0 ? command : null;
        }
    }
}
