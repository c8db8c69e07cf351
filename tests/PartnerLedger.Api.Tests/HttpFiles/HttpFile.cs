using System.Text.RegularExpressions;

namespace PartnerLedger.Api.Tests.HttpFiles;

/// <summary>A file of requests as the usual editors read it: ### between requests, # for comments, # @name for a request's name, @name=value for a variable.</summary>
internal sealed partial record HttpFile(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpFileRequest> Requests)
{
    public static HttpFile Read(string path)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var requests = new List<HttpFileRequest>();
        var block = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(path).Append("###"))
        {
            number++;
            if (Variable().Match(line) is { Success: true } variable)
            {
                variables.Add(variable.Groups["name"].Value, variable.Groups["value"].Value);
            }
            else if (!line.StartsWith("###", StringComparison.Ordinal))
            {
                block.Add(line);
            }
            else
            {
                if (Request(block, number - block.Count) is { } request)
                {
                    requests.Add(request);
                }

                block.Clear();
            }
        }

        return new HttpFile(variables, requests);
    }

    private static HttpFileRequest? Request(List<string> block, int number)
    {
        var start = block.FindIndex(line => line.Length > 0 && line[0] != '#');
        if (start < 0)
        {
            return null;
        }

        var comments = block[..start];
        var line = block[start].Split(' ');
        Assert.True(line.Length == 2, $"Line {number + start} is no request: {block[start]}");
        var headers = block.Skip(start + 1).TakeWhile(header => header.Length > 0).ToList();
        var body = string.Join('\n', block.Skip(start + headers.Count + 2)).Trim();
        return new HttpFileRequest(
            number + start,
            comments.Select(comment => Name().Match(comment)).SingleOrDefault(match => match.Success)?.Groups["name"].Value,
            comments.Select(comment => Status().Match(comment)).SingleOrDefault(match => match.Success) is { } status ? int.Parse(status.Groups["status"].Value) : null,
            line[0],
            line[1],
            headers.ConvertAll(header => (header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..].Trim())),
            body.Length > 0 ? body : null);
    }

    [GeneratedRegex(@"^@(?<name>\w+)\s*=\s*(?<value>.*?)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^# @name (?<name>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^# → (?<status>\d{3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();
}

/// <summary>One request of such a file, with its variables as they are written, and the status that its comment expects.</summary>
internal sealed record HttpFileRequest(
    int Line, string? Name, int? Expected, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, string? Body);
