using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Imports;

public sealed class CsvImportTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private LedgerClient Leader => service.As(Role.Leader);

    [Fact]
    public async Task The_templates_are_files_that_can_be_imported()
    {
        var partnerships = (await Leader.Get("/api/imports/templates/partnerships")).Must(200).Text;
        var notes = (await Leader.Get("/api/imports/templates/notes")).Must(200).Text;

        var done = await Leader.Done((await service.ImportCsv(partnerships, notes)).Must(202).Header("Location")!);

        var id = Assert.Single((await Leader.Get($"/api/partnerships?q=north&minPosition={done.Position}")).Must(200).Each("items", "id"));
        Assert.Equal(
            [
                "partnership_proposed", "partner_joined", "partnership_active", "factor_noted", "partner_left", "partnership_renamed", "regions_changed",
                "partnership_successful", "factor_noted",
            ],
            (await Leader.Get($"/api/partnerships/{id}/history")).Must(200).Each("events", "type"));
        (await Leader.Get("/api/imports/templates/other")).Must(404);
    }

    [Fact]
    public async Task Semicolons_stand_between_cells_where_commas_are_decimal_marks()
    {
        const string partnerships = """
            partnership;change;name;partners;regions
            a;open;Care, by semicolons;"nonprofit|NL|Red Cross;government";"africa;eu-plus"
            """;

        var done = await Leader.Done((await service.ImportCsv(partnerships, null)).Must(202).Header("Location")!);

        var id = Assert.Single((await Leader.Get($"/api/partnerships?q=by+semicolons&minPosition={done.Position}")).Must(200).Each("items", "id"));
        var view = (await Leader.Get($"/api/partnerships/{id}")).Must(200);
        Assert.Equal("Care, by semicolons", view["name"].GetString());
        Assert.Equal(["africa", "eu-plus"], view["regions"].EnumerateArray().Select(region => region.GetString()));
        Assert.Equal(["nonprofit", "government"], view["partners"].EnumerateArray().Select(partner => partner.GetProperty("sector").GetString()));
        Assert.Equal(1, (await service.ImportCsv("partnership;change;name\nb;open;\"B", null, "?dryRun=true")).Must(200)["faultyLines"].GetInt32());
    }

    [Fact]
    public async Task Every_faulty_row_is_told_by_file_line_and_column()
    {
        const string partnerships = """
            partnership,change,name,partners,sectorsComplete,occurredOn,joinedWith
            a,open,"A
            in two lines",industrial||x;nonprofit|NL|y|z,,,
            b,open,B,industrial,perhaps,2999,

            b,left,,,,,7
            ,open,C,,,,
            d,dance,,,,,
            e,open,E,,,,1
            f,open,F,,,,,,
            """;
        const string notes = """
            partnership,after,factor
            b,9,N-TRUST
            b,,N-NOPE
            """;

        var report = (await service.ImportCsv(partnerships, notes, "?dryRun=true")).Must(200);

        Assert.Equal(
            [
                ("notes", 2, "after"), ("notes", 3, "factor"), ("partnerships", 2, "partners"), ("partnerships", 4, "occurredOn"), ("partnerships", 4, "partners"), ("partnerships", 4, "sectorsComplete"),
                ("partnerships", 6, "joinedWith"), ("partnerships", 7, "partnership"), ("partnerships", 8, "change"), ("partnerships", 8, "partnership"), ("partnerships", 9, "joinedWith"), ("partnerships", 10, ""),
            ],
            report["faults"].EnumerateArray().Select(fault => (fault.GetProperty("file").GetString()!, fault.GetProperty("line").GetInt32(), fault.GetProperty("member").GetString()!))
                .Order());
    }

    [Theory]
    [InlineData("partnership,colour\na,red", "/partnerships/1/colour")]
    [InlineData("partnership,partnership\na,b", "/partnerships/1/partnership")]
    [InlineData("", "/1")]
    [InlineData("partnership,change,name\n\"a,open,A", "/partnerships/2")]
    [InlineData("partnership,change,name,reason\na,open,A,\"never closed\nb,open,B,\n", "/partnerships/2")]
    [InlineData("partnership,change,name,reason\na,open,\"5\" wide,\"\nb,open,\"B\",\n", "/partnerships/2")]
    public async Task What_is_no_such_file_is_refused(string partnerships, string place)
    {
        var answer = await service.ImportCsv(partnerships, null);
        Assert.Equal(400, answer.Status);
        Assert.True(answer["errors"].TryGetProperty(place, out _), answer.Text);
    }
}
