using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests.Partnerships;

/// <summary>Random histories: whatever another writer might append, and what comes of random commands.</summary>
internal static class Histories
{
    private static readonly Gen<PartialDate> Date = Gen.Elements("2020", "2021-02", "2022-03-04").Select(PartialDate.Parse);
    private static readonly Gen<FreeText> Text = Gen.Elements("a", "b", "c").Select(Some.Text);
    private static readonly Gen<Guid> Informant = Gen.Elements(Some.Informant, new Guid("99999999-2222-4333-8444-555555555555"));
    private static readonly Gen<string> Region = Gen.Elements("africa", "eu-plus");
    private static readonly Gen<Sector> SomeSector = Gen.Elements(Enum.GetValues<Sector>());
    private static readonly Gen<long> Version = Gen.Choose(0, 12).Select(version => (long)version);

    private static readonly Gen<IReadOnlyList<string>> Regions = Region.ListOf().Select(regions => (IReadOnlyList<string>)[.. regions.Distinct()]);

    private static readonly Gen<IReadOnlyList<Partner>> Partners =
        from n in Gen.Choose(0, 3)
        from sectors in SomeSector.ListOf(n)
        select (IReadOnlyList<Partner>)[.. sectors.Select((sector, i) => new Partner { Name = $"P{i}", Sector = sector })];

    private static readonly Gen<FactorNoted> Note =
        from negative in Gen.Elements(true, false)
        from note in Text.OrNull()
        from informant in Nullable(Informant)
        from date in Date
        select Some.Noted with { Factor = negative ? "N-X" : "S-X", Polarity = negative ? Polarity.Negative : Polarity.Success, Note = note, Informant = informant, OccurredOn = date };

    private static readonly Gen<StageEvent> Stage =
        from stage in Gen.Elements(PartnershipState.Unexplored, PartnershipState.Undeveloped, PartnershipState.Proposed)
        from name in Gen.Elements("A", "B", null)
        from partners in Partners.OrNull()
        from complete in Nullable(Gen.Elements(true, false))
        from regions in Regions.OrNull()
        from purpose in Text.OrNull()
        from date in Date
        select (StageEvent)Some.Becomes(stage) with { Name = name, Partners = partners, SectorsComplete = complete, Regions = regions, Purpose = purpose, OccurredOn = date };

    private static readonly Gen<LifecycleEvent> Step =
        from state in Gen.Elements(Enum.GetValues<PartnershipState>())
        from region in Region.OrNull()
        from date in Date
        select Some.Becomes(state) with { InformantRegion = region, OccurredOn = date };

    // One or two members at a time, of whichever event they may be.
    private static readonly Gen<Replacement> AnyReplacement =
        from one in OneMember()
        from other in OneMember()
        from both in Gen.Elements(true, false)
        select both ? other(one(new())) : one(new());

    /// <summary>Events in any order.</summary>
    public static Arbitrary<IPartnershipEvent[]> Foreign { get; } = Gen.OneOf(
        Stage.Select(e => (IPartnershipEvent)e),
        Step.Select(e => (IPartnershipEvent)e),
        Note.Select(e => (IPartnershipEvent)e),
        (from sector in SomeSector from complete in Nullable(Gen.Elements(true, false)) select (IPartnershipEvent)Some.Joined(sector, complete)),
        (from version in Version from index in Nullable(Gen.Choose(0, 2)) from date in Date select (IPartnershipEvent)(Some.Left(version, index) with { OccurredOn = date })),
        Gen.Elements("C", "D").Select(name => (IPartnershipEvent)new PartnershipRenamed { Name = name }),
        Regions.Select(regions => (IPartnershipEvent)new RegionsChanged { Regions = regions }),
        (from version in Version from change in AnyReplacement select (IPartnershipEvent)Some.Corrected(version, change)),
        Version.Select(version => (IPartnershipEvent)Some.Withdrawn(version)),
        Version.Select(version => (IPartnershipEvent)new TextErased { Versions = [version] })).ArrayOf().ToArbitrary();

    /// <summary>Commands to try one after the other, on a partnership that just opened.</summary>
    public static Arbitrary<Func<Partnership, Decision<IPartnershipEvent>>[]> Commands { get; } = Gen.OneOf(
        Gen.Elements<Func<Partnership, Decision<IPartnershipEvent>>>(
            p => p.Propose(null, null, null, Some.Day),
            p => p.Undevelop(null, null, null, Some.Day),
            p => p.Activate(null, Some.Informant, null, Some.Day),
            p => p.Struggle(null, null, "africa", Some.Day),
            p => p.Succeed(Some.Text("a"), null, null, Some.Day)),
        Gen.Elements<Func<Partnership, Decision<IPartnershipEvent>>>(
            p => p.Fail(null, null, null, Some.Day),
            p => p.End(null, null, null, Some.Day),
            p => p.Rename("E"),
            p => p.ChangeRegions(["africa"])),
        Note.Select<FactorNoted, Func<Partnership, Decision<IPartnershipEvent>>>(note => p => p.NoteFactors(note, note)),
        SomeSector.Select<Sector, Func<Partnership, Decision<IPartnershipEvent>>>(sector => p => p.AddPartner(new() { Sector = sector }, null, Some.Day)),
        (from version in Version from index in Nullable(Gen.Choose(0, 2)) select (version, index))
            .Select<(long Version, int? Index), Func<Partnership, Decision<IPartnershipEvent>>>(left => p => p.PartnerLeaves(left.Version, left.Index, null, Some.Day)),
        (from version in Version from change in AnyReplacement select (version, change))
            .Select<(long Version, Replacement By), Func<Partnership, Decision<IPartnershipEvent>>>(c => p => p.Correct(c.Version, Some.Text("r"), c.By)),
        Version.Select<long, Func<Partnership, Decision<IPartnershipEvent>>>(version => p => p.Correct(version, Some.Text("r"), new())),
        Version.Select<long, Func<Partnership, Decision<IPartnershipEvent>>>(version => p => p.Withdraw(version, Some.Text("r")))).ArrayOf().ToArbitrary();

    private static Gen<Func<Replacement, Replacement>> OneMember() => Gen.OneOf(
        Set(Gen.Elements("F", "G"), (r, v) => r with { Name = v }),
        Set(Partners, (r, v) => r with { Partners = v }),
        Set(Gen.Elements(true, false), (r, v) => r with { SectorsComplete = v }),
        Set(Regions, (r, v) => r with { Regions = v }),
        Set(Text, (r, v) => r with { Purpose = v }),
        Set(Text, (r, v) => r with { Reason = v }),
        Set(Text, (r, v) => r with { Note = v }),
        Set(Gen.Elements("N-Y", "N-Z"), (r, v) => r with { Factor = v, Topic = v, Polarity = v.HasValue ? Polarity.Negative : Optional<Polarity>.Null }),
        Set(Informant, (r, v) => r with { Informant = v }),
        Set(Region, (r, v) => r with { InformantRegion = v }),
        Set(Date, (r, v) => r with { OccurredOn = v }),
        Set(SomeSector, (r, v) => r with { Sector = v }),
        Set(Gen.Elements("DE", "PH"), (r, v) => r with { Country = v }));

    private static Gen<Func<Replacement, Replacement>> Set<T>(Gen<T> values, Func<Replacement, Optional<T>, Replacement> set)
        where T : notnull => Gen.Frequency(
            (3, values.Select<T, Func<Replacement, Replacement>>(value => replacement => set(replacement, Optional<T>.Of(value)))),
            (1, Gen.Constant<Func<Replacement, Replacement>>(replacement => set(replacement, Optional<T>.Null))));

    private static Gen<T?> Nullable<T>(Gen<T> values)
        where T : struct => Gen.OneOf(values.Select(value => (T?)value), Gen.Constant<T?>(null));
}
