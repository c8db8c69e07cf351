namespace PartnerLedger.Api.Http;

/// <summary>A kind of refusal: its stable code, and what it means to the one who is refused. RetryAfter is in seconds.</summary>
internal sealed record ProblemType(string Code, int Status, string Title, string Explanation, int? RetryAfter = null)
{
    public string Uri { get; } = $"/problems/{Code}";

    public Problem Because(string detail) => new(this, detail);
}
