namespace PartnerLedger.Api.Pages.Framing;

/// <summary>Marks a page whose answer may take its time, and says what it is called: what frames it is shown before the answer is there.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FramedAttribute(string title) : Attribute
{
    public string Title => title;
}
