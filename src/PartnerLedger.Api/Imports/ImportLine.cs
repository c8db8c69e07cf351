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

    private List<(string Member, string Reason)>? faults;

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

    public IReadOnlyList<(string Member, string Reason)> Faults => faults ?? [];

    public static ImportLine Read(RawLine raw, RequestRules rules)
    {
        var line = new ImportLine(raw);
        if (raw.Faults is { } known)
        {
            line.faults = [.. known.Select(fault => (fault.Member, fault.Reason))];
            return line;
        }

        var parsed = CanonicalJson.Parse(raw.Json.Span);
        if (!parsed.IsValid)
        {
            line.faults = [.. parsed.Faults.Select(fault => (fault.Pointer, fault.Message))];
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
            Fault("", NoObject);
            return;
        }

        string? word = null;
        var body = EmptyBody;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("body"u8))
            {
                body = ReadBody(ref reader);
            }
            else if (reader.ValueTextEquals("command"u8))
            {
                word = ReadText(ref reader, "/command");
            }
            else if (reader.ValueTextEquals("partnership"u8))
            {
                Reference = ReadText(ref reader, "/partnership");
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                ReadVersion(ref reader);
            }
            else
            {
                Fault(JsonPointer.Append("", reader.GetString()!), NotMine);
                reader.Read();
            }

            reader.Skip();
        }

        ReadCommand(word, body, rules);
    }

    private ReadOnlyMemory<byte> ReadBody(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Fault("/body", NoObject);
            return EmptyBody;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Canonical[start..(int)reader.BytesConsumed];
    }

    private string? ReadText(ref Utf8JsonReader reader, string pointer)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestReference)
        {
            Fault(pointer, $"Must be a text of 1 to {LongestReference} characters.");
            return null;
        }

        return text;
    }

    private void ReadVersion(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var version) && version > 0)
        {
            Version = version;
        }
        else
        {
            Fault("/version", "Must be a whole number above 0.");
        }
    }

    private void ReadCommand(string? word, ReadOnlyMemory<byte> body, RequestRules rules)
    {
        if (Reference is null && !IsFaulty("/partnership"))
        {
            Fault("/partnership", "Is required.");
        }

        if (word is not null && ImportCommands.TraitsOf(word) is { } traits)
        {
            Traits = traits;
            if (IsFaulty("/body"))
            {
                return;
            }

            var command = ImportCommands.Read(word, body, rules, out var errors);
            foreach (var (pointer, message) in errors.All)
            {
                Fault("/body" + pointer, message);
            }

            Command = faults is null ? command : null;
            return;
        }

        // Whatever was meant may have been a step of the lifecycle.
        Traits = CommandTraits.ChangesState;
        if (!IsFaulty("/command"))
        {
            Fault("/command", word is null ? "Is required." : $"There is no command {word}.");
        }
    }

    private bool IsFaulty(string member) => faults?.Exists(fault => fault.Member == member) is true;

    private void Fault(string member, string reason) => (faults ??= []).Add((member, reason));
}
