using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>What was recorded wrongly is corrected by a later event; the first stays.</summary>
public sealed class CorrectionTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task A_replacement_changes_what_it_names_and_keeps_the_rest()
    {
        var path = await leader.Open("Wrong", ""","purpose":"Fewer readmissions","regions":["africa"]""");
        (await Correct(path, 1, """{"name":"Right"}""")).Must(200);
        (await Correct(path, 1, """{"regions":["eu-plus"],"occurredOn":"2018"}""")).Must(200);
        var read = await leader.Get(path);
        Assert.Equal(("Right", "Fewer readmissions"), (read["name"].GetString(), read["purpose"].GetString()));
        Assert.Equal("""["eu-plus"]""", read["regions"].GetRawText());
        Assert.Equal(2, read["partners"].GetArrayLength());
        Assert.Equal("2018", read["proposedOn"].GetString());

        (await Correct(path, 1, """{"name":"Right again"}""")).Must(200);
        Assert.Equal("Right again", (await leader.Get(path))["name"].GetString());
    }

    [Fact]
    public async Task Null_clears_what_may_be_missing_and_nothing_else()
    {
        var path = await leader.Open(more: ""","purpose":"Fewer readmissions","informant":"i-1"  """);
        (await Correct(path, 1, """{"purpose":null,"informant":null}""")).Must(200);
        Assert.Equal("null", (await leader.Get(path))["purpose"].GetRawText());
        foreach (var member in new[] { "name", "partners", "sectorsComplete", "regions", "occurredOn" })
        {
            await (await Correct(path, 1, $$"""{"{{member}}":null}""")).MustRefuse($"/replacement/{member}");
        }
    }

    [Fact]
    public async Task A_corrected_purpose_is_read_from_the_correction()
    {
        var path = await leader.Open(more: ""","purpose":"Old" """);
        (await Correct(path, 1, """{"purpose":"New"}""")).Must(200);
        Assert.Equal("New", (await leader.Get(path))["purpose"].GetString());
        Assert.Equal("Old", (await leader.Get($"{path}?version=1"))["purpose"].GetString());
    }

    [Fact]
    public async Task A_corrected_note_says_what_the_catalogue_says_of_the_right_factor()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/factors", """{"factor":"N-TRUST","note":"Wrong"}""")).Must(200);
        (await Correct(path, 2, """{"factor":"S-LEAD"}""")).Must(200);
        Assert.Equal(
            $$"""[{"factor":"S-LEAD","polarity":"success","topic":"LEAD","timesNoted":1,"firstOccurredOn":"{{DateTime.UtcNow:yyyy-MM-dd}}"}]""",
            (await leader.Get(path))["factors"].GetRawText());
        await (await Correct(path, 2, """{"factor":"S-NONE"}""")).MustRefuse("/replacement/factor");
        await (await Correct(path, 2, """{"factor":null}""")).MustRefuse("/replacement/factor");
        await (await Correct(path, 1, """{"factor":"S-LEAD"}""")).MustRefuse("/replacement/factor");
        await (await Correct(path, 2, """{"polarity":"negative"}""")).MustRefuse("/replacement/polarity");
    }

    [Fact]
    public async Task A_withdrawn_event_counts_no_more_until_a_replacement_brings_it_back()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/factors", """{"factor":"N-TRUST"}""")).Must(200);
        (await Withdraw(path, 2)).Must(200);
        Assert.Equal(0, (await leader.Get(path))["factors"].GetArrayLength());
        await (await Withdraw(path, 2)).MustBe("already-withdrawn", 409);
        (await Correct(path, 2, "{}")).Must(200);
        Assert.Equal("N-TRUST", Assert.Single((await leader.Get(path)).Each("factors", "factor")));
        await (await Correct(path, 2, "{}")).MustRefuse("/replacement");
        (await Withdraw(path, 2)).Must(200);
        (await Correct(path, 2, """{"occurredOn":"2020-05"}""")).Must(200);
        Assert.Equal("2020-05", Assert.Single((await leader.Get(path)).Each("factors", "firstOccurredOn")));
    }

    [Fact]
    public async Task A_correction_that_leaves_a_forbidden_step_says_which()
    {
        var path = await leader.OpenAndMove("proposed", "active", "struggling", "failed");
        (await leader.Post($"{path}/factors", """{"factor":"N-TRUST"}""")).Must(200);
        (await Withdraw(path, 3)).Must(200);

        var other = await leader.OpenAndMove("proposed", "active", "ended");
        var conflict = await (await Withdraw(other, 2)).MustBe("correction-conflict", 409);
        Assert.Equal(3, conflict.GetProperty("conflictsWith").GetInt64());
        Assert.Equal("ended", conflict.GetProperty("state").GetString());
        Assert.Equal(0, conflict.GetProperty("allowed").GetArrayLength());
        Assert.Equal(3, (await leader.Get(other)).Version);
        Assert.Equal("active", (await Withdraw(other, 3)).Must(200).State);
        Assert.Equal("proposed", (await Withdraw(other, 2)).Must(200).State);
        conflict = await (await Correct(other, 3, "{}")).MustBe("correction-conflict", 409);
        Assert.Equal(3, conflict.GetProperty("conflictsWith").GetInt64());
    }

    [Fact]
    public async Task A_partner_who_left_cannot_be_made_never_to_have_joined()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/partners", """{"sector":"industry"}""")).Must(200);
        (await leader.Post($"{path}/partners/2/left")).Must(200);
        var conflict = await (await Withdraw(path, 2)).MustBe("correction-conflict", 409);
        Assert.Equal(3, conflict.GetProperty("conflictsWith").GetInt64());
        (await Withdraw(path, 3)).Must(200);
        (await Withdraw(path, 2)).Must(200);
        Assert.Equal(2, (await leader.Get(path))["partners"].GetArrayLength());
    }

    [Fact]
    public async Task Some_events_cannot_be_corrected()
    {
        var path = await leader.Open();
        await (await Withdraw(path, 1)).MustBe("first-event-withdrawn", 409);
        (await Correct(path, 1, """{"name":"B"}""")).Must(200);
        await (await Correct(path, 2, """{"name":"C"}""")).MustBe("correction-of-correction", 409);
        await (await Withdraw(path, 2)).MustBe("correction-of-correction", 409);
        await (await Withdraw(path, 3)).MustRefuse("/version");
        await (await Correct(path, 0, """{"name":"C"}""")).MustRefuse("/version");
        await (await Correct(path, -1, """{"name":"C"}""")).MustRefuse("/version");
        await (await Correct(path, 1, """{"reason":"C"}""")).MustRefuse("/replacement/reason");
    }

    [Fact]
    public async Task Renames_regions_and_partners_are_corrected_by_their_own_members()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/name", """{"name":"B"}""")).Must(200);
        (await leader.Post($"{path}/regions", """{"regions":["africa"]}""")).Must(200);
        (await leader.Post($"{path}/partners", """{"sector":"industry","name":"Acme"}""")).Must(200);
        (await Correct(path, 2, """{"name":"C"}""")).Must(200);
        (await Correct(path, 3, """{"regions":["eu-plus","africa"]}""")).Must(200);
        (await Correct(path, 4, """{"sector":"nonprofit","name":null,"country":"FR"}""")).Must(200);
        await (await Correct(path, 2, """{"occurredOn":"2020"}""")).MustRefuse("/replacement/occurredOn");
        await (await Correct(path, 4, """{"occurredOn":"2999"}""")).MustRefuse("/replacement/occurredOn");
        var read = await leader.Get(path);
        Assert.Equal(("C", 2), (read["name"].GetString(), read["regions"].GetArrayLength()));
        Assert.Equal("""["nonprofit","government"]""", read["sectors"].GetRawText());
        Assert.Equal("FR", read["partners"][2].GetProperty("country").GetString());
        Assert.Equal("null", read["partners"][2].GetProperty("name").GetRawText());
    }

    private Task<Answer> Correct(string path, long version, string replacement) =>
        leader.Post($"{path}/corrections", $$"""{"version":{{version}},"reason":"It was wrong","replacement":{{replacement}}}""");

    private Task<Answer> Withdraw(string path, long version) =>
        leader.Post($"{path}/corrections", $$"""{"version":{{version}},"reason":"It did not happen","withdrawn":true}""");
}
