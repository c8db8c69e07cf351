using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PartnerLedger.Api.Tests.HttpFiles;

/// <summary>Sends a file's requests from top to bottom, filling in what earlier answers said.</summary>
internal sealed partial class Replay(HttpFile file, HttpClient client)
{
    private readonly Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);

    /// <summary>Sends each request; gives those whose answer had another status than expected.</summary>
    public async Task<IReadOnlyList<string>> Run()
    {
        var surprises = new List<string>();
        foreach (var request in file.Requests)
        {
            using var message = Message(request);
            using var response = await client.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            if ((int)response.StatusCode != request.Expected)
            {
                surprises.Add($"Line {request.Line}, {message.Method} {message.RequestUri}: {(int)response.StatusCode} instead of {request.Expected}. {text}");
            }
            else if (request.Name is not null)
            {
                answers.Add(request.Name, JsonElement.Parse(text));
            }
        }

        return surprises;
    }

    private HttpRequestMessage Message(HttpFileRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), Fill(request.Url, request));
        message.Content = request.Body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(request.Body, request)));
        foreach (var (name, value) in request.Headers)
        {
            HttpHeaders headers = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? message.Content!.Headers : message.Headers;
            Assert.True(headers.TryAddWithoutValidation(name, Fill(value, request)), $"Line {request.Line} has a header {name} that cannot be sent.");
        }

        return message;
    }

    private string Fill(string text, HttpFileRequest request) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        return name == "$timestamp" ? DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
            : file.Variables.TryGetValue(name, out var value) ? value
            : Member().Match(name) is { Success: true } member && answers.TryGetValue(member.Groups["request"].Value, out var answer)
                && answer.TryGetProperty(member.Groups["member"].Value, out var found) ? found.ToString()
            : throw new KeyNotFoundException($"Line {request.Line}: nothing before it says what {match.Value} is.");
    });

    [GeneratedRegex(@"\{\{(?<name>.*?)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^(?<request>\w+)\.response\.body\.\$\.(?<member>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Member();
}
