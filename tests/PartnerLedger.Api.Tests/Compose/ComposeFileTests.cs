using System.Text.RegularExpressions;
using Npgsql;

namespace PartnerLedger.Api.Tests.Compose;

/// <summary>What has to fit together in docker-compose.yml and the image that it builds.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    private static IEnumerable<ComposeService> Nodes => Compose.Services.Values.Where(service => service.Build is not null);

    [Fact]
    public void There_are_two_nodes_and_one_PostgreSQL_17() =>
        Assert.Equal(
            [("node-1", null), ("node-2", null), ("postgres", "postgres:17")],
            Compose.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service => (service.Key, service.Value.Image)));

    [Fact]
    public void Both_nodes_are_the_same_but_for_their_port()
    {
        Assert.Single(Nodes.Select(node => node.Build).Distinct());
        Assert.Single(Nodes.Select(node => string.Join('\n', node.Environment)).Distinct());
        Assert.Equal(["127.0.0.1:5080:5080", "127.0.0.1:5081:5080"], Nodes.SelectMany(node => node.Ports));
    }

    [Fact]
    public void Both_nodes_sign_and_trust_tokens_with_one_key_that_is_long_enough() =>
        Assert.All(Nodes, node =>
        {
            Assert.Equal("Development", node.Environment["ASPNETCORE_ENVIRONMENT"]);
            Assert.InRange(node.Environment["Ledger__DevelopmentKey"].Length, 32, 100);
        });

    [Fact]
    public void Each_node_serves_and_migrates_with_the_roles_that_the_script_makes()
    {
        var script = Compose.Configs["roles"].Content;
        var roles = CreateRole().Matches(script).ToDictionary(role => role.Groups["name"].Value, role => role.Groups["password"].Value, StringComparer.Ordinal);
        Assert.All(Nodes, node =>
        {
            var (serving, owner) = (Connection(node, "Ledger"), Connection(node, "LedgerOwner"));
            Assert.Equal("postgres", serving.Host);
            Assert.Equal("postgres", owner.Host);
            Assert.NotEqual(serving.Username, owner.Username);
            Assert.Equal(roles[serving.Username!], serving.Password);
            Assert.Equal(roles[owner.Username!], owner.Password);
            Assert.Equal(serving.Database, owner.Database);
            Assert.Contains($"create database {owner.Database} owner {owner.Username};", script, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_script_runs_where_the_image_of_PostgreSQL_looks_for_it_and_the_data_is_kept()
    {
        var postgres = Compose.Services["postgres"];
        var mount = Assert.Single(postgres.Configs);
        Assert.Contains(mount.Source, Compose.Configs);
        Assert.Equal("/docker-entrypoint-initdb.d/roles.sql", mount.Target);
        var volume = Assert.Single(postgres.Volumes).Split(':');
        Assert.Contains(volume[0], Compose.Volumes);
        Assert.Equal("/var/lib/postgresql/data", volume[1]);
        Assert.Empty(postgres.Ports);
    }

    [Fact]
    public void Both_nodes_keep_the_signing_key_in_one_volume_where_the_image_looks_for_it() =>
        Assert.All(Nodes, node =>
        {
            var volume = Assert.Single(node.Volumes).Split(':');
            Assert.Contains(volume[0], Compose.Volumes);
            Assert.Contains($"ENV Ledger__DataDirectory={volume[1]}\n", File.ReadAllText(Path.Combine(Repository.Root, node.Build!.Dockerfile)), StringComparison.Ordinal);
        });

    [Fact]
    public void A_node_waits_for_a_PostgreSQL_that_lets_the_serving_role_in()
    {
        Assert.All(Nodes, node =>
        {
            Assert.Equal("service_healthy", node.DependsOn["postgres"].Condition);
            var check = Compose.Services["postgres"].Healthcheck!.Test;
            Assert.Equal(["CMD", "pg_isready"], check[..2]);
            Assert.Equal(Connection(node, "Ledger").Username, check[check.IndexOf("--username") + 1]);
            Assert.Equal(Connection(node, "Ledger").Database, check[check.IndexOf("--dbname") + 1]);
        });
    }

    [Fact]
    public void The_image_runs_the_published_service_on_the_port_that_is_mapped_and_not_as_root()
    {
        var build = Nodes.First().Build!;
        Assert.Equal(".", build.Context);
        var stages = File.ReadAllText(Path.Combine(Repository.Root, build.Dockerfile)).Split("\nFROM ");
        var last = stages[^1].Split('\n');
        Assert.Contains("ENV ASPNETCORE_HTTP_PORTS=5080", last);
        Assert.Contains("USER $APP_UID", last);
        Assert.Contains($"""ENTRYPOINT ["dotnet", "{typeof(Program).Assembly.GetName().Name}.dll"]""", last);
        Assert.Contains("RUN dotnet publish src/PartnerLedger.Api --configuration Release --output /app", stages[^2], StringComparison.Ordinal);
        var version = $"{Environment.Version.Major}.{Environment.Version.Minor}";
        Assert.Contains($"/sdk:{version} ", stages[^2], StringComparison.Ordinal);
        Assert.EndsWith($"/aspnet:{version}", last[0], StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Connection(ComposeService node, string name) => new(node.Environment[$"ConnectionStrings__{name}"]);

    [GeneratedRegex("create role (?<name>[a-z_]+) login password '(?<password>[^']+)';", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CreateRole();
}
