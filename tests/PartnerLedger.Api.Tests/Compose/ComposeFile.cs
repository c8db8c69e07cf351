using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PartnerLedger.Api.Tests.Compose;

/// <summary>docker-compose.yml, as far as the tests ask; a member that nobody knows is an error.</summary>
internal sealed class ComposeFile
{
    [YamlMember(Alias = "x-node", ApplyNamingConventions = false)]
    public ComposeService? Node { get; set; }

    public Dictionary<string, ComposeService> Services { get; set; } = [];

    public Dictionary<string, ComposeConfig> Configs { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];

    public static ComposeFile Read()
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, "docker-compose.yml"));
        return new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(text)));
    }
}

internal sealed class ComposeService
{
    public string? Image { get; set; }
    public ComposeBuild? Build { get; set; }
    public Dictionary<string, string> Environment { get; set; } = [];
    public Dictionary<string, ComposeDependency> DependsOn { get; set; } = [];
    public ComposeHealthCheck? Healthcheck { get; set; }
    public List<string> Ports { get; set; } = [];
    public List<ComposeMount> Configs { get; set; } = [];
    public List<string> Volumes { get; set; } = [];
    public string? Restart { get; set; }
}

internal sealed record ComposeBuild
{
    public string Context { get; set; } = "";
    public string Dockerfile { get; set; } = "";
}

internal sealed class ComposeDependency
{
    public string Condition { get; set; } = "";
}

internal sealed class ComposeHealthCheck
{
    public List<string> Test { get; set; } = [];
    public string Interval { get; set; } = "";
    public string Timeout { get; set; } = "";
    public int Retries { get; set; }
    public string? StartPeriod { get; set; }
}

internal sealed class ComposeMount
{
    public string Source { get; set; } = "";
    public string Target { get; set; } = "";
}

internal sealed class ComposeConfig
{
    public string Content { get; set; } = "";
}
