using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace PartnerLedger.Api.Tests;

public sealed class DevelopmentTokenTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task A_token_that_was_given_signs_in()
    {
        using var client = service.CreateClient();
        using var signedIn = service.ClientWith(await Token(client));
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync("/api/regions")).StatusCode);
    }

    [Theory]
    [InlineData("""{"roles":["leader"]}""", "/name")]
    [InlineData("""{"name":"Ann","roles":["leader","boss"]}""", "/roles/1")]
    [InlineData("""{"name":"Ann","roles":"leader"}""", "/roles")]
    public async Task A_token_for_nobody_or_for_no_known_role_is_not_given(string body, string pointer)
    {
        using var client = service.CreateClient();
        await (await client.PostAsync("/api/dev/token", Answers.Json(body))).MustRefuse(pointer);
    }

    [Fact]
    public async Task Tokens_outlive_a_restart_and_their_key_is_for_its_owner_alone()
    {
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        string token;
        await using (var first = KeepingItsKeyIn(directory.FullName))
        {
            token = await Token(first.CreateClient());
        }

        await using (var second = KeepingItsKeyIn(directory.FullName))
        {
            var client = second.CreateClient();
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/regions")).StatusCode);
        }

        var file = Assert.Single(directory.GetFiles());
        Assert.Equal(32, file.Length);
        Assert.True(OperatingSystem.IsWindows() || file.UnixFileMode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_key_is_made_anew_for_another_data_directory()
    {
        using var client = service.CreateClient();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        await using (var other = KeepingItsKeyIn(directory.FullName))
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", await Token(other.CreateClient()));
            await (await client.GetAsync("/api/regions")).MustBe("unauthenticated", HttpStatusCode.Unauthorized);
        }

        directory.Delete(recursive: true);
    }

    private static async Task<string> Token(HttpClient client)
    {
        using var response = await client.PostAsync("/api/dev/token", Answers.Json("""{"name":"Ann","roles":["leader","auditor"]}"""));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString()!;
    }

    private WebApplicationFactory<Program> KeepingItsKeyIn(string directory) =>
        service.AnotherNode(builder => builder.UseSetting("Ledger:DevelopmentKey", "").UseSetting("Ledger:DataDirectory", directory));
}
