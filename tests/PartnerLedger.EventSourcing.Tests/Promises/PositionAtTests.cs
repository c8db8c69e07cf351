using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Promises;

public sealed class PositionAtTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_moment_is_resolved_to_the_last_position_recorded_by_then()
    {
        Assert.Equal(0, await ledger.Store.PositionAt(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc), default));
        var node = ledger.NewNode();
        for (var i = 0; i < 12; i++)
        {
            await Task.WhenAll(node.Append(Tally.Add(Tally.NewId(), times: 1 + (i % 3))), node.Append(Tally.Add(Tally.NewId())));
        }

        var events = await ledger.Store.ReadAll(0, 1000, default);
        foreach (var moment in events.SelectMany(e => new[] { e.RecordedAt.AddMicroseconds(-1), e.RecordedAt, e.RecordedAt.AddMicroseconds(1) }))
        {
            var expected = events.Where(e => e.RecordedAt <= moment).Select(e => e.Position).DefaultIfEmpty().Max();
            Assert.Equal(expected, await ledger.Store.PositionAt(moment, default));
        }
    }
}
