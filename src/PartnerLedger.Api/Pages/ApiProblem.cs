using System.Text.Json;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Pages;

/// <summary>Why the API refused, for a page to show.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">In one line.</param>
/// <param name="Detail">What was wrong this time.</param>
/// <param name="Errors">What is wrong with which member or parameter.</param>
/// <param name="State">The state that the partnership is in, where that is why.</param>
/// <param name="Allowed">The states that may follow.</param>
/// <param name="TraceId">Under which the service's log tells more.</param>
public sealed record ApiProblem(
    int Status, string Title, string Detail, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors, string? State, IReadOnlyList<string> Allowed, string? TraceId)
{
    /// <summary>The fields of the page that it is shown on.</summary>
    public FieldNames Fields { get; } = new();

    /// <summary>All members of the problem, for a page that shows those of one kind of problem; undefined where none was answered.</summary>
    internal JsonElement Members { get; private init; }

    /// <summary>Whether the state is why.</summary>
    public bool IsOfTheLifecycle => Members.ValueKind == JsonValueKind.Object
        && Members.GetProperty("type").GetString() is { } type && (type == Problems.LifecycleStep.Uri || type == Problems.RepeatedState.Uri);

    /// <summary>What is wrong with one member; nothing where it is right.</summary>
    public IEnumerable<string> At(string member) =>
        Errors.TryGetValue(member, out var messages) || Errors.TryGetValue("/" + member, out messages) ? messages : [];

    /// <summary>A member and all that is within it, as far as something is wrong with it.</summary>
    public IEnumerable<string> Within(string member) => Errors.Keys.Select(name => name.TrimStart('/'))
        .Where(name => name == member || name.StartsWith(member + "/", StringComparison.Ordinal));

    /// <summary>That a form was not sent, for what is wrong with a field of it.</summary>
    internal static ApiProblem OfForm(string member, params IReadOnlyList<string> messages) => OfForm([(member, messages)]);

    /// <summary>The same of several fields.</summary>
    internal static ApiProblem OfForm(IEnumerable<(string Member, IReadOnlyList<string> Messages)> faults) => new(
        StatusCodes.Status400BadRequest, Problems.InvalidRequest.Title, "", faults.ToDictionary(fault => fault.Member, fault => fault.Messages, StringComparer.Ordinal), null, [], null);

    internal static ApiProblem Read(int status, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var problem = document.RootElement;
        return new(
            status, Text("title") ?? "", Text("detail") ?? "",
            problem.TryGetProperty("errors", out var errors)
                ? errors.EnumerateObject().ToDictionary(error => error.Name, error => Strings(error.Value), StringComparer.Ordinal)
                : [],
            Text("state"), problem.TryGetProperty("allowed", out var allowed) ? Strings(allowed) : [], Text("traceId"))
        {
            Members = problem.Clone(),
        };

        string? Text(string name) => problem.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> By(Errors? errors) =>
        (errors?.All ?? []).GroupBy(error => error.Pointer, StringComparer.Ordinal)
            .ToDictionary(error => error.Key, error => (IReadOnlyList<string>)[.. error.Select(each => each.Message)], StringComparer.Ordinal);

    private static IReadOnlyList<string> Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString() ?? "")];
}
