using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Imports;

public sealed class ImportTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const string Good = """
        {"partnership":"a","command":"open","body":{"name":"Alike","partners":[{"sector":"nonprofit"},{"sector":"industry"}],"purpose":"Fewer readmissions","occurredOn":"2020"}}

        {"partnership":"b","command":"open","body":{"name":"B","stage":"unexplored","occurredOn":"2021"}}
        {"partnership":"a","command":"factors","body":{"factors":["N-TRUST","S-LEAD"],"note":"Said twice","informant":"import-1","occurredOn":"2021"}}
        {"partnership":"a","command":"active"}
        {"partnership":"a","command":"partners/1/left","body":{"partner":1,"reason":"Bankrupt"}}
        {"partnership":"b","command":"proposed","body":{"occurredOn":"2022"}}
        {"partnership":"a","command":"corrections","body":{"version":2,"reason":"Wrong year","replacement":{"occurredOn":"2020-05"}}}
        """;

    private LedgerClient Leader => service.As(Role.Leader);

    [Fact]
    public async Task What_is_imported_is_as_if_it_had_been_sent_command_by_command()
    {
        var path = await Leader.Opened("""{"name":"Alike","partners":[{"sector":"nonprofit"},{"sector":"industry"}],"purpose":"Fewer readmissions","occurredOn":"2020"}""");
        (await Leader.Post($"{path}/factors", """{"factors":["N-TRUST","S-LEAD"],"note":"Said twice","informant":"import-1","occurredOn":"2021"}""")).Must(200);
        (await Leader.Post($"{path}/active")).Must(200);
        (await Leader.Post($"{path}/partners/1/left", """{"partner":1,"reason":"Bankrupt"}""")).Must(200);
        (await Leader.Post($"{path}/corrections", """{"version":2,"reason":"Wrong year","replacement":{"occurredOn":"2020-05"}}""")).Must(200);

        var done = await Leader.ImportAll(Good);

        Assert.Equal((7, 2, 8, 8), (Count(done, "lines"), Count(done, "partnerships"), Count(done, "events"), Count(done, "imported")));
        var imported = (await Leader.Get($"/api/partnerships?q=alike&minPosition={done.Position}")).Must(200).Each("items", "id").Single(id => !path.EndsWith(id!, StringComparison.Ordinal));
        Assert.Equal(await Told(path), await Told($"/api/partnerships/{imported}"));
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from ledger_import_event"));

        async Task<IEnumerable<string>> Told(string partnership) => (await Leader.Get($"{partnership}/history")).Must(200)["events"].EnumerateArray().Select(e =>
            $"{e.GetProperty("version")} {e.GetProperty("type")} {e.GetProperty("actor")} {Unsalted(e.GetProperty("data").GetRawText())}");
    }

    [Fact]
    public async Task Every_faulty_line_is_told_and_nothing_is_written()
    {
        const string file = """
            {"partnership":"a","command":"open","body":{"name":"A","partners":[{"sector":"industrial"}],"occurredOn":"2999"}}
            {"partnership":"a","command":"ended"}
            {"partnership":"a","command":"factors","body":{"factor":"N-NOPE","informant":"nobody-yet"}}
            {"partnership":"b","command":"open","body":{"name":"B"}}
            {"partnership":"b","command":"ended"}
            {"partnership":"b","command":"active","body":{"because":"x"}}
            {"partnership":"b","command":"ended"}
            {"partnership":"c","command":"active"}
            {"partnership":"b","command":"dance"}
            no JSON
            {"command":"open","body":[],"more":1}
            {"partnership":"b","command":"open","body":{"name":"B"}}
            {"partnership":"0199f000-0000-7000-8000-000000000000","version":1,"command":"active"}
            {"partnership":"0199f000-0000-7000-8000-000000000001","command":"active"}
            {"partnership":"d","command":"open","body":{"name":"D"}}
            {"partnership":"d","command":"corrections","body":{"version":9,"reason":"x","withdrawn":true}}
            """;

        // Whoever asks first starts the service, which writes its catalogue down.
        (await Leader.Get("/api/factors")).Must(200);
        var before = await State();

        var report = (await Leader.Import(file, "?dryRun=true")).Must(200);
        var refusal = await Leader.Import(file, "", ("Idempotency-Key", "free"));

        (long, string)[] expected =
        [
            (1, "/body/occurredOn"), (1, "/body/partners/0/sector"), (3, "/body/factor"), (5, "/command"), (6, "/body/because"), (8, "/partnership"), (9, "/command"), (10, ""),
            (11, "/body"), (11, "/more"), (11, "/partnership"), (12, "/partnership"), (13, "/partnership"), (14, "/version"), (16, "/body/version"),
        ];
        Assert.Equal(expected, report.Faults());
        Assert.Equal(expected, refusal.Faults());
        Assert.Equal((16, 12), (Count(report, "lines"), Count(report, "faultyLines")));
        await refusal.MustRefuse([.. expected.Select(fault => $"/{fault.Item1}{fault.Item2}")]);
        Assert.Equal(before, await State());

        // A refusal leaves the key free.
        await Leader.Done((await Leader.Import("""{"partnership":"z","command":"open","body":{"name":"Z"}}""", "", ("Idempotency-Key", "free"))).Must(202).Header("Location")!);
    }

    [Fact]
    public async Task A_file_without_a_command_is_refused() => await (await Leader.Import("\n \n")).MustRefuse("/1");

    [Fact]
    public async Task The_same_file_with_the_same_key_is_imported_once_and_another_is_refused()
    {
        const string file = """{"partnership":"k","command":"open","body":{"name":"Keyed"}}""";
        var first = (await Leader.Import(file, "", ("Idempotency-Key", "k1"))).Must(202);
        var done = await Leader.Done(first.Header("Location")!);

        // In other bytes, but the same command.
        var again = (await service.AnotherNode().As(Role.Leader).Import(file.Replace(",", " , ", StringComparison.Ordinal) + "\n\n", "", ("Idempotency-Key", "k1"))).Must(202);
        Assert.Equal((first.Id, "true", "done"), (again.Id, again.Header("Idempotency-Replayed"), again.State));
        await (await Leader.Import(file.Replace("Keyed", "Other", StringComparison.Ordinal), "", ("Idempotency-Key", "k1"))).MustBe("idempotency-key-reused", 422);
        await (await Leader.Import("nonsense", "", ("Idempotency-Key", "k1"))).MustRefuse("/1");
        done = await Leader.Done((await service.As("somebody else", Role.Leader).Import(file, "", ("Idempotency-Key", "k1"))).Must(202).Header("Location")!);
        Assert.Equal(2, (await Leader.Get($"/api/partnerships?q=keyed&minPosition={done.Position}")).Must(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_partnership_that_exists_goes_on_from_the_version_that_the_file_states()
    {
        var path = await Leader.Open("Before");
        var id = path[(path.LastIndexOf('/') + 1)..];
        var file = $$"""
            {"partnership":"{{id}}","version":1,"command":"active"}
            {"partnership":"{{id}}","command":"struggling"}
            """;
        await Leader.ImportAll(file);

        Assert.Equal(3, (await Leader.Get(path)).Must(200).Version);
        await (await Leader.Import(file)).MustRefuse("/1/version");

        // The writer's remembered state is of version 1 still.
        Assert.Equal(4, (await Leader.Post($"{path}/active")).Must(200).Version);
    }

    [Fact]
    public async Task A_partnership_that_changes_between_check_and_run_keeps_the_whole_file_out()
    {
        var path = await Leader.Open("Raced");
        var id = path[(path.LastIndexOf('/') + 1)..];
        string import;
        await using (await HeldMover.Hold(service.Database.Owner))
        {
            import = (await Leader.Import($$$"""
                {"partnership":"new","command":"open","body":{"name":"Never seen"}}
                {"partnership":"{{{id}}}","version":1,"command":"active"}
                """)).Must(202).Header("Location")!;
            Assert.Equal("running", (await Leader.Get(import)).Must(200).State);
            (await Leader.Post($"{path}/struggling")).Must(200);
        }

        var refused = await Leader.Done(import, "refused");
        Assert.Equal(0, Count(refused, "imported"));
        Assert.Contains("changed", refused["reason"].GetString(), StringComparison.Ordinal);
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from mt_events where data->>'name' = 'Never seen'"));
    }

    [Fact]
    public async Task An_import_of_which_a_text_was_erased_keeps_nothing_of_it_and_answers_whatever_comes_with_its_key()
    {
        const string file = """{"partnership":"e","command":"open","body":{"name":"To be erased","purpose":"Words of 4711"}}""";
        var path = (await Leader.Import(file, "", ("Idempotency-Key", "erased"))).Must(202).Header("Location")!;
        var done = await Leader.Done(path);
        var id = Assert.Single((await Leader.Get($"/api/partnerships?q=to+be+erased&minPosition={done.Position}")).Must(200).Each("items", "id"));

        (await service.As(Role.Operator).Post($"/api/partnerships/{id}/erasures", """{"versions":[1],"ground":"Consent was withdrawn"}""")).Must(200);

        Assert.Equal(0L, await Sql.Run(
            service.Database.Owner,
            "select (select count(*) from ledger_text where text like '%4711%') + (select count(*) from ledger_import_event) + (select count(*) from ledger_import where key = 'erased' and (secret is not null or request_hmac is not null))"));
        Assert.Equal(done.Id, (await Leader.Import(file.Replace("4711", "4712", StringComparison.Ordinal), "", ("Idempotency-Key", "erased"))).Must(202).Id);
    }

    [Fact]
    public async Task Progress_is_told_as_a_stream_that_ends_with_the_import()
    {
        var path = (await Leader.Import("""{"partnership":"s","command":"open","body":{"name":"Streamed"}}""")).Must(202).Header("Location")!;

        var stream = (await Leader.Get(path, ("Accept", "text/event-stream"))).Must(200);

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        var last = stream.Text.TrimEnd().Split("\n\n")[^1];
        Assert.StartsWith("event: progress\n", last, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"done\"", last, StringComparison.Ordinal);
        Assert.Contains("id: 1", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_larger_than_other_bodies_and_out_of_order_is_taken()
    {
        const int partnerships = 3_000;
        var lines = Enumerable.Range(0, partnerships).Select(p => $$$"""{"partnership":"p{{{p}}}","command":"open","body":{"name":"Many {{{p}}}","purpose":"{{{new string('x', 400)}}}"}}""")
            .Concat(Enumerable.Range(0, partnerships).Select(p => $$"""{"partnership":"p{{p}}","command":"active"}"""));

        var done = await Leader.ImportAll(string.Join('\n', lines));

        Assert.Equal(2 * partnerships, Count(done, "imported"));
        Assert.Equal((long)partnerships, await Sql.Run(service.Database.Owner, "select count(*) from mt_streams s join mt_events e on e.stream_id = s.id and e.version = 1 where s.version = 2 and e.data->>'name' like 'Many %'"));
    }

    [Fact]
    public async Task Only_the_media_types_of_an_import_are_taken()
    {
        await (await Leader.Post("/api/imports", "{}")).MustBe("unsupported-media-type", 415);
        await (await Leader.Import("{}", "", ("Content-Encoding", "gzip"))).MustBe("unsupported-media-type", 415);
        await (await Leader.Post("/api/imports", "{}", ("Content-Type", "multipart/form-data"))).MustBe("unsupported-media-type", 415);
        await (await Leader.Get("/api/imports/0199f000-0000-7000-8000-000000000000")).MustBe("not-found", 404);
    }

    private static long Count(Answer answer, string member) => answer[member].GetInt64();

    // Salts make commitments differ, and the time of the day does not matter.
    private static string Unsalted(string data) =>
        System.Text.RegularExpressions.Regex.Replace(data, "\"sha256\":\"[0-9a-f]{64}\"", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private async Task<object?> State() => await Sql.Run(
        service.Database.Owner, "select array[(select position from ledger_head), (select count(*) from ledger_import where state = 'running'), (select count(*) from ledger_import_event), (select count(*) from ledger_person where subject = 'nobody-yet')]");
}
