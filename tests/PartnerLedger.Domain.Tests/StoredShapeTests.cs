using System.Text;
using System.Text.Json;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Domain.Tests.Partnerships;

namespace PartnerLedger.Domain.Tests;

/// <summary>What is stored is stored for ever, so its names and shapes are kept in files that only ever grow.</summary>
public sealed class StoredShapeTests
{
    private static readonly PartialDate Month = PartialDate.Parse("2024-03");

    private static readonly IPartnershipEvent[] PartnershipEvents =
    [
        new PartnershipProposed
        {
            Name = "Clínica & <couriers> \"北\"",
            Partners = [new() { Name = "Red Clinic", Sector = Sector.Nonprofit, Country = "PH" }, new() { Sector = Sector.Industry }],
            SectorsComplete = true,
            Regions = ["asia-pacific", "africa"],
            Purpose = Some.Text("purpose"),
            Reason = Some.Text("reason"),
            Informant = Some.Informant,
            InformantRegion = "asia-pacific",
            OccurredOn = Month,
        },
        new PartnershipProposed { OccurredOn = Some.Day },
        new PartnershipUnexplored { Name = "Idea", Partners = [], SectorsComplete = false, Regions = [], OccurredOn = PartialDate.Parse("2024") },
        new PartnershipUnexplored { OccurredOn = Some.Day },
        new PartnershipUndeveloped { Name = "Draft", Partners = [], SectorsComplete = true, Regions = [], OccurredOn = Month },
        new PartnershipUndeveloped { OccurredOn = Some.Day },
        new PartnershipActive { Reason = Some.Text("reason"), Informant = Some.Informant, InformantRegion = "africa", OccurredOn = Month },
        new PartnershipActive { OccurredOn = Month },
        new PartnershipStruggling { OccurredOn = Month },
        new PartnershipFailed { OccurredOn = Month },
        new PartnershipSuccessful { OccurredOn = Month },
        new PartnershipEnded { OccurredOn = Month },
        Some.Noted with { Note = Some.Text("note"), Informant = Some.Informant, InformantRegion = "africa" },
        new FactorNoted { Factor = "S-POWER", Polarity = Polarity.Success, Topic = "POWER", OccurredOn = Month },
        new PartnerJoined { Name = "Post", Sector = Sector.Government, Country = "FR", SectorsComplete = false, OccurredOn = Month },
        new PartnerJoined { Sector = Sector.Industry, OccurredOn = Month },
        new PartnerLeft { Partner = 1, Index = 2, Reason = Some.Text("reason"), OccurredOn = Month },
        new PartnerLeft { Partner = 3, OccurredOn = Month },
        new PartnershipRenamed { Name = "Couriers" },
        new RegionsChanged { Regions = ["eu-plus"] },
        Some.Corrected(1, new()
        {
            Name = "Name",
            Partners = Optional<IReadOnlyList<Partner>>.Of([new() { Sector = Sector.Government }]),
            SectorsComplete = false,
            Regions = Optional<IReadOnlyList<string>>.Of(["africa"]),
            Purpose = Some.Text("purpose"),
            Reason = Some.Text("reason"),
            Note = Some.Text("note"),
            Factor = "N-TRUST",
            Polarity = Polarity.Negative,
            Topic = "TRUST",
            Informant = Some.Informant,
            InformantRegion = "africa",
            OccurredOn = Month,
            Sector = Sector.Nonprofit,
            Country = "DE",
        }),
        Some.Corrected(2, new()
        {
            Purpose = Optional<FreeText>.Null,
            Reason = Optional<FreeText>.Null,
            Note = Optional<FreeText>.Null,
            Informant = Optional<Guid>.Null,
            InformantRegion = Optional<string>.Null,
            Name = Optional<string>.Null,
            Country = Optional<string>.Null,
            SectorsComplete = Optional<bool>.Null,
        }),
        Some.Corrected(3, new()),
        Some.Withdrawn(4),
        new TextErased { Versions = [1, 5], Ground = Some.Text("ground") },
        new TextErased { Versions = [2] },
        new TextErased
        {
            Versions = [3],
            Ground = Some.Text("ground"),
            Earlier = new() { Id = new Guid("0199f000-0000-7000-8000-000000000001"), By = Some.Informant, At = "2025-03-01T08:00:00.000000Z" },
        },
    ];

    private static readonly ICatalogueEvent[] CatalogueEvents =
    [
        new FactorDefined
        {
            Code = "N-TRUST", Topic = "TRUST", Polarity = Polarity.Negative, Label = "Insufficient trust",
            Definition = "They do not rely on each other.", Source = "synthesis", Mitigations = ["Listen", "Be truthful"],
        },
        new FactorRevised { Code = "S-TRUST", Topic = "TRUST", Polarity = Polarity.Success, Label = "Mutual trust", Mitigations = [] },
    ];

    private static readonly IFrameworkEvent[] FrameworkEvents =
    [
        new FrameworkDefined
        {
            Code = "wilder", Name = "What makes collaboration work", Source = "an inventory, 2001",
            Factors = [new() { Factor = "N-TRUST", Weight = 3, Note = Some.Text("note") }, new() { Factor = "S-TRUST" }],
            Crosswalk = [new() { Term = "Mutual respect", Factor = "S-TRUST" }, new() { Term = "Mutual respect", Factor = "N-TRUST" }],
        },
        new FrameworkRevised { Code = "wilder", Name = "Inventory", Source = "experience", Factors = [new() { Factor = "N-COMM", Weight = 1000 }], Crosswalk = [] },
    ];

    [Fact]
    public void The_names_of_the_events_never_change() => Assert.Equal(
        Golden("event-names.txt"), EventVocabulary.Partnership.Names.Concat(EventVocabulary.Catalogue.Names).Concat(EventVocabulary.Framework.Names).Distinct());

    [Fact]
    public void The_codes_of_the_rejections_never_change() => Assert.Equal(
        Golden("rejection-codes.txt"), typeof(RejectionCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!));

    [Fact]
    public void Every_event_is_stored_in_exactly_this_shape()
    {
        var written = PartnershipEvents.Select(e => $"{EventVocabulary.Partnership.NameOf(e)} {EventVocabulary.Partnership.Write(e)}")
            .Concat(CatalogueEvents.Select(e => $"{EventVocabulary.Catalogue.NameOf(e)} {EventVocabulary.Catalogue.Write(e)}"))
            .Concat(FrameworkEvents.Select(e => $"{EventVocabulary.Framework.NameOf(e)} {EventVocabulary.Framework.Write(e)}"));

        Assert.Equal(Golden("events.txt"), written);
    }

    [Fact]
    public void Every_stored_shape_is_read_and_written_back_unchanged()
    {
        var read = new HashSet<string>();
        foreach (var line in Golden("events.txt"))
        {
            var (name, data) = (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]);
            read.Add(name);
            Assert.Equal(data, EventVocabulary.Catalogue.TypeOf(name) is not null ? ThereAndBack(EventVocabulary.Catalogue, name, data)
                : EventVocabulary.Framework.TypeOf(name) is not null ? ThereAndBack(EventVocabulary.Framework, name, data)
                : ThereAndBack(EventVocabulary.Partnership, name, data));
        }

        Assert.Equal(Golden("event-names.txt").Order(), read.Order());
    }

    [Theory]
    [InlineData("partnership_renamed", """{"name":"A","extra":1}""")]
    [InlineData("partnership_renamed", """{"name":"A","name":"B"}""")]
    [InlineData("partnership_renamed", """{"Name":"A"}""")]
    [InlineData("partnership_renamed", """{"name":null}""")]
    [InlineData("partnership_renamed", """{}""")]
    [InlineData("partnership_active", """{"name":"A","occurredOn":"2024"}""")]
    [InlineData("partnership_active", """{"occurredOn":"2024-3"}""")]
    [InlineData("partner_left", """{"partner":"1","occurredOn":"2024"}""")]
    [InlineData("partner_joined", """{"sector":"Industry","occurredOn":"2024"}""")]
    [InlineData("event_corrected", """{"version":1,"reason":{"sha256":"00"},"replacement":{"state":"active"}}""")]
    [InlineData("event_corrected", """{"version":1,"reason":{"sha256":"00"},"replacement":{"name":1}}""")]
    [InlineData("event_corrected", """{"version":1,"reason":{"sha256":"00"},"replacement":{"purpose":{"text":"x"}}}""")]
    [InlineData("partnership_vanished", """{}""")]
    public void What_has_another_shape_is_refused(string name, string data) =>
        Assert.Throws<JsonException>(() => EventVocabulary.Partnership.Read(name, data));

    private static string ThereAndBack<TEvent>(EventVocabulary<TEvent> vocabulary, string name, string data)
        where TEvent : class
    {
        var e = vocabulary.Read(name, data);
        Assert.Equal(name, vocabulary.NameOf(e));
        Assert.Equal(Encoding.UTF8.GetBytes(data), vocabulary.WriteUtf8(vocabulary.Read(name, Encoding.UTF8.GetBytes(data))));
        return vocabulary.Write(e);
    }

    private static string[] Golden(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", file));
}
