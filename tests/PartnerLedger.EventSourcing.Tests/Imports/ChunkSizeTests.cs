using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.EventSourcing.Tests.Imports;

public sealed class ChunkSizeTests
{
    private static readonly ImportOptions Options = new();

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(1)]
    public void A_steady_server_holds_the_head_for_three_tenths_of_what_is_allowed(double millisecondsAnEvent)
    {
        var size = new ChunkSize(Options);
        for (var i = 0; i < 20; i++)
        {
            size.Held(size.Next, size.Next * TimeSpan.FromMilliseconds(millisecondsAnEvent));
        }

        Assert.Equal(75, size.Next * millisecondsAnEvent, 0.05 * 75);
    }

    [Fact]
    public void A_server_that_slows_down_is_believed_at_once_and_one_that_speeds_up_by_and_by()
    {
        var size = new ChunkSize(Options);
        size.Held(1_000, TimeSpan.FromMilliseconds(250));
        Assert.Equal(300, size.Next);

        size.Held(300, TimeSpan.FromTicks(1));
        Assert.Equal(600, size.Next);
    }

    [Fact]
    public void What_was_given_up_is_tried_in_smaller_parts_down_to_one_event()
    {
        var size = new ChunkSize(Options);
        size.GaveUp();
        Assert.Equal(250, size.Next);
        for (var i = 0; i < 10; i++)
        {
            size.GaveUp();
        }

        Assert.Equal(1, size.Next);
    }
}
