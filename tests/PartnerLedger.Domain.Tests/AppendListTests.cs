namespace PartnerLedger.Domain.Tests;

public sealed class AppendListTests
{
    [Fact]
    public void Lists_that_grew_from_one_do_not_see_each_other()
    {
        var trunk = AppendList<int>.Empty.Add(1).Add(2);
        var left = trunk.Add(3);
        var right = trunk.Add(4).Add(5);

        Assert.Equal([1, 2], trunk);
        Assert.Equal([1, 2, 3], left);
        Assert.Equal([1, 2, 4, 5], right);
    }

    [Fact]
    public void A_replaced_item_leaves_the_list_before_as_it_was()
    {
        var before = AppendList<int>.Empty.Add(1).Add(2);
        var after = before.Replace(0, 9);

        Assert.Equal([1, 2], before);
        Assert.Equal([9, 2, 3], after.Add(3));
    }

    [Fact]
    public void There_is_nothing_beyond_the_end_even_where_a_longer_list_has_something()
    {
        var shorter = AppendList<int>.Empty.Add(1);
        _ = shorter.Add(2);

        Assert.Throws<IndexOutOfRangeException>(() => shorter[1]);
    }

    [Fact]
    public void Many_threads_may_grow_one_list()
    {
        var trunk = AppendList<int>.Empty.Add(-1);
        var grown = new AppendList<int>[64];

        Parallel.For(0, grown.Length, i =>
        {
            var list = trunk;
            for (var n = 0; n < 100; n++) list = list.Add(i);
            grown[i] = list;
        });

        Assert.All(grown.Index(), g => Assert.Equal([-1, .. Enumerable.Repeat(g.Index, 100)], g.Item));
    }
}
