namespace PartnerLedger.Api.Pages;

/// <summary>
/// What the fields of a page are called that a refusal is about. Fields say so as they are rendered, which may be after whoever shows the refusal:
/// so the page's own words name what is wrong, and lead to it.
/// </summary>
public sealed class FieldNames
{
    private readonly Dictionary<string, FieldName> fields = new(StringComparer.Ordinal);

    /// <summary>Raised as a field says its name.</summary>
    public event EventHandler? Said;

    /// <summary>Says what a member of the request is called, and where it is entered.</summary>
    public void Say(string member, FieldName field)
    {
        if (fields.TryAdd(member, field))
        {
            Said?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>What a member is called; null where no field gives it.</summary>
    public FieldName? Of(string member) => fields.GetValueOrDefault(member.TrimStart('/'));
}

/// <summary>A field by its label, and the id of its element.</summary>
public sealed record FieldName(string Label, string Id);
