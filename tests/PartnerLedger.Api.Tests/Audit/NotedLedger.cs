using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>A node of a ledger, what it signs, and what somebody does to its database behind its back.</summary>
internal static class NotedLedger
{
    public static WebApplicationFactory<Program> Node(DatabaseConnections database, DirectoryInfo directory) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.On(database, directory.FullName));

    /// <summary>The first position that the server finds to be bad; null where all holds.</summary>
    public static async Task<long?> FirstBad(WebApplicationFactory<Program> node)
    {
        var outcome = (await node.As(Role.Auditor).Get("/api/audit/verify")).Must(200);
        return outcome["isVerified"].GetBoolean() ? null : outcome["firstBad"].GetInt64();
    }

    /// <summary>As whoever may do anything in the server: no trigger fires.</summary>
    public static Task Tamper(DatabaseConnections database, string sql, params object[] parameters) =>
        Sql.Run(new Npgsql.NpgsqlConnectionStringBuilder(database.Superuser) { Options = "-c session_replication_role=replica" }.ConnectionString, sql, parameters);

    public static async Task<long> Log(WebApplicationFactory<Program> node) =>
        (await node.As(Role.Leader).Post("/api/partnerships", """{"name":"Care at home"}""")).Must(201).Position;

    public static async Task<SignedNote> Note(WebApplicationFactory<Program> node, long position) =>
        SignedNote.Parse((await node.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={position}")).Must(200).Text)!;

    public static async Task<NoteVerifier> Key(WebApplicationFactory<Program> node) =>
        NoteVerifier.Parse((await node.As(Role.Auditor).Get("/api/audit/key")).Must(200).Text.Split('\n')[0])!;
}
