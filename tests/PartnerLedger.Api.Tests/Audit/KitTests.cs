using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Api.Security;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>Whatever is done to a kit of 10,000 events, stock python3 and openssl find it, and name the first bad position.</summary>
public sealed class KitTests(TenThousandEvents ledger) : IClassFixture<TenThousandEvents>
{
    private const int Cases = 4;

    [Fact]
    public async Task An_untouched_kit_verifies_and_begins_with_the_older_note()
    {
        using var kit = Fetched();
        var (isVerified, said) = await kit.Verify("--older", Older(kit));
        Assert.True(isVerified, said);
        Assert.Contains($"{kit.Events.Count} events in 2 streams", said, StringComparison.Ordinal);
        Assert.True(kit.Events.Count > 10_000);
    }

    [Fact]
    public async Task The_keys_are_taken_as_the_service_gives_them_of_which_the_first_counts()
    {
        using var kit = Fetched();
        var served = (await ledger.Service.As(Role.Auditor).Get("/api/audit/key")).Must(200).Text;
        await File.WriteAllTextAsync(kit["served"], $"{served}{NoteSigner.Create("former").Verifier}\n{NoteSigner.Create("former").Verifier.Pem}");
        Assert.True((await kit.Verify("--key", kit["served"])).IsVerified);
        await File.WriteAllTextAsync(kit["served"], $"{NoteSigner.Create("former").Verifier.Pem}{served}");
        Assert.False((await kit.Verify("--key", kit["served"])).IsVerified);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_flipped_bit_is_found(int seed)
    {
        using var kit = Fetched();
        var events = kit.Events;
        var at = seed % events.Count;
        var bytes = Encoding.UTF8.GetBytes(events[at]);
        bytes[seed % bytes.Length] ^= (byte)(1 << (seed % 5));
        await using (var file = File.Open(kit["events.ndjson"], FileMode.Open))
        {
            file.Position = events.Take(at).Sum(line => Encoding.UTF8.GetByteCount(line) + 1);
            await file.WriteAsync(bytes);
        }

        await MustFail(kit, at + 1);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_missing_event_is_found(int seed) => Changed(seed, (events, at) => events.RemoveAt(at), at => at + 1);

    [Theory]
    [MemberData(nameof(Places))]
    public Task Events_that_changed_places_are_found(int seed) => Changed(seed, (events, at) => (events[at], events[^1]) = (events[^1], events[at]), at => at + 1);

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_history_cut_short_is_found(int seed) => Changed(seed, (events, at) => events.RemoveRange(at, events.Count - at), at => at + 1);

    [Theory]
    [MemberData(nameof(Places))]
    public Task An_event_put_in_between_is_found(int seed) => Changed(seed, (events, at) => events.Insert(at, events[^1]), at => at + 1);

    [Fact]
    public async Task An_event_put_at_the_end_is_found()
    {
        using var kit = Fetched();
        var events = kit.Events;
        kit.Events = [.. events, events[^1].Replace($"\"position\":{events.Count}", $"\"position\":{events.Count + 1}", StringComparison.Ordinal)];
        await MustFail(kit, events.Count + 1);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_leaf_that_was_changed_with_its_event_is_found(int seed)
    {
        using var kit = Fetched();
        var events = kit.Events;
        var at = seed % events.Count;
        events[at] = events[at].Replace("\"position\"", " \"position\"", StringComparison.Ordinal);
        kit.Events = events;
        await using (var leaves = File.Open(kit["leaves"], FileMode.Open))
        {
            leaves.Position = 32L * at;
            await leaves.WriteAsync(MerkleTree.Leaf(Encoding.UTF8.GetBytes(events[at])).ToArray());
        }

        Assert.False((await kit.Verify()).IsVerified);
    }

    [Fact]
    public async Task A_history_rewritten_by_whoever_holds_the_key_is_found_with_an_older_note()
    {
        using var kit = Fetched();
        kit.Events = [.. kit.Events.Select(line => line.Replace("\"S-LEAD\"", "\"S-COMM\"", StringComparison.Ordinal))];
        kit.SignAnew(Signer());
        Assert.True((await kit.Verify()).IsVerified, "Without an older note this cannot be seen.");

        var (isVerified, said) = await kit.Verify("--older", Older(kit));
        Assert.False(isVerified);
        Assert.Contains("older note", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_signed_by_another_key_is_found_with_the_key_that_was_kept()
    {
        using var kit = Fetched();
        File.Copy(kit["key.pem"], kit["kept.pem"]);
        kit.SignAnew(NoteSigner.Create(Signer().Verifier.Name));
        Assert.True((await kit.Verify()).IsVerified);
        Assert.False((await kit.Verify("--key", kit["kept.pem"])).IsVerified);
    }

    [Fact]
    public async Task A_kit_that_a_key_on_P256_has_signed_verifies_and_no_other_key_does()
    {
        using var kit = Fetched();
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        kit.SignAnew(NoteSigner.FromPem(Signer().Verifier.Name, curve.ExportPkcs8PrivateKeyPem()));
        var (isVerified, said) = await kit.Verify();
        Assert.True(isVerified, said);

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(kit["key.pem"], other.ExportSubjectPublicKeyInfoPem());
        Assert.False((await kit.Verify()).IsVerified);
    }

    [Theory]
    [InlineData("text", "Something else")]
    [InlineData("salt", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("member", "/reason")]
    public async Task A_text_that_was_changed_is_found(string member, string value)
    {
        using var kit = Fetched();
        var texts = await File.ReadAllLinesAsync(kit["texts.ndjson"]);
        var text = JsonNode.Parse(texts[777])!;
        text[member] = value;
        texts[777] = text.ToJsonString();
        await File.WriteAllLinesAsync(kit["texts.ndjson"], texts);
        await MustFail(kit, text["position"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_text_that_is_gone_without_an_erasure_is_found()
    {
        using var kit = Fetched();
        var texts = await File.ReadAllLinesAsync(kit["texts.ndjson"]);
        await File.WriteAllLinesAsync(kit["texts.ndjson"], [.. texts[..777], .. texts[778..]]);
        await MustFail(kit, JsonNode.Parse(texts[777])!["position"]!.GetValue<int>());
        await File.WriteAllTextAsync(kit["texts.ndjson"], "");
        await MustFail(kit, JsonNode.Parse(texts[0])!["position"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_in_a_sentence()
    {
        using var kit = Fetched();
        await File.AppendAllTextAsync(kit["texts.ndjson"], "{");
        Assert.Contains("cannot be read", (await kit.Verify()).Said, StringComparison.Ordinal);
        File.Delete(kit["leaves"]);
        Assert.Contains("leaves", (await kit.Verify()).Said, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(kit["checkpoint"], [0xFF]);
        Assert.Contains("cannot be read", (await kit.Verify()).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_line_ends_as_the_others_do()
    {
        using var kit = Fetched();
        await File.WriteAllTextAsync(kit["events.ndjson"], $"{(await File.ReadAllTextAsync(kit["events.ndjson"]))[..^1]} ");
        await MustFail(kit, kit.Events.Count);
    }

    [Fact]
    public async Task One_partnerships_kit_proves_each_of_its_events()
    {
        var path = await ledger.Service.As(Role.Leader).OpenAndMove("proposed", "active", "failed");
        var last = (await ledger.Service.As(Role.Leader).Post($"{path}/factors", """{"factor":"N-FUND","note":"The grant ended"}""")).Must(200).Position;
        using var kit = new AuditKit(await (await ledger.Service.As(Role.Auditor).Get($"/api/audit/kit?partnership={path[^36..]}&minPosition={last}"))
            .Must(200).Response.Content.ReadAsByteArrayAsync());
        Assert.True((await kit.Verify()).IsVerified);
        Assert.Contains("The grant ended", await File.ReadAllTextAsync(kit["texts.ndjson"]), StringComparison.Ordinal);

        var events = kit.Events;
        kit.Events = [.. events.Select(line => line.Replace("partnership_failed", "partnership_ended", StringComparison.Ordinal))];
        await MustFail(kit, (int)last - 1);
        kit.Events = [events[0], .. events[2..]];
        await MustFail(kit, (int)JsonNode.Parse(events[1])!["position"]!.GetValue<long>());
        kit.Events = events[..^1];
        await MustFail(kit, (int)last);
        kit.Events = [.. events[..^1], events[^1][1..]];
        await MustFail(kit, (int)last);
        kit.Events = events;
        Assert.Contains("hold the note against that", (await kit.Verify("--older", Older(kit))).Said, StringComparison.Ordinal);
        File.Delete(kit[$"proofs/{last}.tlog-proof"]);
        Assert.False((await kit.Verify()).IsVerified);
    }

    [Fact]
    public async Task Only_a_partnership_has_a_kit_of_its_own() =>
        await (await ledger.Service.As(Role.Auditor).Get("/api/audit/kit?partnership=0190a000-0000-7000-8000-00000ca7a106")).MustBe("not-found", 404);

    public static TheoryData<int> Places() => [.. Gen.Choose(1, int.MaxValue - 1).Sample(Cases)];

    private async Task Changed(int seed, Action<List<string>, int> change, Func<int, int> firstBad)
    {
        using var kit = Fetched();
        var events = kit.Events;
        var at = seed % (events.Count - 1);
        change(events, at);
        kit.Events = events;
        await MustFail(kit, firstBad(at));
    }

    private static async Task MustFail(AuditKit kit, int position)
    {
        var (isVerified, said) = await kit.Verify();
        Assert.False(isVerified);
        Assert.Contains($"position {position}:", said, StringComparison.Ordinal);
    }

    private AuditKit Fetched()
    {
        AuditKit.NeedsItsPrograms();
        return new(ledger.Zip);
    }

    private string Older(AuditKit kit)
    {
        File.WriteAllText(kit["older-note"], ledger.OlderNote);
        return kit["older-note"];
    }

    private NoteSigner Signer() => NoteSigner.FromPem(
        TreeHead.Parse(SignedNote.Parse(ledger.OlderNote)!.Text)!.Origin,
        File.ReadAllText(Directory.GetFiles(Path.Combine(ledger.Service.DataDirectory, "audit"), "key.pem", SearchOption.AllDirectories).Single()));
}
