using System.Text.Json.Nodes;

namespace PartnerLedger.Api.Pages.Partnerships.Forms;

/// <summary>
/// The members of an event that a correction may change: what stands, and what somebody made of it in a form. A form carries what stood when it was
/// loaded, so that what was left alone there is neither changed nor, where a colleague has changed it meanwhile, changed back.
/// </summary>
internal sealed class CorrectionFields(TimelineStep step, Func<string, string?> entered, Func<string, IReadOnlyList<string>> all)
{
    /// <summary>Before the names of members.</summary>
    public const string Root = "replacement/";

    /// <summary>Before the names of what stood.</summary>
    public const string Before = "before/";

    /// <summary>The box that says that nobody told it.</summary>
    public const string Untold = "untold";

    private const string Apart = ", ";

    private static readonly string[] PartnerMembers = PartnerRow.Names;

    /// <summary>In the order in which they are asked for.</summary>
    public IReadOnlyList<string> Members { get; } = step switch
    {
        { Version: 1 } => ["occurredOn", "name", "partners", "sectorsComplete", "regions", "purpose", "informant", "informantRegion"],
        { Type: "factor_noted" } => ["factor", "note", "occurredOn", "informant", "informantRegion"],
        { Type: "partner_joined" } => ["name", "sector", "country", "sectorsComplete", "occurredOn"],
        { Type: "partner_left" } => ["reason", "occurredOn"],
        { Type: "partnership_renamed" } => ["name"],
        { Type: "regions_changed" } => ["regions"],
        _ => ["reason", "occurredOn", "informant", "informantRegion"],
    };

    /// <summary>Whether the event may leave a member open.</summary>
    public bool MayBeOpen(string member) => member != "sectorsComplete" || step.Version > 1;

    /// <summary>Whether somebody is known to have told it.</summary>
    public bool IsTold => step.Standing["informant"] is not null;

    /// <summary>One row more than there are partners, so that a forgotten one can be added.</summary>
    public int Rows => Math.Max(Partners.Count, SentRows) + (SentRows > 0 ? 0 : 1);

    /// <summary>What stands of a member, as a form writes it.</summary>
    public string Standing(string member) => member switch
    {
        "regions" => string.Join(Apart, Items(member).Select(region => region!.GetValue<string>())),
        "partners" => string.Join('\n', Partners.Select(partner => string.Join('|', PartnerMembers.Select(name => partner[name]?.GetValue<string>().Trim())))),
        // Who it is, is told to nobody here.
        "informant" => "",
        _ => step.Standing[member] switch
        {
            null => "",
            JsonObject text => Written(text["text"]?.GetValue<string>()),
            var value => value.ToString(),
        },
    };

    /// <summary>What a form shows of a member: what was entered there; what stands where it was left alone.</summary>
    public string Shown(string member) => IsSent && Sent(member) != entered(Before + member) ? Sent(member) : Standing(member);

    /// <summary>The same of one member of a partner.</summary>
    public string? ShownOfPartner(string field) => IsSent && IsChanged("partners")
        ? entered(field)
        : field.Split('-') is [var name, var row] && Partners.ElementAtOrDefault(int.Parse(row)) is { } partner ? partner[name]?.GetValue<string>() : null;

    public IReadOnlyList<string> ShownRegions => Shown("regions").Split(Apart, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The members that were changed, as the API takes them.</summary>
    public Dictionary<string, object?> Replacement()
    {
        var replacement = Members.Where(member => member != "informant" && IsChanged(member)).ToDictionary(member => member, Value, StringComparer.Ordinal);
        if (Members.Contains("informant") && (Sent("informant").Length > 0 || entered(Untold) == "true"))
        {
            replacement["informant"] = entered(Untold) == "true" ? null : Sent("informant");
        }

        return replacement;
    }

    /// <summary>The place of a row among the partners that are sent; rows that were left empty are not.</summary>
    public int PlaceOf(int row) => FilledRows.TakeWhile(filled => filled < row).Count();

    private bool IsSent => entered("key") is not null;

    private int SentRows => IsSent && int.TryParse(entered("rows"), out var rows) ? Math.Clamp(rows, 0, 101) : 0;

    private IEnumerable<int> FilledRows => Enumerable.Range(0, SentRows).Where(row => PartnerMembers.Any(name => entered($"{name}-{row}") is { Length: > 0 }));

    private IReadOnlyList<JsonNode> Partners => [.. Items("partners").OfType<JsonNode>()];

    private JsonArray Items(string member) => step.Standing[member] as JsonArray ?? [];

    private bool IsChanged(string member) => Sent(member) != (entered(Before + member) ?? Standing(member));

    private string Sent(string member) => member switch
    {
        "regions" => string.Join(Apart, all(Root + member)),
        "partners" => string.Join('\n', FilledRows.Select(row => string.Join('|', PartnerMembers.Select(name => Member(name, row))))),
        _ => entered(Root + member) ?? "",
    };

    private object? Value(string member) => member switch
    {
        "regions" => all(Root + member),
        "partners" => FilledRows.Select(row => PartnerMembers.Where(name => Member(name, row).Length > 0)
            .ToDictionary(name => name, name => Member(name, row), StringComparer.Ordinal)).ToList(),
        _ when Sent(member).Length == 0 => null,
        "sectorsComplete" => Sent(member) == "true",
        "country" => Sent(member).ToUpperInvariant(),
        _ => Sent(member),
    };

    private string Member(string name, int row) => (name, entered($"{name}-{row}") ?? "") switch
    {
        ("country", var country) => country.ToUpperInvariant(),
        (_, var value) => value,
    };

    // As a browser sends it back.
    private static string Written(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
}
