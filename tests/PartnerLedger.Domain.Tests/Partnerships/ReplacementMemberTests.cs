using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class ReplacementMemberTests
{
    private static readonly IPartnershipEvent[] OneOfEach =
    [
        Some.Proposed,
        Some.Becomes(PartnershipState.Undeveloped),
        Some.Becomes(PartnershipState.Proposed),
        Some.Noted,
        Some.Joined(Sector.Industry),
        Some.Left(5),
        new PartnershipRenamed { Name = "B" },
        new RegionsChanged { Regions = [] },
    ];

    private static readonly Dictionary<string, (Replacement Sets, Replacement Clears)> Members = new()
    {
        ["name"] = (new() { Name = "N" }, new() { Name = Optional<string>.Null }),
        ["partners"] = (new() { Partners = Optional<IReadOnlyList<Partner>>.Of([]) }, new() { Partners = Optional<IReadOnlyList<Partner>>.Null }),
        ["sectorsComplete"] = (new() { SectorsComplete = true }, new() { SectorsComplete = Optional<bool>.Null }),
        ["regions"] = (new() { Regions = Optional<IReadOnlyList<string>>.Of([]) }, new() { Regions = Optional<IReadOnlyList<string>>.Null }),
        ["purpose"] = (new() { Purpose = Some.Text("p") }, new() { Purpose = Optional<FreeText>.Null }),
        ["reason"] = (new() { Reason = Some.Text("r") }, new() { Reason = Optional<FreeText>.Null }),
        ["note"] = (new() { Note = Some.Text("n") }, new() { Note = Optional<FreeText>.Null }),
        ["factor"] = (
            new() { Factor = "N-X", Topic = "X", Polarity = Polarity.Negative },
            new() { Factor = Optional<string>.Null, Topic = Optional<string>.Null, Polarity = Optional<Polarity>.Null }),
        ["informant"] = (new() { Informant = Some.Informant }, new() { Informant = Optional<Guid>.Null }),
        ["informantRegion"] = (new() { InformantRegion = "africa" }, new() { InformantRegion = Optional<string>.Null }),
        ["occurredOn"] = (new() { OccurredOn = Some.Day }, new() { OccurredOn = Optional<PartialDate>.Null }),
        ["sector"] = (new() { Sector = Sector.Nonprofit }, new() { Sector = Optional<Sector>.Null }),
        ["country"] = (new() { Country = "DE" }, new() { Country = Optional<string>.Null }),
    };

    // By version of OneOfEach: what may be replaced; with a question mark, also cleared.
    private static readonly string[] Allowed =
    [
        "name partners sectorsComplete regions purpose? informant? informantRegion? occurredOn",
        "reason? informant? informantRegion? occurredOn",
        "reason? informant? informantRegion? occurredOn",
        "factor note? informant? informantRegion? occurredOn",
        "name? sector country? sectorsComplete? occurredOn",
        "reason? occurredOn",
        "name",
        "regions",
    ];

    public static TheoryData<int, string> Cells =>
        [.. from version in Enumerable.Range(1, OneOfEach.Length) from member in Members.Keys select (version, member)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_replacement_may_name_the_members_of_the_event_and_clear_the_optional_ones(int version, string member)
    {
        var allowed = Allowed[version - 1].Split(' ');
        var optional = allowed.Contains($"{member}?");
        var known = optional || allowed.Contains(member);

        var (sets, clears) = Members[member];
        var set = Given(OneOfEach).When(p => p.Correct(version, Some.Text("typo"), sets));
        var clear = Given(OneOfEach).When(p => p.Correct(version, Some.Text("typo"), clears));

        if (known) set.Then(Some.Corrected(version, sets));
        else Assert.Equal($"/replacement/{member}", set.ThenRejected("replacement-member", RejectionKind.Invalid).Pointer);

        if (optional) clear.Then(Some.Corrected(version, clears));
        else
        {
            var rejection = clear.ThenRejected(known ? "replacement-required" : "replacement-member", RejectionKind.Invalid);
            Assert.Equal($"/replacement/{member}", rejection.Pointer);
        }
    }

    [Fact]
    public void A_factor_is_replaced_with_what_the_catalogue_says_of_it()
    {
        var given = Given(Some.Proposed, Some.Noted);

        given.When(p => p.Correct(2, Some.Text("r"), new() { Factor = "N-X" })).ThenRejected("replacement-member", RejectionKind.Invalid);
        given.When(p => p.Correct(2, Some.Text("r"), new() { Topic = "X", Polarity = Polarity.Success }))
            .ThenRejected("replacement-member", RejectionKind.Invalid);
    }
}
